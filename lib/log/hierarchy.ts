/** Loggers by name: what each one shows, and where its messages go. Pure. */

import type { LogEvent } from "./appender.ts";
import { isShown, LOG_LEVELS, type LogLevel } from "./log.ts";

/** Takes the events of loggers. */
export type Output = (event: LogEvent) => void;

/** What is set for a logger; a logger that is not set up inherits all. */
export interface LoggerSetup {
  /** Undefined: as the logger above. */
  readonly level: LogLevel | "off" | undefined;
  /** In the order in which they get each event. */
  readonly outputs: readonly Output[];
}

export interface HierarchySetup {
  readonly root: LoggerSetup & { readonly level: LogLevel | "off" };
  readonly loggers: ReadonlyMap<string, LoggerSetup>;
  /** false: events do not go to the loggers above as well. */
  readonly additivity: ReadonlyMap<string, boolean>;
  /** Called with a logger's name if its event went nowhere. */
  readonly lost: (logger: string) => void;
}

/** The name of the root logger in log lines. */
const ROOT_NAME = "root";

/** A logger with all that it inherits. */
interface Logger {
  readonly level: LogLevel | "off";
  readonly outputs: readonly Output[];
}

export class Hierarchy {
  readonly #setup: HierarchySetup;
  readonly #known = new Map<string, Logger>();

  constructor(setup: HierarchySetup) {
    this.#setup = setup;
  }

  /** Whether a message of this logger and level would be taken. */
  shows(logger: string, level: LogLevel): boolean {
    return isShown(level, this.#logger(logger).level);
  }

  /** The most detailed level that any of these loggers takes. */
  mostDetailed(loggers: readonly string[]): LogLevel | "off" {
    return LOG_LEVELS.find((level) =>
      loggers.some((name) => this.shows(name, level))
    ) ?? "off";
  }

  write(event: LogEvent): void {
    if (this.shows(event.logger, event.level)) {
      this.#send(this.#logger(event.logger).outputs, event);
    }
  }

  /** A message of the root logger, whatever its level is. */
  force(event: Omit<LogEvent, "logger">): void {
    this.#send(this.#setup.root.outputs, { ...event, logger: ROOT_NAME });
  }

  #send(outputs: readonly Output[], event: LogEvent): void {
    if (outputs.length === 0) this.#setup.lost(event.logger);
    for (const output of outputs) output(event);
  }

  #logger(name: string): Logger {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const logger = this.#inherited(name);
    this.#known.set(name, logger);
    return logger;
  }

  #inherited(name: string): Logger {
    const { root, loggers, additivity } = this.#setup;
    const own = loggers.get(name);
    const dot = name.lastIndexOf(".");
    const above = dot > 0 ? this.#logger(name.slice(0, dot)) : root;
    const outputs = own?.outputs ?? [];
    return {
      level: own?.level ?? above.level,
      outputs: additivity.get(name) === false
        ? outputs
        : [...outputs, ...above.outputs],
    };
  }
}
