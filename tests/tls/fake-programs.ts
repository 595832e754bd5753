/** Programs that say what a test tells them to, without being any. */

import type { Deadline } from "../../lib/net/deadline.ts";
import type {
  ProgramCall,
  ProgramOutput,
  Programs,
  RunningProgram,
} from "../../lib/tls/programs.ts";

/** What a program is, from its start; it ends when `act` does, or it is killed. */
export interface FakeProgram {
  readonly call: ProgramCall;
  /** What it has been given. */
  readonly input: Uint8Array[];
  /** When it is killed. */
  readonly killed: Promise<void>;
  say(text: string): void;
  report(text: string): void;
  /** Closes standard output, and goes on. */
  endOutput(): void;
}

export interface FakeWishes {
  /** Standard output by path and first argument: "/usr/bin/openssl version". */
  readonly answers?: Readonly<Record<string, string>>;
  readonly permitted?: readonly string[];
  readonly act?: (program: FakeProgram) => Promise<void>;
  /** What it had to say before it was killed comes later: `act` ends it. */
  readonly late?: boolean;
}

export class FakePrograms implements Programs {
  readonly calls: ProgramCall[] = [];
  kills = 0;
  readonly #wishes: FakeWishes;

  constructor(wishes: FakeWishes) {
    this.#wishes = wishes;
  }

  mayRun(path: string): Promise<boolean> {
    return Promise.resolve(this.#wishes.permitted?.includes(path) ?? true);
  }

  output(
    call: ProgramCall,
    deadline: Deadline,
  ): Promise<ProgramOutput | undefined> {
    this.calls.push(call);
    const key = `${call.path} ${call.args[0]}`;
    const text = this.#wishes.answers?.[key];
    if (text === "never") return deadline.race(new Promise(() => {}));
    return Promise.resolve(
      text === undefined ? undefined : { success: true, text },
    );
  }

  start(call: ProgramCall): RunningProgram {
    this.calls.push(call);
    const { act, late = false } = this.#wishes;
    if (act === undefined) throw new Error("no such program");
    const killed = Promise.withResolvers<void>();
    const input: Uint8Array[] = [];
    const [output, say] = stream();
    const [errors, report] = stream();
    const endOutput = (): void => say(undefined);
    const acting = act({
      call,
      input,
      killed: killed.promise,
      say,
      report,
      endOutput,
    });
    const ended = Promise.race([
      acting,
      late ? acting : killed.promise,
    ]).then(() => {
      say(undefined);
      report(undefined);
    });
    return {
      input: new WritableStream({
        write(bytes): void {
          input.push(bytes);
        },
      }),
      output,
      errors,
      ended,
      kill: (): void => {
        this.kills++;
        killed.resolve();
      },
    };
  }
}

/** `undefined` ends it. */
function stream(): [
  ReadableStream<Uint8Array>,
  (text: string | undefined) => void,
] {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let over = false;
  const readable = new ReadableStream<Uint8Array>({
    start(one): void {
      controller = one;
    },
    cancel(): void {
      over = true;
    },
  });
  return [readable, (text): void => {
    if (over) return;
    if (text !== undefined) {
      controller?.enqueue(new TextEncoder().encode(text));
      return;
    }
    over = true;
    controller?.close();
  }];
}
