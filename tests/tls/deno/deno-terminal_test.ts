import assert from "node:assert/strict";
import { cleanEnvironment, run } from "../../support/run.ts";

const ASK = new URL("../ask-password.ts", import.meta.url).href;
const ARGUMENTS = ["run", "--allow-read", ASK];
const PROGRAM = {
  name: "ask-password",
  command: Deno.execPath(),
  leadingArguments: ARGUMENTS,
};
const PROMPT = "Enter PEM pass phrase:";

Deno.test("a pipe gives its first line, and the rest stays in it", async () => {
  const { stdout, stderr } = await run(PROGRAM, [], {
    stdin: "secret\nrest\n",
  });
  assert.equal(stdout, "<password secret|rest\n>\n");
  assert.equal(stderr, `${PROMPT}\n`);
});

Deno.test("an empty standard input has no password", async () => {
  const { stdout } = await run(PROGRAM, [], {});
  assert.match(stdout, /^<TlsSetupError: .*\n.*has no password.*\|>\n$/);
});

/** util-linux has a program that runs another one on a terminal of its own. */
async function hasScript(): Promise<boolean> {
  if (Deno.build.os !== "linux") return false;
  try {
    const { stdout } = await new Deno.Command("script", { args: ["--version"] })
      .output();
    return new TextDecoder().decode(stdout).includes("util-linux");
  } catch {
    return false;
  }
}

const SCRIPT = await hasScript();

/** All that a terminal shows: the program, and then how it is set. */
async function onTerminal(typed: string): Promise<string> {
  const words = [Deno.execPath(), ...ARGUMENTS].map((word) => `'${word}'`);
  const child = new Deno.Command("script", {
    args: ["-qec", `${words.join(" ")}; stty -a; echo END`, "/dev/null"],
    clearEnv: true,
    env: cleanEnvironment({ SHELL: "/bin/sh" }),
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const writer = child.stdin.getWriter();
  let shown = "";
  let isTyped = false;
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    shown += text;
    if (!isTyped && shown.includes(PROMPT)) {
      isTyped = true;
      await writer.write(new TextEncoder().encode(typed));
    }
    if (shown.includes("END\r\n")) break;
  }
  await writer.close();
  await child.status;
  return shown.replaceAll("\r\n", "\n");
}

for (
  const [name, typed, answer] of [
    ["shows nothing of a password", "secret\r", "password secret"],
    ["is as before after Ctrl-C", "sec\x03", "interrupted"],
  ] as const
) {
  Deno.test(`a terminal ${name}`, { ignore: !SCRIPT }, async () => {
    const shown = await onTerminal(typed);
    assert.ok(shown.startsWith(`${PROMPT}\n<${answer}|>\n`), shown);
    for (const setting of [/\secho\s/, /\sicanon\s/, /\sisig\s/]) {
      assert.match(shown, setting);
    }
  });
}
