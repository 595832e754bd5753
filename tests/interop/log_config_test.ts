/**
 * The same log configuration file through the reference and through ours, each
 * in a directory of its own: exit code, both streams, every file written and
 * every syslog message must be the same but for what log-masks.ts masks and
 * log-deviations.ts declares.
 */

import assert from "node:assert/strict";
import * as commandLines from "./log-cases/command-lines.ts";
import * as consoles from "./log-cases/console.ts";
import * as examples from "./log-cases/examples.ts";
import * as files from "./log-cases/files.ts";
import * as filters from "./log-cases/filters.ts";
import * as layouts from "./log-cases/layouts.ts";
import * as levels from "./log-cases/levels.ts";
import * as patterns from "./log-cases/patterns.ts";
import * as properties from "./log-cases/properties.ts";
import * as rolling from "./log-cases/rolling.ts";
import * as syslog from "./log-cases/syslog.ts";
import type { LogCase } from "./log-case.ts";
import { LOG_DEVIATIONS } from "./log-deviations.ts";
import { differences, report } from "./log-differential.ts";
import { runBoth } from "./log-run.ts";
import { eachInParallel } from "./pool.ts";
import { startStorescp } from "./real-peers.ts";

const WIDTH = 4;

const GROUPS: Readonly<Record<string, readonly LogCase[]>> = {
  "the root logger": levels.ROOT,
  "loggers": levels.LOGGERS,
  "additivity": levels.ADDITIVITY,
  "thresholds": levels.THRESHOLDS,
  "how settings are read": properties.PROPERTIES,
  "variables": properties.VARIABLES,
  "consoles": consoles.CONSOLE,
  "kinds of appenders": consoles.KINDS,
  "files": files.FILES,
  "files that roll by size": rolling.ROLLING,
  "files that roll by time": rolling.DAILY,
  "layouts": layouts.LAYOUTS,
  "the TTCC layout": layouts.TTCC_LAYOUTS,
  "conversions": patterns.CONVERSIONS,
  "widths": patterns.WIDTHS,
  "wrong patterns": patterns.WRONG_PATTERNS,
  "dates": patterns.DATES,
  "filters": filters.FILTERS,
  "beside other options": commandLines.COMMAND_LINES,
  "whole conversations": commandLines.CONVERSATIONS,
  "examples": examples.EXAMPLES,
  "syslog by UDP": syslog.REMOTE,
};

/** One at a time: there is one socket, and only root may take its place. */
const SERIAL: Readonly<Record<string, readonly LogCase[]>> = {
  "syslog by the local socket": syslog.LOCAL,
};

const ALL = [...Object.values(GROUPS), ...Object.values(SERIAL)].flat();

function compare(
  group: string,
  cases: readonly LogCase[],
  width: number,
  ignore = false,
): void {
  Deno.test({
    name: `logs like the reference: ${group}`,
    ignore,
    fn: async (t) => {
      await using storescp = await startStorescp();
      await eachInParallel(cases, width, async (test) => {
        await t.step({
          name: test.name,
          // Steps that run side by side cannot have them; the whole test has.
          sanitizeExit: false,
          sanitizeOps: false,
          sanitizeResources: false,
          fn: async () => {
            const problems = differences(
              test,
              await runBoth(test, storescp.port),
            );
            assert.ok(problems.length === 0, report(test, problems));
          },
        });
      });
    },
  });
}

for (const [group, cases] of Object.entries(GROUPS)) {
  compare(group, cases, WIDTH);
}
for (const [group, cases] of Object.entries(SERIAL)) {
  compare(group, cases, 1, Deno.uid() !== 0);
}

Deno.test("there are at least 60 log configurations, each with its name", () => {
  assert.ok(ALL.length >= 60, `${ALL.length}`);
  const names = ALL.map((test) => test.name);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  assert.deepEqual(twice, []);
});

Deno.test("every declared deviation of the log is shown by a case", () => {
  const shown = new Set(ALL.map((test) => test.deviation?.id));
  const never = LOG_DEVIATIONS.filter(({ id }) => !shown.has(id));
  assert.deepEqual(never.map(({ id }) => id), []);
});
