/** Programs of the machine, injected wherever one is run. */

import type { Deadline } from "../net/deadline.ts";

export interface ProgramCall {
  /** A path, or a name that is looked for as the system does. */
  readonly path: string;
  readonly args: readonly string[];
  /** All of its environment. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What a program that has come to its end had to say. */
export interface ProgramOutput {
  readonly success: boolean;
  /** Standard output, one character a byte. */
  readonly text: string;
}

/** A program that is under way. */
export interface RunningProgram {
  readonly input: WritableStream<Uint8Array>;
  readonly output: ReadableStream<Uint8Array>;
  readonly errors: ReadableStream<Uint8Array>;
  /** When it has come to its end, however. */
  readonly ended: Promise<void>;
  /** Ends it at once. Idempotent, never throws. */
  kill(): void;
}

/** The programs of the machine. */
export interface Programs {
  /** Whether a program of this name or path may be run, without asking. */
  mayRun(path: string): Promise<boolean>;
  /**
   * Runs a program to its end; undefined when there is no such program, or it
   * cannot be started.
   *
   * @throws {ExpiredError} when the bound comes first; it is ended then.
   */
  output(
    call: ProgramCall,
    deadline: Deadline,
  ): Promise<ProgramOutput | undefined>;
  /** @throws {Error} when it cannot be started. */
  start(call: ProgramCall): RunningProgram;
}
