/** What `--probe` and `--listen` tell programs is as their schemas say. */

import assert from "node:assert/strict";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { run } from "../../lib/app/run.ts";
import { leftOutLine } from "../../lib/listen/json.ts";
import { startVerificationScp } from "../../lib/scp/server.ts";
import { fakeMachine, runLine } from "../flow/fake-host.ts";
import { close, receive, startScriptedPeer } from "../support/scripted-peer.ts";

/** In which nothing is allowed that it does not name. */
function closed(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(closed);
  if (typeof part !== "object" || part === null) return part;
  const copy = Object.fromEntries(
    Object.entries(part).map(([key, value]) => [key, closed(value)]),
  );
  return "required" in copy ? { ...copy, additionalProperties: false } : copy;
}

async function validator(name: string): Promise<ValidateFunction> {
  const file = new URL(`../../docs/schema/${name}`, import.meta.url);
  const schema = closed(JSON.parse(await Deno.readTextFile(file)));
  assert.ok(typeof schema === "object" && schema !== null);
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  return ajv.compile(schema);
}

function assertValid(valid: ValidateFunction, text: string): void {
  assert.ok(valid(JSON.parse(text)), JSON.stringify(valid.errors));
}

Deno.test("a probe is as its schema says, whether it fails or not", async () => {
  const valid = await validator("probe-1.schema.json");
  await using scp = startVerificationScp();
  await using bad = await startScriptedPeer([receive, close]);
  for (const { port } of [scp, bad]) {
    const line = ["-q", "--probe", "--format", "json"];
    const { stdout } = await runLine([...line, "127.0.0.1", String(port)]);
    assertValid(valid, stdout);
  }
  assert.equal(valid({ schema: "echoscu-probe" }), false);
});

Deno.test("every line of a listening end is as its schema says", async () => {
  const valid = await validator("listen-1.schema.json");
  const machine = fakeMachine();
  let calls: Promise<unknown> = Promise.resolve();
  const writeOut = (text: string): void => {
    machine.host.writeOut(text);
    const port = /"listening".*"127\.0\.0\.1:(\d+)"/.exec(text)?.[1];
    if (port === undefined) return;
    calls = (async (): Promise<void> => {
      await runLine(["-aec", "ME", "127.0.0.1", port]);
      await runLine(["-aec", "YOU", "127.0.0.1", port]);
      (await Deno.connect({ port: Number(port), hostname: "127.0.0.1" }))
        .close();
    })().finally(() => machine.interrupt("SIGINT"));
  };
  const line = ["--listen", "127.0.0.1:0", "-aet", "ME", "--format", "jsonl"];
  await run(line, { ...machine.host, writeOut });
  await calls;
  const lines = machine.stdout().trim().split("\n");
  assert.ok(lines.length >= 4);
  for (const one of [...lines, leftOutLine(3, new Date())]) {
    assertValid(valid, one);
  }
});
