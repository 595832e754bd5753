/**
 * The same command line, through the reference and through ours, against the
 * same peer: exit code, standard output and standard error must be the same
 * but for what normalise.ts masks and deviations.ts declares.
 */

import assert from "node:assert/strict";
import type { Case } from "./case.ts";
import * as association from "./cases/association.ts";
import * as contexts from "./cases/contexts.ts";
import * as echo from "./cases/echo.ts";
import * as fragments from "./cases/fragments.ts";
import * as grammar from "./cases/grammar.ts";
import * as release from "./cases/release.ts";
import * as statuses from "./cases/statuses.ts";
import * as success from "./cases/success.ts";
import * as surroundings from "./cases/surroundings.ts";
import * as timeLimits from "./cases/time-limits.ts";
import * as tlsUsage from "./cases/tls-usage.ts";
import * as values from "./cases/values.ts";
import { DEVIATIONS } from "./deviations.ts";
import { differences, report, runBoth } from "./differential.ts";
import { OURS, REFERENCE } from "./programs.ts";
import { eachInParallel } from "./pool.ts";
import { startStorescp } from "./real-peers.ts";

/** Cases at once: they wait more than they work. */
const WIDTH = 4;

const GROUPS: Readonly<Record<string, readonly Case[]>> = {
  "no, too few, too many and unknown arguments": grammar.PARAMETERS,
  "options without their value": grammar.MISSING_VALUES,
  "options that end the program": grammar.EXCLUSIVE,
  "command files": grammar.COMMAND_FILES,
  "--arguments": grammar.ARGUMENTS,
  "port numbers": [...values.PORTS, ...values.LENIENT_PORTS],
  "time limits as numbers": values.TIMEOUTS,
  "other numbers": values.NUMBERS,
  "which error comes first": values.ORDER,
  "log levels": values.LOG_LEVELS,
  "log configuration files": values.LOG_CONFIG,
  "TLS options without TLS": tlsUsage.WITHOUT_TLS,
  "TLS options against each other": tlsUsage.TLS_ORDER,
  "storescp": success.STORESCP,
  "a scripted peer that is all right": success.SCRIPTED,
  "proposed transfer syntaxes": success.TRANSFER_SYNTAXES,
  "AE titles": success.AE_TITLES,
  "hosts": surroundings.HOSTS,
  "names of peers that are addresses": surroundings.PEER_NAMES,
  "data dictionaries": surroundings.DICTIONARIES,
  "control characters from the peer": surroundings.CONTROL_CHARACTERS,
  "rejections": association.REJECTED,
  "no answer to the association request": association.NOT_ANSWERED,
  "wrong answers to the association request": association.WRONG_ANSWER,
  "results of presentation contexts": contexts.CONTEXTS,
  "maximum lengths": contexts.MAXIMUM_LENGTHS,
  "user information": contexts.USER_INFORMATION,
  "odd acceptances": contexts.ODDITIES,
  "statuses": statuses.STATUS,
  "wrong messages": echo.WRONG_MESSAGE,
  "PDUs instead of a response": echo.WRONG_PDU,
  "fragments": fragments.FRAGMENTS,
  "wrong PDVs": fragments.WRONG_PDV,
  "releases": release.RELEASES,
  "release collisions": release.COLLISIONS,
  "aborts": release.ABORTS,
  "peers that cannot be reached": timeLimits.UNREACHABLE,
  "silent peers": timeLimits.SILENT,
  "slow peers": timeLimits.SLOWLY,
};

const ALL = Object.values(GROUPS).flat();

for (const [group, cases] of Object.entries(GROUPS)) {
  Deno.test(`like the reference: ${group}`, async (t) => {
    await using storescp = cases.some((test) => test.peer === "shared")
      ? await startStorescp()
      : undefined;
    await eachInParallel(cases, WIDTH, async (test) => {
      await t.step({
        name: test.name,
        // Steps that run side by side cannot have them; the whole test has.
        sanitizeExit: false,
        sanitizeOps: false,
        sanitizeResources: false,
        fn: async () => {
          const problems = differences(
            test,
            await runBoth(test, storescp?.port ?? 0),
          );
          assert.ok(problems.length === 0, report(test, problems));
        },
      });
    });
  });
}

Deno.test("there are at least 200 cases, each with a name of its own", () => {
  assert.ok(ALL.length >= 200, `${ALL.length}`);
  const names = Object.entries(GROUPS).flatMap(([group, cases]) =>
    cases.map((test) => `${group}: ${test.name}`)
  );
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  assert.deepEqual(twice, []);
});

Deno.test("every declared deviation is shown by a case", () => {
  const shown = new Set(ALL.map((test) => test.deviation?.id));
  const never = DEVIATIONS.filter((deviation) => !shown.has(deviation.id));
  assert.deepEqual(never.map((deviation) => deviation.id), []);
});

Deno.test("both programs are there", async () => {
  for (const program of [REFERENCE, OURS]) {
    await assert.doesNotReject(
      Deno.stat(program.command),
      `${program.command} is not installed`,
    );
  }
});
