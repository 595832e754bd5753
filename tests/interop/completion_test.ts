/** The completions, by the shells that they are for; the manual page, by man. */

import assert from "node:assert/strict";
import { documents } from "../../scripts/documents/all.ts";
import { OPTIONS } from "../../lib/cli/options.ts";
import { namesOf } from "../../scripts/documents/option-values.ts";
import { run, temporaryDirectory } from "../support/run.ts";

const COMMAND = "echoscu";
const FILES = documents(COMMAND, "2026-01-01");

function text(path: string): string {
  return FILES.get(path) ?? assert.fail(path);
}

/** What each shell prints: a candidate a line, what follows a tab apart. */
const SHELLS: Readonly<
  Record<string, { readonly path: string; readonly script: string }>
> = {
  bash: {
    path: `completions/${COMMAND}.bash`,
    script: `. ./completion
read -r -a COMP_WORDS <<< "$1"
[[ $1 == *" " ]] && COMP_WORDS+=("")
COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
_${COMMAND}
printf '%s\\n' "\${COMPREPLY[@]}"`,
  },
  fish: {
    path: `completions/${COMMAND}.fish`,
    script: `source ./completion; complete -C $argv[1]`,
  },
  // In a terminal of its own, for zsh completes nowhere else; it ends when it
  // has told what it was about to show.
  zsh: {
    path: `completions/_${COMMAND}`,
    script: `zmodload zsh/zpty
print -r -- '
  PROMPT=
  unsetopt auto_list
  autoload -U compinit; compinit -u -d ./dump; . ./completion
  bindkey "^I" complete-word
  comppostfuncs=(exit)
  compadd() {
    if [[ "\${@[1,(i)(-|--)]}" == *-[OAD]" "* ]]; then
      builtin compadd "$@"; return
    fi
    local -a found
    builtin compadd -O found "$@"
    for one in $found; do print -r -- "FOUND:$one:"; done
    builtin compadd "$@"
  }
  print READY' > ./set-up
zpty shell zsh -f -i
zpty -w shell ". ./set-up"
while zpty -r shell line; do [[ $line == READY* ]] && break; done
zpty -n -w shell "$1"$'\\t'
while zpty -r shell line; do
  [[ $line == *FOUND:* ]] && print -r -- \${\${line#*FOUND:}%%:*}
done
true`,
  },
};

/** What `shell` offers after `line`. */
async function offers(shell: string, line: string): Promise<string[]> {
  const { path, script } = SHELLS[shell] ?? assert.fail(shell);
  await using folder = await temporaryDirectory({
    completion: text(path),
    "key.pem": "",
    "two words.pem": "",
  });
  await Deno.mkdir(`${folder.path}/trust`);
  const { exit, stdout, stderr } = await run(
    { name: shell, command: shell, leadingArguments: [] },
    shell === "fish"
      ? ["--no-config", "-c", script, line]
      : shell === "bash"
      ? ["--norc", "-c", script, shell, line]
      : ["-f", "-c", script, shell, line],
    { cwd: folder.path, env: { HOME: folder.path, TERM: "xterm" } },
  );
  assert.equal(exit, 0, stderr);
  assert.equal(stderr, "");
  const offered = stdout.split("\n").map((one) => one.split("\t")[0] ?? "");
  return [...new Set(offered)].filter((one) => one !== "").toSorted();
}

for (const shell of Object.keys(SHELLS)) {
  Deno.test(`${shell} offers every option`, async () => {
    const names = OPTIONS.flatMap(namesOf);
    for (const start of ["--", "-", "+"]) {
      const offered = await offers(shell, `${COMMAND} ${start}`);
      const expected = names.filter((name) => name.startsWith(start));
      for (const name of expected) {
        assert.ok(offered.includes(name), `${name}: ${offered}`);
      }
    }
  });

  Deno.test(`${shell} offers the words that a value may be`, async () => {
    const levels = await offers(shell, `${COMMAND} -ll `);
    assert.deepEqual(levels, [
      "debug",
      "error",
      "fatal",
      "info",
      "trace",
      "warn",
    ]);
    const suites = await offers(shell, `${COMMAND} +cs TLS_AES_128_G`);
    assert.deepEqual(suites, ["TLS_AES_128_GCM_SHA256"]);
  });

  Deno.test(`${shell} offers files where files are wanted`, async () => {
    for (
      const line of ["+cf k", "+tls k", "+tls key.pem k", "--log-config k"]
    ) {
      const offered = await offers(shell, `${COMMAND} ${line}`);
      assert.deepEqual(offered, ["key.pem"], line);
    }
    const folders = await offers(shell, `${COMMAND} +cd t`);
    assert.deepEqual(folders.map((one) => one.replace(/\/$/, "")), ["trust"]);
    assert.deepEqual(await offers(shell, `${COMMAND} -aet k`), []);
    const spaced = await offers(shell, `${COMMAND} +cf tw`);
    assert.equal(spaced.length, 1);
    assert.match(spaced[0] ?? "", /^two\\? words\.pem$/);
  });

  Deno.test(`${shell} offers files for a command file`, async () => {
    const [offered = "", ...others] = await offers(shell, `${COMMAND} @k`);
    assert.match(offered, /^@?key\.pem$/);
    assert.deepEqual(others, []);
  });
}

Deno.test("man, groff and mandoc have nothing to warn about", async () => {
  await using folder = await temporaryDirectory({
    "echoscu.1": text("man/echoscu.1"),
  });
  const call = (command: string, ...args: string[]): ReturnType<typeof run> =>
    run({ name: command, command, leadingArguments: [] }, [
      ...args,
      `${folder.path}/echoscu.1`,
    ]);
  const man = await call("man", "--warnings", "--local-file");
  assert.equal(man.stderr, "");
  assert.equal(man.exit, 0);
  for (const { long } of OPTIONS) assert.ok(man.stdout.includes(long), long);
  const groff = await call("groff", "-man", "-ww", "-z");
  assert.deepEqual([groff.exit, groff.stderr], [0, ""]);
  const lint = await call("mandoc", "-T", "lint", "-W", "warning");
  assert.deepEqual([lint.exit, lint.stdout, lint.stderr], [0, "", ""]);
});
