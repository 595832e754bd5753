/** Filters of appenders. */

import { inFile, type LogCase } from "../log-case.ts";

type Filter = readonly [kind: string, settings?: Record<string, string>];

function filtered(
  name: string,
  filters: readonly Filter[],
  rest: Partial<LogCase> = {},
  first = 1,
): LogCase {
  const settings: Record<string, string> = {};
  filters.forEach(([kind, more = {}], index) => {
    const key = `filters.${index + first}`;
    settings[key] = `log4cplus::spi::${kind}`;
    for (const [setting, value] of Object.entries(more)) {
      settings[`${key}.${setting}`] = value;
    }
  });
  return inFile(`filter: ${name}`, settings, rest);
}

const level = (
  level: string,
  accept?: string,
): Filter => ["LogLevelMatchFilter", {
  LogLevelToMatch: level,
  ...(accept === undefined ? {} : { AcceptOnMatch: accept }),
}];

const range = (min: string, max: string, accept?: string): Filter => [
  "LogLevelRangeFilter",
  {
    LogLevelMin: min,
    LogLevelMax: max,
    ...(accept === undefined ? {} : { AcceptOnMatch: accept }),
  },
];

const text = (text: string, accept?: string): Filter => ["StringMatchFilter", {
  StringToMatch: text,
  ...(accept === undefined ? {} : { AcceptOnMatch: accept }),
}];

const DENY_ALL: Filter = ["DenyAllFilter"];

export const FILTERS: readonly LogCase[] = [
  filtered("deny all", [DENY_ALL]),
  ...[undefined, "true", "false", "TRUE", "1", "0", "garbage"].flatMap((
    accept,
  ) => [
    filtered(`level INFO, AcceptOnMatch ${accept}`, [level("INFO", accept)]),
    filtered(`level INFO, AcceptOnMatch ${accept}, then deny all`, [
      level("INFO", accept),
      DENY_ALL,
    ]),
  ]),
  filtered("level FATAL only", [level("FATAL", "true"), DENY_ALL], {
    peer: "nobody",
  }),
  filtered("level in lower case", [level("info", "true"), DENY_ALL]),
  filtered("unknown level", [level("loud", "true"), DENY_ALL]),
  filtered("level OFF", [level("OFF", "true"), DENY_ALL]),
  filtered("no level", [["LogLevelMatchFilter", { AcceptOnMatch: "true" }]]),
  filtered("range WARN to FATAL", [range("WARN", "FATAL", "true")]),
  filtered("range WARN to FATAL, nobody there", [
    range("WARN", "FATAL", "true"),
    DENY_ALL,
  ], { peer: "nobody" }),
  filtered("range INFO to INFO", [range("INFO", "INFO", "false")]),
  filtered("range the wrong way", [range("FATAL", "DEBUG", "true")]),
  filtered("range of unknown levels", [range("low", "high", "true"), DENY_ALL]),
  filtered("range without a maximum", [["LogLevelRangeFilter", {
    LogLevelMin: "WARN",
  }]]),
  filtered("range without a minimum", [["LogLevelRangeFilter", {
    LogLevelMax: "DEBUG",
  }]]),
  filtered("range, empty", [["LogLevelRangeFilter"]]),
  filtered("range as DCMTK's example spells it", [["LogLevelRangeFilter", {
    logLevelMin: "warn",
    logLevelMax: "fatal",
    acceptOnMatch: "true",
  }], DENY_ALL]),
  filtered("text taken out", [text("Echo", "false")]),
  filtered("text only", [text("Echo", "true"), DENY_ALL]),
  filtered("text in another case", [text("ECHO", "true"), DENY_ALL]),
  filtered("text with blanks", [text("Echo Request (MsgID 1)", "false")]),
  filtered("text, neither", [text("Echo"), DENY_ALL]),
  filtered("no text", [text("", "true"), DENY_ALL]),
  filtered("text, then level", [
    text("Association", "false"),
    level("INFO", "true"),
    DENY_ALL,
  ]),
  filtered("level, then text", [
    level("INFO", "true"),
    text("Association", "false"),
    DENY_ALL,
  ]),
  filtered("three texts", [
    text("Requesting", "true"),
    text("Releasing", "true"),
    text("Received", "true"),
    DENY_ALL,
  ]),
  filtered("deny all first", [DENY_ALL, text("Echo", "true")]),
  filtered("an unknown filter", [["MoonPhaseFilter"], text("Echo", "false")]),
  filtered("an unknown filter alone", [["MoonPhaseFilter"]]),
  filtered("a diagnostic context", [["MDCMatchFilter", {
    MDCKeyToMatch: "a",
    MDCValueToMatch: "b",
  }]]),
  filtered("numbers from 0", [DENY_ALL], {}, 0),
  filtered("numbers from 2", [DENY_ALL], {}, 2),
  inFile("filter: a gap in the numbers", {
    "filters.1": "log4cplus::spi::StringMatchFilter",
    "filters.1.StringToMatch": "Echo",
    "filters.1.AcceptOnMatch": "false",
    "filters.3": "log4cplus::spi::DenyAllFilter",
  }),
  inFile("filter: numbers with zeros", {
    "filters.01": "log4cplus::spi::DenyAllFilter",
  }),
  inFile("filter: of an empty kind", { "filters.1": "" }),
  inFile("filter: settings without a kind", {
    "filters.1.StringToMatch": "Echo",
  }),
  inFile("filter: without its namespace", { "filters.1": "DenyAllFilter" }),
  inFile("filter: half its namespace", {
    "filters.1": "log4cplus::DenyAllFilter",
  }),
  inFile("filter: and a threshold", {
    Threshold: "WARN",
    "filters.1": "log4cplus::spi::LogLevelMatchFilter",
    "filters.1.LogLevelToMatch": "INFO",
    "filters.1.AcceptOnMatch": "true",
  }),
];
