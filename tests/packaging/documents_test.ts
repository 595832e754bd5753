/** What is generated from the table of options has all of it. */

import assert from "node:assert/strict";
import { DESCRIPTIONS } from "../../lib/cli/descriptions.ts";
import { EXIT_CODES } from "../../lib/cli/help.ts";
import { OPTIONS } from "../../lib/cli/options.ts";
import { documents } from "../../scripts/documents/all.ts";
import { roff } from "../../scripts/documents/man-page.ts";
import {
  namesOf,
  replacedBy,
  valuesOf,
} from "../../scripts/documents/option-values.ts";

const FILES = documents("echoscu", "2026-01-02");

function lines(path: string): readonly string[] {
  return (FILES.get(path) ?? assert.fail(path)).split("\n");
}

Deno.test("the manual page has every option with names, values and meaning", () => {
  const page = lines("man/echoscu.1");
  for (const option of OPTIONS) {
    const names = namesOf(option).map((name) => `\\fB${roff(name)}\\fR`);
    const values = (option.values ?? []).map((value) => ` \\fI${value}\\fR`);
    const head = `${names.join(", ")}${values.join("")}`;
    const at = page.indexOf(head);
    assert.equal(page[at - 1], ".TP", head);
    assert.ok(
      page[at + 1]?.startsWith(roff(DESCRIPTIONS[option.long])),
      head,
    );
  }
});

Deno.test("the manual page has every exit code", () => {
  const page = lines("man/echoscu.1");
  for (const [code, text] of EXIT_CODES) {
    assert.equal(page[page.indexOf(`\\fB${code}\\fR`) + 1], roff(text));
  }
});

Deno.test("no line of the manual page is taken for a request", () => {
  assert.equal(roff(".TH"), "\\&.TH");
  assert.equal(roff("'a"), "\\&'a");
  assert.equal(roff("a\\b-c"), "a\\eb\\-c");
});

Deno.test("the completion for bash has every name", () => {
  const text = lines("completions/echoscu.bash").join("\n");
  const words = /compgen -W "(--?h[^"]*)"/.exec(text)?.[1]?.split(" ");
  assert.deepEqual(words, OPTIONS.flatMap(namesOf));
});

Deno.test("the completion for zsh has every name with its meaning", () => {
  const text = lines("completions/_echoscu");
  for (const option of OPTIONS) {
    for (const name of namesOf(option)) {
      const found = text.filter((line) =>
        line.includes(`)${name}[`) || line.includes(`'*${name}[`)
      );
      assert.equal(found.length, 1, name);
    }
  }
});

Deno.test("the completion for fish has every name", () => {
  const text = lines("completions/echoscu.fish");
  const flags = OPTIONS.flatMap(namesOf).map((name) =>
    name.startsWith("--")
      ? ` -l ${name.slice(2)} `
      : name.startsWith("+")
      ? ` -a '${name}' `
      : ` -${name.length === 2 ? "s" : "o"} ${name.slice(1)} `
  );
  for (const flag of flags) {
    assert.equal(text.filter((line) => line.includes(flag)).length, 1, flag);
  }
});

Deno.test("the completion for PowerShell has every name", () => {
  const text = lines("completions/echoscu.ps1");
  for (const name of OPTIONS.flatMap(namesOf)) {
    const found = text.filter((line) => line.startsWith(`      @('${name}', `));
    assert.equal(found.length, 1, name);
  }
});

Deno.test("all files call the program by the name that it is given", () => {
  const files = documents("echoscu-deno", "2026-01-02");
  assert.ok(files.get("man/echoscu-deno.1")?.includes(".TH ECHOSCU\\-DENO 1 "));
  assert.match(
    files.get("completions/echoscu-deno.bash") ?? "",
    /\ncomplete -F _echoscu_deno echoscu-deno\n$/,
  );
  assert.match(
    files.get("completions/_echoscu-deno") ?? "",
    /^#compdef echoscu-deno\n/,
  );
});

Deno.test("an option is replaced by what its family has, and by itself", () => {
  const find = (long: string): (typeof OPTIONS)[number] =>
    OPTIONS.find((option) => option.long === long) ?? assert.fail(long);
  assert.deepEqual(replacedBy(find("--quiet")).toSorted(), [
    "--debug",
    "--quiet",
    "--verbose",
    "-d",
    "-q",
    "-v",
  ]);
  assert.ok(!replacedBy(find("--enable-tls")).includes("--anonymous-tls"));
  assert.deepEqual(replacedBy(find("--add-cert-file")), []);
});

Deno.test("files, folders and words are offered for values that are such", () => {
  const kinds = OPTIONS.flatMap(valuesOf);
  for (const { name, kind } of kinds) {
    if (/^(FILE|KEY|CERT)$/.test(name)) assert.equal(kind.kind, "file");
    if (name === "DIR") assert.equal(kind.kind, "folder");
    if (name === "LEVEL") assert.equal(kind.kind, "words");
    if (name === "PASSWORD") assert.equal(kind.kind, "free");
  }
});
