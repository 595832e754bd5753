/**
 * Where ours logs otherwise than the reference on purpose, with a log
 * configuration. docs/logging.md tells the same to people.
 */

import type { Deviation } from "./deviation.ts";

export interface LogDeviation extends Omit<Deviation, "ownWords"> {
  /** What is in files of ours that are not compared; folders are empty. */
  readonly ourFiles?: Readonly<Record<string, RegExp>>;
  /** Names of files that only the reference writes. */
  readonly theirFiles?: readonly string[];
  /** Standard output is not compared. */
  readonly otherOutput?: true;
}

const VERIFIED =
  /^I: Requesting Association\n(I: .*\n){3}I: Releasing Association\n$/;

export const CREATE_DIRS: LogDeviation = {
  id: "create-dirs",
  reference: "does not know CreateDirs: a folder must be there",
  ours: "makes the folders of a log file if CreateDirs is true",
  reason: "newer releases of log4cplus have it",
  onlyReference: [/^log4cplus:ERROR Unable to open file: /],
  ourFiles: { "logs/": /^$/, "logs/a/": /^$/, "logs/a/b.txt": VERIFIED },
};

const ITSELF = /^log4cplus:ERROR ".*" has variables that contain themselves\.$/;
const OPEN = /^\$\{a\} [A-Z][a-z]+ (Association|Echo)\b|^\$\{a\} Association /;

/** @param variables how many of them there are. */
export function recursive(variables: number): LogDeviation {
  return {
    id: "recursive-variable",
    reference: "never ends when a variable stands for itself",
    ours: "says so, and goes on",
    reason: "a mistake in a file must not hold a job for ever",
    exitCode: 0,
    onlyOurs: [
      // Of each, and of the pattern.
      ...Array.from({ length: variables + 1 }, () => ITSELF),
      ...Array.from({ length: 5 }, () => OPEN),
    ],
  };
}

export const INTERNAL_DEBUGGING: LogDeviation = {
  id: "internal-debugging",
  reference: "tells of its inner workings with configDebug",
  ours: "has none of them to tell of",
  reason: "they are the reference's",
  otherOutput: true,
};

const NO_LEVEL: LogDeviation = {
  id: "no-level",
  reference: "crashes when the root logger has no level that it knows",
  ours: "says the same and goes on",
  reason: "a crash is not an answer",
  exitCode: 1,
  onlyReference: [
    /^terminate called after throwing an instance of 'std::runtime_error'$/,
    /^ {2}what\(\): {2}LoggerImpl::getChainedLogLevel\(\)- No valid LogLevel found$/,
  ],
};

export const NO_LEVEL_ON_CONSOLE: LogDeviation = {
  ...NO_LEVEL,
  onlyOurs: [
    /^I: Requesting Association$/,
    /^F: Association Request Failed: 0006:031c /,
  ],
};

export const NO_LEVEL_NOR_APPENDER: LogDeviation = {
  ...NO_LEVEL,
  onlyOurs: [
    /^log4cplus:ERROR No appenders could be found for logger \(dcmtk\.apps\.echoscu\)\.$/,
    /^log4cplus:ERROR Please initialize the log4cplus system properly\.$/,
  ],
};

/** Not one of the appenders that ours has. */
export function noSuchAppender(
  kind: string,
  onlyReference: readonly RegExp[] = [],
): LogDeviation {
  return {
    id: "other-appenders",
    reference: "sends to log servers, log4j, and through other appenders",
    ours: "does not know these appenders",
    reason: "nothing is there that takes what they send",
    onlyReference,
    onlyOurs: [
      new RegExp(
        `^log4cplus:ERROR .* Cannot find AppenderFactory: log4cplus::${kind}$`,
      ),
      /^log4cplus:ERROR .* Invalid appender: x$/,
    ],
  };
}

export const LOCALE: LogDeviation = {
  id: "locale",
  reference: "looks whether the locale of a log file is installed",
  ours: "takes every name that a locale may have",
  reason: "it changes nothing of what is written: always UTF-8",
  onlyReference: [/^log4cplus:ERROR Failed to create locale no_SUCH$/],
};

export const LOST_LINES: LogDeviation = {
  id: "lost-lines",
  reference: "is silent when lines are lost at the end or on reopening",
  ours: "says so, once",
  reason: "a log that cannot be written must be noticed",
  onlyOurs: [/^log4cplus:ERROR file is not open: \/dev\/full$/],
};

const UTF8: Omit<LogDeviation, "onlyOurs" | "onlyReference"> = {
  id: "names-are-utf8",
  reference: "takes names of files for bytes, and patterns byte by byte",
  ours: "takes both for UTF-8, else for ISO 8859-1; other text for bytes",
  reason: "the runtime knows no other names; half a character is none",
};

export const LATIN1_FILE: LogDeviation = {
  ...UTF8,
  ourFiles: { "prüf.txt": VERIFIED },
  // As the runtime shows the name.
  theirFiles: ["pr\ufffdf.txt"],
};

export const HALF_A_CHARACTER: LogDeviation = {
  ...UTF8,
  onlyReference: [/^log4cplus:ERROR Unexpected char \[\xc3\] at position 2 /],
  onlyOurs: [/^log4cplus:ERROR Unexpected char \[\xc3\xa9\] at position 2 /],
};

const WRITE_FAILED =
  /^log4cplus:WARN SysLogAppender::appendRemote- socket write failed$/;

const REPORTED_ONCE: LogDeviation = {
  id: "reported-once",
  reference: "tells of a problem as often as it meets it",
  ours: "tells of it once",
  reason: "a log service that is down must not flood the console",
};

export const UNKNOWN_LOG_HOST: LogDeviation = {
  ...REPORTED_ONCE,
  onlyReference: [1, 2, 3, 4].map(() => WRITE_FAILED),
};

export const OPEN_BRACE: LogDeviation = {
  ...REPORTED_ONCE,
  onlyReference: [/^log4cplus:ERROR "\$\{" has no closing brace\. /],
};

export const NOBODY_TAKES_DATAGRAMS: LogDeviation = {
  id: "nobody-takes-datagrams",
  reference: "notices when no process takes datagrams at the port",
  ours: "does not: datagrams are sent and forgotten",
  reason: "Deno does not tell; the reference notices it on the same host only",
  onlyReference: [WRITE_FAILED, WRITE_FAILED],
};

export const NO_LOCAL_SYSLOG: LogDeviation = {
  id: "no-local-syslog",
  reference: "is silent when nobody takes syslog messages on this machine",
  ours: "says so, once",
  reason: "lines that are lost are missed",
  onlyOurs: [/^log4cplus:ERROR SysLogAppender- local syslog not available: /],
};

/** @param local how ours writes the zone, in an expression. */
export function zoneNames(local: string): LogDeviation {
  return {
    id: "time-zones",
    reference: "names time zones as the system does, and takes rules in TZ",
    ours: "knows zones by their names, and other abbreviations of some",
    reason: "that is what the runtime knows",
    ourFiles: {
      "log.txt": new RegExp(
        `^([\\d-]+ [\\d:]+ ${local} [\\d-]+ [\\d:]+ \\+0000 GMT .*\\n){5}$`,
      ),
    },
  };
}

export const WIDEST: LogDeviation = {
  id: "widest",
  reference: "makes a conversion as wide as the pattern says",
  ours: "makes it 65536 wide at most",
  reason: "a slip in a file must not fill the memory",
  ourFiles: { "log.txt": /^( {65532}INFO\n){5}$/ },
};

export const ESCAPED_SETTINGS: LogDeviation = {
  id: "escaped-settings",
  reference: "shows control characters of a setting as they are",
  ours: "shows them as \\x0d and the like",
  reason: "what is quoted must not control the terminal",
  onlyReference: [/^log4cplus:ERROR .*\r/],
  onlyOurs: [/^log4cplus:ERROR .*\\x0d/],
};

export const LOG_DEVIATIONS: readonly LogDeviation[] = [
  CREATE_DIRS,
  recursive(1),
  INTERNAL_DEBUGGING,
  NO_LEVEL,
  noSuchAppender(""),
  LOCALE,
  LOST_LINES,
  LATIN1_FILE,
  UNKNOWN_LOG_HOST,
  NOBODY_TAKES_DATAGRAMS,
  NO_LOCAL_SYSLOG,
  zoneNames(""),
  WIDEST,
  ESCAPED_SETTINGS,
];
