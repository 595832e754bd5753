/** What one comparison of the two programs with a log configuration is. */

import type { Script } from "../support/scripted-peer.ts";
import { HOST, PORT } from "./case.ts";
import type { LogDeviation } from "./log-deviations.ts";
import type { LogMask } from "./log-masks.ts";

/** Stands for the port of a syslog receiver in configuration files. */
export const SYSLOG_PORT = "{syslog}";

/** The name of the configuration file in the directory of each program. */
export const CONFIG = "log.cfg";

export interface LogCase {
  /** What is shown, in a few words; unique. */
  readonly name: string;
  /** What stands in the file. */
  readonly config: string | Uint8Array;
  /** All arguments; by default `-lc log.cfg`, `options`, the peer. */
  readonly args?: readonly string[];
  readonly options?: readonly string[];
  /** Who listens; by default a storescp that many cases share. */
  readonly peer?: Script | "shared" | "nobody";
  readonly env?: Readonly<Record<string, string>>;
  /** More files in the directory of each program, from the start. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly folders?: readonly string[];
  /** When `files` were changed; now by default. */
  readonly modified?: Date;
  /** How often each program runs in its directory; 1 by default. */
  readonly times?: number;
  /** Who takes syslog messages, which are compared as well. */
  readonly receiver?: "udp" | "tcp" | "/dev/log" | "no /dev/log";
  /** What may differ in this case, beyond what may always. */
  readonly masks?: readonly LogMask[];
  /** Milliseconds after which a program counts as hanging. */
  readonly limit?: number;
  readonly deviation?: LogDeviation;
}

/** The arguments of a case, its places still in them. */
export function argumentsOf(test: LogCase): readonly string[] {
  return test.args ?? ["-lc", CONFIG, ...test.options ?? [], HOST, PORT];
}

/** The text of a file of these lines. */
export function lines(...all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join("");
}

/** The lines that make an appender of `kind`, with `settings`. */
export function appender(
  name: string,
  kind: string,
  settings: Readonly<Record<string, string>> = {},
): readonly string[] {
  const key = `log4cplus.appender.${name}`;
  return [
    `${key} = log4cplus::${kind}`,
    ...Object.entries(settings).map(([setting, value]) =>
      `${key}.${setting} = ${value}`
    ),
  ];
}

/** Settings of an appender that make it use a pattern. */
export function pattern(
  conversionPattern: string,
  more: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  return {
    layout: "log4cplus::PatternLayout",
    "layout.ConversionPattern": conversionPattern,
    ...more,
  };
}

export const PLAIN = "%P: %m%n";

/** The appender `console`, on standard error, with the usual lines. */
export function toConsole(
  more: Readonly<Record<string, string>> = {},
): readonly string[] {
  return appender("console", "ConsoleAppender", {
    logToStdErr: "true",
    ...pattern(PLAIN),
    ...more,
  });
}

/** The appender `file`, which writes to `log.txt` with the usual lines. */
export function toFile(
  more: Readonly<Record<string, string>> = {},
  kind = "FileAppender",
): readonly string[] {
  return appender("file", kind, {
    File: "log.txt",
    ...pattern(PLAIN),
    ...more,
  });
}

export function root(value: string): string {
  return `log4cplus.rootLogger = ${value}`;
}

/** A case whose root logger has the console and `more` besides. */
export function onConsole(
  name: string,
  level: string,
  more: readonly string[] = [],
  rest: Omit<Partial<LogCase>, "name" | "config"> = {},
): LogCase {
  return {
    name,
    config: lines(root(`${level}, console`), ...toConsole(), ...more),
    ...rest,
  };
}

/** A case whose root logger has the appender `file`, made of `settings`. */
export function inFile(
  name: string,
  settings: Readonly<Record<string, string>>,
  rest: Omit<Partial<LogCase>, "name" | "config"> = {},
  kind = "FileAppender",
): LogCase {
  // What rolls is renamed: never a device.
  if (kind !== "FileAppender" && settings["File"]?.startsWith("/")) {
    throw new Error(`${name}: ${settings["File"]}`);
  }
  return {
    name,
    config: lines(root("INFO, file"), ...toFile(settings, kind)),
    ...rest,
  };
}

/** Settings of an appender that take out messages with one of `texts`. */
export function withoutText(
  ...texts: readonly string[]
): Readonly<Record<string, string>> {
  return Object.fromEntries(texts.flatMap((text, index) => {
    const key = `filters.${index + 1}`;
    return [
      [key, "log4cplus::spi::StringMatchFilter"],
      [`${key}.StringToMatch`, text],
      [`${key}.AcceptOnMatch`, "false"],
    ];
  }));
}
