import assert from "node:assert/strict";
import type { LogEvent } from "../../lib/log/appender.ts";
import { patternLayout, readLayout } from "../../lib/log/layout.ts";
import { parseProperties } from "../../lib/log/properties.ts";
import { logEvent, problemList } from "./events.ts";
import { MemoryMachine, NOW } from "./machine.ts";

/** What the pattern makes of an event, and what is said of the pattern. */
function apply(
  pattern: string,
  event: Partial<LogEvent> = {},
): { text: string; problems: string[] } {
  const { problems, report } = problemList();
  const layout = patternLayout(pattern, true, new MemoryMachine(NOW), report);
  return { text: layout(logEvent(event)), problems };
}

function applied(pattern: string, event: Partial<LogEvent> = {}): string {
  const { text, problems } = apply(pattern, event);
  assert.deepEqual(problems, []);
  return text;
}

Deno.test("every conversion of a pattern is there", () => {
  const cases: Readonly<Record<string, string>> = {
    "%m%n": "Requesting Association\n",
    "%p %P": "INFO I",
    "%i %t %T": "4711 4711 4711",
    "%h %H": "ward ward.example",
    "%r": "1234",
    "%d": "2026-03-04 05:06:07",
    "%d{}": "2026-03-04 05:06:07",
    "%d{%H:%M:%S.%q}|": "05:06:07.089|",
    "<%F%b%L%M%x%X%X{key}>%l": "<>:",
    "100%%": "100%",
    "%": "%",
    "plain": "plain",
    "\\n": "\\n",
  };
  for (const [pattern, text] of Object.entries(cases)) {
    assert.equal(applied(pattern), text, pattern);
  }
});

Deno.test("of a logger's name the last parts may be shown", () => {
  const cases: Readonly<Record<string, string>> = {
    "%c": "dcmtk.apps.echoscu",
    "%c{1}": "echoscu",
    "%c{2}": "apps.echoscu",
    "%c{3}": "dcmtk.apps.echoscu",
    "%c{9}": "dcmtk.apps.echoscu",
    "%c{0}": "dcmtk.apps.echoscu",
    "%c{-1}": "dcmtk.apps.echoscu",
    "%c{x}": "dcmtk.apps.echoscu",
  };
  for (const [pattern, text] of Object.entries(cases)) {
    assert.equal(applied(pattern), text, pattern);
  }
});

Deno.test("a field is padded to its width and cut from the left", () => {
  const cases: Readonly<Record<string, string>> = {
    "%6p|": "  INFO|",
    "%-6p|": "INFO  |",
    "%06p|": "  INFO|",
    "%.2p|": "FO|",
    "%5.2p|": "FO|",
    "%--6.9p|": "INFO  |",
    "%.0p|": "|",
    "%3n|": "  \n|",
  };
  for (const [pattern, text] of Object.entries(cases)) {
    assert.equal(applied(pattern), text, pattern);
  }
  assert.ok(applied("%99999999999m").length < 100_000);
});

Deno.test("each line of a message is laid out on its own", () => {
  assert.equal(
    applied("%P: %m%n", { text: "a\n\nb\n" }),
    "I: a\nI: \nI: b\nI: \n",
  );
  const whole = patternLayout(
    "%P: %m%n",
    false,
    new MemoryMachine(NOW),
    assert.fail,
  );
  assert.equal(whole(logEvent({ text: "a\nb" })), "I: a\nb\n");
});

Deno.test("what is wrong in a pattern is told and stays as it stands", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    [
      "%m%y!",
      "Requesting Association%y!",
      "ERROR Unexpected char [y] at position 4 in conversion pattern.",
    ],
    [
      "%5-m",
      "%5-m",
      "ERROR Unexpected char [-] at position 3 in conversion pattern.",
    ],
    [
      "%-5.m|%p",
      "%-5.m|INFO",
      "ERROR Error occurred in position 5.\n" +
      ' Was expecting digit, instead got char "m".',
    ],
    [
      "%c{2%m",
      "dcmtk.apps.echoscu",
      "ERROR No matching '}' found in conversion pattern string \"%c{2%m\"",
    ],
    [
      "",
      "Requesting Association",
      "WARN PatternLayout pattern is empty.  Using default...",
    ],
    ["%D{%}|", "|", "ERROR Error in strftime(): 0"],
  ];
  for (const [pattern, text, problem] of cases) {
    assert.deepEqual(apply(pattern), { text, problems: [problem] }, pattern);
  }
});

Deno.test("a conversion that is not complete stays as it stands", () => {
  for (const pattern of ["%m %", "%5", "%-", "%5.", "%5.5"]) {
    const rest = pattern.replace("%m", "Requesting Association");
    assert.equal(applied(pattern), rest);
  }
});

function read(settings: string): {
  text: string | undefined;
  problems: string[];
} {
  const { problems, report } = problemList();
  const layout = readLayout(
    parseProperties(settings),
    new MemoryMachine(NOW),
    report,
  );
  return { text: layout?.(logEvent({ text: "a\nb" })), problems };
}

Deno.test("layouts are chosen by the names of their classes", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["", "INFO - a\nb\n"],
    ["layout=log4cplus::SimpleLayout", "INFO - a\nb\n"],
    [
      "layout=log4cplus::TTCCLayout",
      "1234 [4711] INFO dcmtk.apps.echoscu <> - a\nb\n",
    ],
    [
      "layout=log4cplus::TTCCLayout\nlayout.DateFormat=%H:%M\n" +
      "layout.Use_gmtime=TRUE",
      "05:06 [4711] INFO dcmtk.apps.echoscu <> - a\nb\n",
    ],
    [
      "layout=log4cplus::PatternLayout\nlayout.ConversionPattern=%p %m;",
      "INFO a;INFO b;",
    ],
    [
      "layout=log4cplus::PatternLayout\nlayout.ConversionPattern=%p %m;\n" +
      "layout.FormatEachLine=0",
      "INFO a\nb;",
    ],
  ];
  for (const [settings, text] of cases) {
    assert.deepEqual(read(settings), { text, problems: [] }, settings);
  }
});

Deno.test("a layout that cannot be had is told", () => {
  const missing = "ConversionPattern not specified in properties";
  assert.deepEqual(read("layout=PatternLayout"), {
    text: undefined,
    problems: ['ERROR Cannot find LayoutFactory: "PatternLayout"'],
  });
  assert.deepEqual(read("layout=log4cplus::PatternLayout"), {
    text: undefined,
    problems: [
      `ERROR ${missing}`,
      `ERROR Error while creating Layout: ${missing}`,
    ],
  });
});

Deno.test("the older name of the pattern is taken, with a warning", () => {
  assert.deepEqual(read("layout=log4cplus::PatternLayout\nlayout.Pattern=x"), {
    text: "xx",
    problems: [
      'WARN PatternLayout- the "Pattern" property has been deprecated.  ' +
      'Use "ConversionPattern" instead.',
    ],
  });
});

Deno.test("what a pattern makes of an event is cut off", () => {
  const most = 1024 * 1024;
  for (
    const pattern of ["%65536x", "%D{%1024d}", `%D{${"%1024d".repeat(20)}}`]
  ) {
    const text = applied(pattern.repeat(2000));
    assert.equal(text.length, most + 1);
    assert.ok(text.endsWith("\n"), pattern);
  }
  // So is what it makes of all lines of an event together.
  const text = applied("%65536x", { text: "\n".repeat(100) });
  assert.equal(text.length, most + 1);
});

Deno.test("a long message is never cut off", () => {
  const line = "x".repeat(99);
  const text = Array.from({ length: 20_000 }, () => line).join("\n");
  const output = applied("%D %-5p %c %m%n", { text });
  assert.equal(output.match(/x{99}\n/g)?.length, 20_000);
});
