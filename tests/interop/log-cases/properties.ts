/** How settings are read: lines, blanks, line ends, character sets. */

import { encodeLatin1 } from "../../../lib/base/text.ts";
import {
  appender,
  lines,
  type LogCase,
  pattern,
  PLAIN,
  root,
  toConsole,
  toFile,
} from "../log-case.ts";
import { ESCAPED_SETTINGS, OPEN_BRACE, recursive } from "../log-deviations.ts";

const GOOD = lines(root("INFO, console"), ...toConsole());
const KEY = "log4cplus.appender.console.layout.ConversionPattern";

function text(name: string, config: string | Uint8Array): LogCase {
  return { name, config };
}

/** The usual configuration with another pattern, written as it is. */
function patterned(value: string): string {
  return `${GOOD}${KEY}${value}\n`;
}

const utf8 = (value: string): Uint8Array => new TextEncoder().encode(value);

export const PROPERTIES: readonly LogCase[] = [
  text("as simple as it gets", GOOD),
  text("carriage returns", GOOD.replaceAll("\n", "\r\n")),
  {
    ...text("carriage returns alone", GOOD.replaceAll("\n", "\r")),
    deviation: ESCAPED_SETTINGS,
  },
  text("no line end at the end", GOOD.trimEnd()),
  text("no blanks around the equals sign", GOOD.replaceAll(" = ", "=")),
  text(
    "tabs and blanks around everything",
    GOOD.replaceAll(" = ", " \t=\t ")
      .replaceAll("\n", " \t\n\t "),
  ),
  text("comments and empty lines", `#\n\n  # ${GOOD}\n \n${GOOD}#${KEY}=x`),
  text("a comment after a value", patterned(" = %m # not a comment%n")),
  text("an exclamation mark is no comment", `! a = b\n${GOOD}!${KEY} = x\n`),
  text("lines without an equals sign", `nonsense\n${GOOD}more nonsense\n`),
  text("a line that is an equals sign", `=\n= x\n${GOOD}`),
  text("equals signs in a value", patterned(" = a=b == %m%n")),
  text("two equals signs", patterned(" == %m%n")),
  text("a colon for an equals sign", patterned(" : x%n")),
  text("a backslash at the end of a line", patterned(" = x \\\n %m%n")),
  text("backslash escapes in a value", patterned(" = \\t\\n\\\\ %m%n")),
  text("quotes in a value", patterned(' = "%m"%n')),
  text(
    "duplicate settings",
    `${patterned(" = first %m%n")}${KEY} = second %m%n\n`,
  ),
  text(
    "an appender named twice",
    `${GOOD}${lines(...appender("console", "NullAppender"))}`,
  ),
  text(
    "settings before the root logger",
    lines(
      ...toConsole(),
      root("INFO, console"),
    ),
  ),
  text("settings of others", `other.rootLogger = OFF\n${GOOD}log4cplus = x\n`),
  text(
    "a setting in lower case",
    `${GOOD}log4cplus.appender.console.${""}layout.conversionpattern = x%n\n`,
  ),
  text("UTF-8 text", utf8(patterned(" = Prüfung → 検査 %m%n"))),
  text("Latin-1 text", encodeLatin1(patterned(" = Pr\u00fcfung %m%n"))),
  text("a byte-order mark", utf8(`\ufeff${GOOD}`)),
  text("a byte-order mark before a comment", utf8(`\ufeff# x\n${GOOD}`)),
  text(
    "UTF-16",
    Uint8Array.from(
      `\ufeff${GOOD}`.split("").flatMap((c) => [
        c.charCodeAt(0) & 0xff,
        c.charCodeAt(0) >> 8,
      ]),
    ),
  ),
  text("a zero byte in a value", patterned(" = a\0b %m%n")),
  text("a control character in a value", patterned(" = a\x1b[1mb %m%n")),
  text("a very long value", patterned(` = ${"x".repeat(100_000)} %m%n`)),
  text(
    "many settings",
    `${GOOD}${
      Array.from({ length: 5000 }, (_, i) => `a.${i} = ${i}\n`).join("")
    }`,
  ),
  text(
    "blanks in the name of an appender",
    lines(
      root("INFO, my console"),
      ...appender("my console", "ConsoleAppender", {
        logToStdErr: "true",
        ...pattern(PLAIN),
      }),
      ...appender("myconsole", "ConsoleAppender", {
        logToStdErr: "true",
        ...pattern(`without a blank: ${PLAIN}`),
      }),
    ),
  ),
  text(
    "a dot in the name of an appender",
    lines(
      root("INFO, a.b"),
      ...appender("a.b", "ConsoleAppender", pattern(PLAIN)),
    ),
  ),
];

function variables(
  name: string,
  value: string,
  more: readonly string[] = [],
  rest: Partial<LogCase> = {},
): LogCase {
  return {
    name: `variable: ${name}`,
    config: lines(
      root("INFO, console"),
      ...toConsole(pattern(`${value} %m%n`)),
      ...more,
    ),
    ...rest,
  };
}

/** Milliseconds in which a program would have come to its end. */
const HANGS = 3000;

const SECONDS = {
  why: "the programs are started in different seconds",
  finds: /(\d\d:\d\d|\d{4}):?\d\d\b/g,
  becomes: "$1<seconds>",
};

const PROCESS_NAME = {
  why: "each program is a process",
  finds: /process\d+/g,
  becomes: "process<number>",
};

export const VARIABLES: readonly LogCase[] = [
  variables("application", "${appname}"),
  variables("application that the file names", "${appname}", [
    "appname = mine",
  ]),
  variables("date", "${date}"),
  variables("time", "${time}", [], { masks: [SECONDS] }),
  variables("process", "process${pid}", [], { masks: [PROCESS_NAME] }),
  variables("host", "${hostname}"),
  variables("a setting", "${log4cplus.rootLogger}"),
  variables("a setting of the file", "${site}", ["site = Ward 3"]),
  variables("a setting before the environment", "${site}", ["site = file"], {
    env: { site: "environment" },
  }),
  variables("an empty setting and the environment", "${site}", ["site ="], {
    env: { site: "environment" },
  }),
  variables("environment", "${SITE_NAME} ${site.name}", [], {
    env: { SITE_NAME: "Ward 4", "site.name": "Ward 5" },
  }),
  variables("an empty variable of the environment", "<${SITE_NAME}>", [], {
    env: { SITE_NAME: "" },
  }),
  variables("not defined", "<${undefined.variable}>"),
  variables("one not defined, one defined", "<${no}${yes}>", ["yes = 1"]),
  variables("of variables", "${a}", ["a = ${b}-${c}", "b = ${c}", "c = end"]),
  variables("within a variable", "${a${b}}", ["b = c", "ac = nested"]),
  variables("whose value opens one", "${a}b}", ["a = ${", "b = opened"], {
    deviation: OPEN_BRACE,
  }),
  variables("from the environment, to be replaced", "${OUTER}", ["inner = x"], {
    env: { OUTER: "${inner}" },
  }),
  variables("without a name", "<${}>"),
  variables("without an end", "<${site", ["site = x"]),
  variables("with a blank in its name", "<${ site }>", ["site = x"]),
  variables("a dollar sign alone", "$ $site {site} $$", ["site = x"]),
  variables("twice in a value", "${site}${site}", ["site = x"]),
  variables("that stands for itself", "${a}", ["a = ${a}"], {
    limit: HANGS,
    deviation: recursive(1),
  }),
  variables("that stands for one that stands for it", "${a}", [
    "a = ${b}",
    "b = ${a}",
  ], { limit: HANGS, deviation: recursive(2) }),
  {
    name: "variable: in a file name",
    config: lines(
      root("INFO, file"),
      ...toFile({ File: "${appname}-${date}-${SITE}-process${pid}.log" }),
    ),
    env: { SITE: "ward" },
    masks: [PROCESS_NAME],
  },
  {
    name: "variable: in a key",
    config: lines(
      "which = console",
      root("INFO, ${which}"),
      ...toConsole().map((line) => line.replace("console", "${which}")),
    ),
  },
  {
    name: "variable: in the name of a logger",
    config: lines(
      "package = dcmnet",
      root("INFO, console"),
      "log4cplus.logger.dcmtk.${package} = DEBUG",
      ...toConsole(),
    ),
  },
];
