import assert from "node:assert/strict";
import { run, runBeside, temporaryDirectory } from "./run.ts";

const DENO = {
  name: "deno",
  command: Deno.execPath(),
  leadingArguments: ["eval", "--no-config"],
};

Deno.test("a run is collected: exit code, both streams, every byte", async () => {
  const result = await run(DENO, [
    "Deno.stdout.writeSync(Uint8Array.of(0x61, 0xff));" +
    "Deno.stderr.writeSync(Uint8Array.of(0x62)); Deno.exit(70);",
  ]);
  assert.deepEqual(result, { exit: 70, stdout: "a\xff", stderr: "b" });
});

Deno.test("a program sees what is given to it, and no more", async () => {
  const result = await run(DENO, [
    "const input = await new Response(Deno.stdin.readable).text();" +
    "console.log(input, Deno.env.get('GIVEN'), Deno.env.get('LC_ALL'));",
  ], { stdin: "in", env: { GIVEN: "out" } });
  assert.equal(result.stdout, "in out C\n");
});

Deno.test("a program that hangs is killed and called so", async () => {
  const result = await run(DENO, [
    "console.log('begun'); setInterval(() => {}, 1000);",
  ], { limit: 1500 });
  assert.equal(result.exit, "hang");
});

Deno.test("a program that ends by a signal is reported with it", async () => {
  const result = await run(DENO, ["Deno.kill(Deno.pid, 'SIGKILL');"]);
  assert.equal(result.exit, "SIGKILL");
});

Deno.test("a program beside the test ends with it", async () => {
  await using directory = await temporaryDirectory({ "a.txt": "x" });
  await using process = runBeside(
    DENO,
    ["Deno.removeSync('a.txt'); setInterval(() => {}, 1000);"],
    { cwd: directory.path },
  );
  assert.equal(process.ended, false);
});

Deno.test("a temporary directory goes with what is in it", async () => {
  let path: string;
  {
    await using directory = await temporaryDirectory({ "a.txt": "text" });
    path = directory.path;
    assert.equal(await Deno.readTextFile(`${path}/a.txt`), "text");
  }
  await assert.rejects(Deno.stat(path), Deno.errors.NotFound);
});
