import assert from "node:assert/strict";
import {
  additivities,
  appenderEntries,
  loggerEntries,
  type LoggerEntry,
  ownSettings,
} from "../../lib/log/config.ts";
import { parseProperties } from "../../lib/log/properties.ts";
import { problemList } from "./events.ts";

function loggers(
  text: string,
  known: readonly string[] = [],
): { entries: LoggerEntry[]; problems: string[] } {
  const { problems, report } = problemList();
  const entries = loggerEntries(parseProperties(text), new Set(known), report);
  return { entries, problems };
}

Deno.test("only what is under log4cplus counts", () => {
  const own = ownSettings(parseProperties("a=1\nlog4cplus.b=2\nLog4cplus.c=3"));
  assert.deepEqual([...own], [["b", "2"]]);
});

Deno.test("appenders are names without dots, in their order", () => {
  const entries = appenderEntries(
    parseProperties(
      "appender.b=B\nappender.a=A\nappender.a.File=f\nappender.a.layout=L\n" +
        "appender.c.File=g\nappender.ab=AB\nappender.=none",
    ),
  );
  assert.deepEqual(
    entries.map(({ name, className, settings }) => [
      name,
      className,
      Object.fromEntries(settings),
    ]),
    [
      ["", "none", {}],
      ["a", "A", { File: "f", layout: "L" }],
      ["ab", "AB", {}],
      ["b", "B", {}],
    ],
  );
});

Deno.test("the root logger comes first, then the others in their order", () => {
  const { entries, problems } = loggers(
    "logger.b=DEBUG, x\nlogger.a=inherited\nrootLogger=W arn, y ,x,,x\nlogger.=OFF",
    ["x", "y"],
  );
  assert.deepEqual(entries, [
    { name: "", level: "warn", appenders: ["y", "x"] },
    { name: "", level: "off", appenders: [] },
    { name: "a", level: undefined, appenders: [] },
    { name: "b", level: "debug", appenders: ["x"] },
  ]);
  assert.deepEqual(problems, []);
});

Deno.test("an unknown level is as if it was inherited", () => {
  for (const text of ["FOO", "NOTSET", ",x", "INHERITED,"]) {
    const { entries } = loggers(`logger.a=${text}`, ["x"]);
    assert.equal(entries[0]?.level, undefined, text);
  }
});

Deno.test("an unknown appender is told and left out", () => {
  assert.deepEqual(loggers("rootLogger=INFO, b, x, a", ["x"]), {
    entries: [{ name: "", level: "info", appenders: ["x"] }],
    problems: [
      "ERROR PropertyConfigurator::configureLogger()- Invalid appender: b",
      "ERROR PropertyConfigurator::configureLogger()- Invalid appender: a",
    ],
  });
});

Deno.test("an empty entry is told and sets nothing", () => {
  const { entries, problems } = loggers("rootLogger=\nlogger.a=");
  assert.deepEqual(entries, []);
  const start = "ERROR PropertyConfigurator::configureLogger()- " +
    "Invalid config string";
  assert.deepEqual(problems, [
    `${start}(Logger = root): ""`,
    `${start}(Logger = a): ""`,
  ]);
});

Deno.test("an additivity that is neither true nor false sets nothing", () => {
  const text = "additivity.a=false\nadditivity.b.c=1\nadditivity.d=no";
  assert.deepEqual(
    [...additivities(parseProperties(text))],
    [["a", false], ["b.c", true]],
  );
});
