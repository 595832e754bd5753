/** Levels of the root logger, of other loggers, and thresholds. */

import {
  appender,
  inFile,
  lines,
  type LogCase,
  onConsole,
  pattern,
  root,
  toConsole,
} from "../log-case.ts";
import {
  INTERNAL_DEBUGGING,
  NO_LEVEL_NOR_APPENDER,
  NO_LEVEL_ON_CONSOLE,
} from "../log-deviations.ts";

/** The name of the logger in every line shows where it comes from. */
const NAMED = { ...pattern("%p %c - %m%n") };

const accepted = ["TRACE", "DEBUG", "INFO", "WARN", "ALL"];
const refused = ["DEBUG", "WARN", "ERROR", "FATAL", "OFF"];
const spelled = ["trace", "DeBuG", "off"];
const unknown = [
  "NOTSET",
  "INHERITED",
  "INHERIT",
  "WARNING",
  "40000",
  "-",
];

export const ROOT: readonly LogCase[] = [
  ...accepted.map((level) => onConsole(`root at ${level}`, level)),
  ...refused.map((level) =>
    onConsole(`root at ${level}, nobody there`, level, [], { peer: "nobody" })
  ),
  ...spelled.map((level) =>
    onConsole(`root at ${level}, as spelled`, level, [], { peer: "nobody" })
  ),
  ...unknown.map((level) =>
    onConsole(`root at ${level}, which is no level`, level, [], {
      peer: "nobody",
      deviation: NO_LEVEL_ON_CONSOLE,
    })
  ),
  {
    name: "root at no level",
    config: lines(root(", console"), ...toConsole()),
    peer: "nobody",
    deviation: NO_LEVEL_ON_CONSOLE,
  },
  ...[",", "INFO console"].map((value) => ({
    name: `root logger set to "${value}"`,
    config: lines(root(value), ...toConsole()),
    peer: "nobody" as const,
    deviation: NO_LEVEL_NOR_APPENDER,
  })),
  ...["", "I N F O , con sole", "INFO,"]
    .map((value) => ({
      name: `root logger set to "${value}"`,
      config: lines(root(value), ...toConsole()),
      peer: "nobody" as const,
    })),
  {
    name: "root without appenders",
    config: lines(root("INFO")),
  },
  {
    name: "root without appenders, nobody there",
    config: lines(root("INFO")),
    peer: "nobody",
  },
  {
    name: "root off without appenders, nobody there",
    config: lines(root("OFF")),
    peer: "nobody",
  },
  {
    name: "root logger given twice",
    config: lines(root("OFF"), ...toConsole(), root("INFO, console")),
  },
  {
    name: "rootCategory, as of old",
    config: lines(
      "log4cplus.rootCategory = DEBUG, console",
      root("INFO, console"),
      ...toConsole(),
    ),
  },
  {
    name: "quiet mode",
    config: lines("log4cplus.quietMode = true", root("INFO, nobody")),
  },
  {
    name: "internal debugging",
    config: lines(
      "log4cplus.configDebug = true",
      root("INFO, console"),
      ...toConsole(),
    ),
    deviation: INTERNAL_DEBUGGING,
  },
  {
    name: "disableOverride",
    config: lines(
      "log4cplus.disableOverride = true",
      root("INFO, console"),
      ...toConsole(),
    ),
  },
  {
    name: "a second root logger in lower case",
    config: lines(
      "log4cplus.rootlogger = OFF",
      root("INFO, console"),
      ...toConsole(),
    ),
  },
];

function loggers(
  name: string,
  level: string,
  settings: readonly string[],
  rest: Partial<LogCase> = {},
): LogCase {
  return {
    name,
    config: lines(
      root(`${level}, console`),
      ...toConsole(NAMED),
      ...settings,
    ),
    ...rest,
  };
}

const LOGGER = "log4cplus.logger";

export const LOGGERS: readonly LogCase[] = [
  loggers("names of loggers at TRACE", "TRACE", []),
  loggers("names of loggers at TRACE, nobody there", "TRACE", [], {
    peer: "nobody",
  }),
  loggers("one logger more detailed", "INFO", [
    `${LOGGER}.dcmtk.dcmnet = TRACE`,
  ]),
  loggers("one logger less detailed", "DEBUG", [
    `${LOGGER}.dcmtk.dcmnet = WARN`,
  ]),
  loggers("the program's logger alone", "OFF", [
    `${LOGGER}.dcmtk.apps.echoscu = DEBUG`,
  ]),
  loggers("the program's logger off", "TRACE", [
    `${LOGGER}.dcmtk.apps.echoscu = OFF`,
  ]),
  loggers("the program's parent", "WARN", [`${LOGGER}.dcmtk.apps = INFO`]),
  loggers("the parent of all", "OFF", [`${LOGGER}.dcmtk = INFO`]),
  loggers("a parent and its child", "ERROR", [
    `${LOGGER}.dcmtk = OFF`,
    `${LOGGER}.dcmtk.dcmdata = TRACE`,
  ]),
  loggers("an unknown level of a logger", "INFO", [
    `${LOGGER}.dcmtk.dcmnet = loud`,
  ]),
  loggers("an inherited level of a logger", "INFO", [
    `${LOGGER}.dcmtk.dcmnet = INHERITED`,
  ]),
  loggers("an empty level of a logger", "INFO", [
    `${LOGGER}.dcmtk.dcmnet =`,
  ]),
  loggers("a logger that does not exist", "INFO", [
    `${LOGGER}.org.example = TRACE, console`,
  ]),
  loggers("a logger in capitals", "INFO", [
    `${LOGGER}.DCMTK.DCMNET = TRACE`,
  ]),
  loggers("a logger without a name", "INFO", [`${LOGGER}. = OFF`]),
  loggers("an appender that is not there", "INFO, missing", [
    `${LOGGER}.dcmtk.dcmnet = DEBUG, absent`,
  ]),
];

function additivity(value: string): LogCase {
  return loggers(`additivity ${value}`, "INFO", [
    ...appender("net", "FileAppender", { File: "net.txt", ...NAMED }),
    `${LOGGER}.dcmtk.dcmnet = DEBUG, net`,
    `log4cplus.additivity.dcmtk.dcmnet = ${value}`,
  ]);
}

export const ADDITIVITY: readonly LogCase[] = [
  ...["true", "false", "FALSE", "0", "1", "2", "maybe", ""].map(additivity),
  loggers("additivity of the program's logger", "INFO", [
    "log4cplus.additivity.dcmtk.apps.echoscu = false",
  ]),
  loggers("additivity of the parent of all", "INFO", [
    "log4cplus.additivity.dcmtk = false",
  ]),
  loggers("one appender on two loggers of one line", "INFO", [
    `${LOGGER}.dcmtk.apps.echoscu = INFO, console`,
    `${LOGGER}.dcmtk = INFO, console`,
  ]),
  loggers("one appender twice on a logger", "INFO, console", []),
];

export const THRESHOLDS: readonly LogCase[] = [
  ...["INFO", "warn", "OFF", "all", "loud", "", "INFO "].map((threshold) =>
    inFile(`threshold "${threshold}"`, { Threshold: threshold })
  ),
  {
    name: "a threshold for each of two appenders",
    config: lines(
      root("DEBUG, console, file"),
      ...toConsole({ Threshold: "WARN" }),
      ...appender("file", "FileAppender", {
        File: "log.txt",
        Threshold: "DEBUG",
        ...NAMED,
      }),
    ),
    peer: "nobody",
  },
];
