/** The console appender, and appenders that are none. */

import {
  appender,
  lines,
  type LogCase,
  onConsole,
  pattern,
  PLAIN,
  root,
  toConsole,
  toFile,
} from "../log-case.ts";
import { noSuchAppender } from "../log-deviations.ts";

function console(
  name: string,
  settings: Readonly<Record<string, string>>,
): LogCase {
  return {
    name: `console ${name}`,
    config: lines(
      root("INFO, console"),
      ...appender("console", "ConsoleAppender", {
        ...pattern(PLAIN),
        ...settings,
      }),
    ),
  };
}

export const CONSOLE: readonly LogCase[] = [
  console("by default", {}),
  ...["true", "false", "TRUE", "True", "1", "0", "7", "yes", ""].map((value) =>
    console(`with logToStdErr "${value}"`, { logToStdErr: value })
  ),
  console("with logToStderr, as DCMTK's example has it", {
    logToStderr: "true",
  }),
  console("flushed at once", { ImmediateFlush: "true" }),
  console("not flushed at once", { ImmediateFlush: "false" }),
  console("on standard error, not flushed", {
    logToStdErr: "true",
    ImmediateFlush: "false",
  }),
  {
    name: "two consoles",
    config: lines(
      root("INFO, out, err"),
      ...appender("out", "ConsoleAppender", pattern(`out ${PLAIN}`)),
      ...appender("err", "ConsoleAppender", {
        logToStdErr: "true",
        ...pattern(`err ${PLAIN}`),
      }),
    ),
  },
];

function broken(
  name: string,
  settings: readonly string[],
  rest: Partial<LogCase> = {},
): LogCase {
  return {
    name,
    ...rest,
    config: lines(root("INFO, x, console"), ...toConsole(), ...settings),
  };
}

const X = "log4cplus.appender.x";

export const KINDS: readonly LogCase[] = [
  broken("the null appender", appender("x", "NullAppender")),
  broken("the null appender with a layout", [
    ...appender("x", "NullAppender", pattern(PLAIN)),
  ]),
  {
    name: "the null appender alone",
    config: lines(root("INFO, x"), ...appender("x", "NullAppender")),
    peer: "nobody",
  },
  broken("the Windows event log", [
    ...appender("x", "NTEventLogAppender", { source: "echoscu", log: "x" }),
  ]),
  broken("the Windows console", appender("x", "Win32ConsoleAppender")),
  broken("the Windows debugger", appender("x", "Win32DebugAppender")),
  broken("log4j by UDP", [
    ...appender("x", "Log4jUdpAppender", { host: "127.0.0.1", port: "9" }),
  ], {
    deviation: noSuchAppender(
      "Log4jUdpAppender",
      [1, 2].map(() =>
        /^log4cplus:ERROR Log4jUdpAppender::append\(\)- Cannot write to server$/
      ),
    ),
  }),
  broken("an asynchronous appender", [
    ...appender("x", "AsyncAppender", { Appender: "log4cplus::NullAppender" }),
  ]),
  broken("an asynchronous file, its settings outside and inside", [
    ...appender("x", "AsyncAppender", {
      ...pattern("outside %m%n"),
      Threshold: "FATAL",
      Appender: "log4cplus::FileAppender",
      "Appender.File": "log.txt",
      "Appender.layout": "log4cplus::PatternLayout",
      "Appender.layout.ConversionPattern": "inside %m%n",
    }),
  ]),
  broken("an asynchronous appender of an unknown class", [
    ...appender("x", "AsyncAppender", { Appender: "log4cplus::PaperAppender" }),
  ]),
  broken("an unknown class", appender("x", "PaperAppender")),
  broken("a class in lower case", appender("x", "consoleappender")),
  broken("a class without its namespace", [`${X} = ConsoleAppender`]),
  broken("a class with another namespace", [`${X} = log4j::ConsoleAppender`]),
  broken("settings without a class", [`${X}.File = x.txt`]),
  broken("an empty class", [`${X} =`]),
  broken("a class with a blank behind", [`${X} = log4cplus::NullAppender  `]),
  broken("an appender in capitals", [
    ...appender("X", "NullAppender"),
  ]),
  broken("a broken appender that no logger has", [
    ...appender("x", "NullAppender"),
    ...appender("y", "PaperAppender"),
  ]),
  {
    name: "several broken appenders, in which order",
    config: lines(
      root("INFO, zebra, console, ant, missing"),
      ...appender("zebra", "FileAppender"),
      ...appender("middle", "PaperAppender"),
      ...appender("ant", "FileAppender", { File: "missing/x.txt" }),
      ...toConsole(),
    ),
  },
  {
    name: "no appender but a broken one",
    config: lines(root("INFO, x"), ...appender("x", "PaperAppender")),
  },
  {
    name: "no appender but a broken one, root off",
    config: lines(root("OFF, x"), ...appender("x", "PaperAppender")),
    peer: "nobody",
  },
  {
    name: "a console and a file",
    config: lines(
      root("DEBUG, console, file"),
      ...toConsole({ Threshold: "INFO" }),
      ...toFile(),
    ),
  },
  onConsole("an appender name of digits", "INFO, 1", [
    ...appender("1", "ConsoleAppender", pattern(PLAIN)),
  ]),
];
