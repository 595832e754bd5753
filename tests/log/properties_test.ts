import assert from "node:assert/strict";
import {
  groups,
  parseProperties,
  propertiesProblem,
  subset,
} from "../../lib/log/properties.ts";
import { readLevel } from "../../lib/log/log.ts";

Deno.test("a property is what stands around the first equals sign", () => {
  assert.deepEqual(
    [...parseProperties("a=b\n \tc d \t=\r e = f \v\r\n=g\nh=")],
    [["a", "b"], ["c d", "e = f"], ["", "g"], ["h", ""]],
  );
});

Deno.test("comments, empty lines and lines without equals sign say nothing", () => {
  assert.equal(parseProperties("\n\r\n  # a=b\n#c=d\nnothing").size, 0);
});

Deno.test("of a property given twice the last value counts", () => {
  assert.equal(parseProperties("a=1\na=2").get("a"), "2");
});

Deno.test("blanks beyond those of C belong to the property", () => {
  assert.ok(parseProperties("\ufeffa=b").has("\ufeffa"));
  assert.ok(parseProperties("\u00a0a=b").has("\u00a0a"));
});

Deno.test("settings without a root logger are told apart", () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ["", "does not contain any settings"],
    ["# a=b", "does not contain any settings"],
    ["a=b", "does not contain any valid settings"],
    ["log4cplus.a=b", "does not set up log4cplus.rootLogger"],
    ["log4cplus.rootLogger=", undefined],
  ];
  for (const [text, problem] of cases) {
    assert.equal(propertiesProblem(parseProperties(text)), problem, text);
  }
});

Deno.test("a level may be written in any case, all means trace", () => {
  assert.equal(readLevel("Warn"), "warn");
  assert.equal(readLevel("FATAL"), "fatal");
  assert.equal(readLevel("off"), "off");
  assert.equal(readLevel("All"), "trace");
  for (const name of ["", " warn", "warning", "notset", "w"]) {
    assert.equal(readLevel(name), undefined, name);
  }
});

Deno.test("a subset has the keys with a prefix, without it", () => {
  const properties = parseProperties("a.b=1\na.=2\na=3\nxa.b=4\nA.b=5");
  assert.deepEqual([...subset(properties, "a.")], [["b", "1"], ["", "2"]]);
});

Deno.test("properties are grouped by the first part of their names", () => {
  const found = groups(
    parseProperties("a=1\na.x=2\na.y.z=3\nab.x=4\n.x=5\nb="),
  );
  assert.deepEqual(
    [...found].map(([name, { value, settings }]) => [
      name,
      value,
      Object.fromEntries(settings),
    ]),
    [
      ["a", "1", { x: "2", "y.z": "3" }],
      ["ab", undefined, { x: "4" }],
      ["", undefined, { x: "5" }],
      ["b", "", {}],
    ],
  );
});
