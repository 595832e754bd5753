/** Where the results of a round go, when something is wrong with it. */

import assert from "node:assert/strict";
import { RoundOutput } from "../../lib/app/round-output.ts";
import { standardOutput } from "../../lib/app/sink.ts";
import { parseCommandLine } from "../../lib/cli/parse.ts";
import type { ReportOptions } from "../../lib/format/options.ts";
import { consoleLog } from "../../lib/log/log.ts";
import { temporaryDirectory } from "../support/run.ts";
import { fakeMachine } from "./fake-host.ts";

Deno.test("a report that cannot be begun leaves no file behind", async () => {
  await using folder = await temporaryDirectory({});
  const { host } = fakeMachine();
  const output = `${folder.path}/out`;
  const argv = ["--peers", "p.csv", "--format", "json", "--output", output];
  const command = await parseCommandLine(argv, host.files);
  assert.ok(command.kind === "peers");
  const { operator } = command;
  const options: ReportOptions = {
    thresholds: operator.thresholds,
    count: 1,
    get leftOut(): never {
      throw new Error("a fault of the program");
    },
  };
  const opening = RoundOutput.open(operator, options, {
    log: consoleLog("off", () => {}),
    host,
    signal: new AbortController().signal,
    before: () => {},
  });
  await assert.rejects(opening, /a fault of the program/);
  assert.deepEqual([...Deno.readDirSync(folder.path)], []);
});

Deno.test("standard output that fails is waited for no longer, and others speak of it", async () => {
  const { host } = fakeMachine({
    host: {
      outputBacklog: () => 2 ** 21,
      outputWritten: () => Promise.reject(new Error("no space")),
    },
  });
  const sink = standardOutput(host, new AbortController().signal);
  await sink.write("result");
});
