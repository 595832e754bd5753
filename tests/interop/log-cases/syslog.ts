/** The syslog appender: local, and to a host. */

import {
  appender,
  lines,
  type LogCase,
  pattern,
  root,
  SYSLOG_PORT,
  toConsole,
} from "../log-case.ts";
import {
  NO_LOCAL_SYSLOG,
  NOBODY_TAKES_DATAGRAMS,
  UNKNOWN_LOG_HOST,
} from "../log-deviations.ts";
import type { LogMask } from "../log-masks.ts";

const TIME: LogMask = {
  why: "the programs run at different times",
  finds: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z/g,
  becomes: "<time>",
};
const LOCAL_STAMP: LogMask = {
  why: "the programs run at different times",
  finds: /(<\d+>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:)\d\d/g,
  becomes: "$1<seconds>",
};
const PROCESS: LogMask = {
  why: "each program is a process",
  finds: /(<time> \S+ .*) \d+ (dcmtk[\w.]*|root) - /g,
  becomes: "$1 <pid> $2 - ",
};

function syslog(
  name: string,
  settings: Readonly<Record<string, string>>,
  rest: Partial<LogCase> = {},
  level = "INFO",
): LogCase {
  return {
    name: `syslog: ${name}`,
    config: lines(
      root(`${level}, sys, console`),
      ...appender("sys", "SysLogAppender", { ...pattern("%m%n"), ...settings }),
      ...toConsole({ Threshold: "ERROR" }),
    ),
    masks: [TIME, LOCAL_STAMP, PROCESS],
    ...rest,
  };
}

const HOST_SETTINGS = { host: "127.0.0.1", port: SYSLOG_PORT };

function udp(
  name: string,
  settings: Readonly<Record<string, string>>,
  rest: Partial<LogCase> = {},
  level?: string,
): LogCase {
  return syslog(
    `UDP, ${name}`,
    { ...HOST_SETTINGS, ...settings },
    { receiver: "udp", ...rest },
    level,
  );
}

const FACILITIES = [
  "auth",
  "authpriv",
  "cron",
  "daemon",
  "ftp",
  "kern",
  "local0",
  "local7",
  "lpr",
  "mail",
  "news",
  "syslog",
  "user",
  "uucp",
  "LOCAL3",
  "console",
  "ntp",
  "security",
  "local8",
  "",
];

export const REMOTE: readonly LogCase[] = [
  udp("with a name", { ident: "echoscu", facility: "local1" }),
  udp("without a name", {}),
  udp("a name with a blank", { ident: "my echo" }),
  ...FACILITIES.map((facility) =>
    udp(`facility "${facility}"`, { ident: "e", facility })
  ),
  udp("all levels", { ident: "e" }, { peer: "nobody" }, "DEBUG"),
  udp("several lines", { ident: "e", ...pattern("%p %m%n") }, {}, "DEBUG"),
  udp("without a line end", { ident: "e", ...pattern("%m") }),
  udp("no layout", { ident: "e", layout: "log4cplus::SimpleLayout" }),
  udp("a threshold", { ident: "e", Threshold: "FATAL" }, { peer: "nobody" }),
  udp("a host name", { ident: "e", host: "localhost" }),
  udp("udp true", { ident: "e", udp: "true" }),
  syslog("UDP, nobody there", {
    ident: "e",
    host: "127.0.0.1",
    port: "9",
  }, { deviation: NOBODY_TAKES_DATAGRAMS }),
  syslog("UDP, a host that is unknown", {
    ident: "e",
    host: "no..such..host",
    port: "514",
  }, { deviation: UNKNOWN_LOG_HOST }),
  syslog("UDP, a port that is none", {
    ident: "e",
    host: "127.0.0.1",
    port: "x",
  }, { deviation: NOBODY_TAKES_DATAGRAMS }),
];

function local(
  name: string,
  settings: Readonly<Record<string, string>>,
  rest: Partial<LogCase> = {},
  level?: string,
): LogCase {
  return syslog(
    `local, ${name}`,
    settings,
    { receiver: "/dev/log", ...rest },
    level,
  );
}

export const LOCAL: readonly LogCase[] = [
  local("with a name", { ident: "verification" }),
  local("without a name", {}),
  local("a name with a blank", { ident: "my echo" }),
  local("facility local5", { ident: "e", facility: "local5" }),
  local("facility unknown", { ident: "e", facility: "x" }),
  local("all levels", { ident: "e" }, { peer: "nobody" }, "DEBUG"),
  local("several lines", { ident: "e", ...pattern("%p %m%n") }, {}, "DEBUG"),
  local("without a line end", { ident: "e", ...pattern("%m") }),
  local("text in UTF-8", { ident: "prüfung", ...pattern("→ %m%n") }),
  local("a percent sign", { ident: "%s", ...pattern("%%s %m%n") }),
  local("nobody there", { ident: "e" }, {
    receiver: "no /dev/log",
    deviation: NO_LOCAL_SYSLOG,
  }),
  local("two runs", { ident: "e" }, { times: 2 }),
];
