import assert from "node:assert/strict";
import {
  Hierarchy,
  type HierarchySetup,
  type LoggerSetup,
  type Output,
} from "../../lib/log/hierarchy.ts";
import type { LogLevel } from "../../lib/log/log.ts";
import { logEvent } from "./events.ts";

/** Loggers by "NAME LEVEL OUTPUT …"; what is written is "OUTPUT<logger". */
function setUp(
  loggers: readonly string[],
  additivity: Readonly<Record<string, boolean>> = {},
): { hierarchy: Hierarchy; written: string[] } {
  const written: string[] = [];
  const output = (name: string): Output => (event) =>
    written.push(`${name}<${event.logger}`);
  const parsed = loggers.map((text): [string, LoggerSetup] => {
    const [name = "", level, ...outputs] = text.split(" ");
    return [name, {
      level: level === "-" ? undefined : level as LogLevel | "off",
      outputs: outputs.map(output),
    }];
  });
  const root = parsed.find(([name]) => name === "root")?.[1];
  const setup: HierarchySetup = {
    root: {
      level: root?.level ?? "info",
      outputs: root?.outputs ?? [],
    },
    loggers: new Map(parsed.filter(([name]) => name !== "root")),
    additivity: new Map(Object.entries(additivity)),
    lost: (logger) => written.push(`lost<${logger}`),
  };
  return { hierarchy: new Hierarchy(setup), written };
}

Deno.test("a logger has the level of the nearest one above that has one", () => {
  const { hierarchy } = setUp(["root warn", "a debug", "a.b -", "a.b.c off"]);
  assert.ok(hierarchy.shows("a.b.x", "debug"));
  assert.ok(!hierarchy.shows("a.b.x", "trace"));
  assert.ok(!hierarchy.shows("a.b.c", "fatal"));
  assert.ok(!hierarchy.shows("ab", "info"));
  assert.ok(hierarchy.shows("ab", "warn"));
});

Deno.test("the most detailed level of several loggers is known", () => {
  const { hierarchy } = setUp(["root warn", "a debug", "b off"]);
  assert.equal(hierarchy.mostDetailed(["a", "b"]), "debug");
  assert.equal(hierarchy.mostDetailed(["b", "c"]), "warn");
  assert.equal(hierarchy.mostDetailed(["b"]), "off");
});

Deno.test("an event goes to its logger, then up to the root", () => {
  const { hierarchy, written } = setUp(["root info r1 r2", "a - m", "a.b - x"]);
  hierarchy.write(logEvent({ logger: "a.b" }));
  assert.deepEqual(written, ["x<a.b", "m<a.b", "r1<a.b", "r2<a.b"]);
});

Deno.test("the level of the event's own logger counts, not of those above", () => {
  const { hierarchy, written } = setUp(["root fatal r", "a info"]);
  hierarchy.write(logEvent({ logger: "a", level: "info" }));
  hierarchy.write(logEvent({ logger: "a", level: "debug" }));
  assert.deepEqual(written, ["r<a"]);
});

Deno.test("without additivity an event goes no further up", () => {
  const { hierarchy, written } = setUp(["root info r", "a.b - x"], {
    a: false,
    "a.b": true,
  });
  hierarchy.write(logEvent({ logger: "a.b" }));
  hierarchy.write(logEvent({ logger: "a.c" }));
  assert.deepEqual(written, ["x<a.b", "lost<a.c"]);
});

Deno.test("what is forced is the root logger's, at any level", () => {
  const { hierarchy, written } = setUp(["root off r"]);
  hierarchy.force({ ...logEvent(), level: "info" });
  assert.deepEqual(written, ["r<root"]);
});
