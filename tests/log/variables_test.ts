import assert from "node:assert/strict";
import { parseProperties } from "../../lib/log/properties.ts";
import { expandVariables } from "../../lib/log/variables.ts";
import { problemList } from "./events.ts";

function expand(
  text: string,
  environment: Readonly<Record<string, string>> = {},
): { values: Record<string, string>; problems: string[] } {
  const { problems, report } = problemList();
  const expanded = expandVariables(
    parseProperties(text),
    {
      predefined: new Map([["appname", () => "echoscu"], ["pid", () => "1"]]),
      environment: (name) => environment[name],
    },
    report,
  );
  return { values: Object.fromEntries(expanded), problems };
}

Deno.test("a variable is a setting, else of the environment", () => {
  const { values, problems } = expand(
    "a=${b}-${c}-${log4cplus.x}\nb=own\nlog4cplus.x=1",
    { b: "outside", c: "env" },
  );
  assert.equal(values["a"], "own-env-1");
  assert.deepEqual(problems, []);
});

Deno.test("what has no value, or an empty one, stays as it stands", () => {
  const { values } = expand("a=${no} ${empty} ${set} $ { }\nset=", {
    empty: "",
  });
  assert.equal(values["a"], "${no} ${empty} ${set} $ { }");
});

Deno.test("variables may be in variables, and in names of settings", () => {
  const { values } = expand("a=${b}\nb=[${c}]\nc=x\n${k}=${a}!\nk=d");
  assert.equal(values["a"], "[x]");
  assert.equal(values["d"], "[x]!");
  assert.ok(!("${k}" in values));
});

Deno.test("a variable's name ends at the first brace", () => {
  const { values } = expand("a=${${x}}\nx=b\nb=no\n${x=odd");
  assert.equal(values["a"], "odd}");
  assert.equal(expand("a=${b}}\nb=x").values["a"], "x}");
});

Deno.test("a setting without name is a variable without name", () => {
  assert.equal(expand("a=<${}>\n=x").values["a"], "<x>");
  assert.equal(expand("a=<${}>", { "": "env" }).values["a"], "<${}>");
});

Deno.test("the program's own variables cannot be set", () => {
  const { values, problems } = expand("appname=mine${\na=${appname} ${pid}");
  assert.equal(values["a"], "echoscu 1");
  assert.deepEqual(problems, []);
});

Deno.test("an open brace is told, and the value left alone", () => {
  const { values, problems } = expand("a=x${b}${c\nb=1");
  assert.equal(values["a"], "x${b}${c");
  assert.deepEqual(problems, [
    'ERROR "x1${c" has no closing brace. Opening brace at position 2.',
  ]);
});

Deno.test("a variable that contains itself ends, and is told", () => {
  for (const text of ["a=${a}", "a=${b}\nb=${a}", "a=${b}\nb=${b}${b}"]) {
    const { values, problems } = expand(text);
    assert.equal(values["a"], text.split("\n")[0]?.slice(2));
    assert.match(problems[0] ?? "", /contain themselves/);
  }
});

Deno.test("a mistake is told once, however often it is come across", () => {
  // What a stands for is replaced in two rounds, each of which sees "${open".
  const { problems } = expand("a=${b}\nb=${c}\nc=1\nx=${open\ny=${open");
  assert.deepEqual(problems, [
    'ERROR "${open" has no closing brace. Opening brace at position 0.',
  ]);
});

Deno.test("all values of a file together do not fill the memory", () => {
  const lines = Array.from({ length: 1000 }, (_, i) => `k${i}=\${a}`);
  const { values, problems } = expand(
    [`a=${"x".repeat(60_000)}`, ...lines].join("\n"),
  );
  const total = Object.values(values).join("").length;
  assert.ok(total < 20_000_000, `${total}`);
  assert.deepEqual(problems, [
    "ERROR There is too much to replace in variables.",
  ]);
});
