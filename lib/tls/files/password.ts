/** The password of a private key, from the command line or asked for. */

import { privateKeyUnusable, TlsSetupError } from "../setup-error.ts";
import type { PasswordSource } from "../settings.ts";

/** Standard input, and the terminal that it may be. */
export interface PasswordTerminal {
  readonly isTerminal: () => boolean;
  /** Shows text to the user, after all that is logged. */
  readonly write: (text: string) => Promise<void>;
  /**
   * Switches off echo and the meaning of special keys, until called again.
   * Only for a terminal.
   */
  readonly setRaw: (raw: boolean) => void;
  /** The next byte; undefined: there is none any more. */
  readonly readByte: () => Promise<number | undefined>;
  /** The program is to end: a prompt is given up. */
  readonly signal: AbortSignal;
}

const PROMPT = "Enter PEM pass phrase:";

/** As OpenSSL takes it, in bytes. */
const LONGEST_PASSWORD = 1024;

/**
 * @param keyFile for the error
 * @returns the password's bytes, UTF-8 if the terminal sends that
 * @throws {TlsSetupError}
 */
export async function passwordFrom(
  source: PasswordSource,
  keyFile: string,
  terminal: PasswordTerminal,
): Promise<Uint8Array> {
  switch (source.from) {
    case "command-line":
      return new TextEncoder().encode(source.password);
    case "empty":
      return new Uint8Array();
    case "standard-input": {
      const answer = await ask(terminal);
      if (answer instanceof Uint8Array) return answer;
      throw new TlsSetupError(
        privateKeyUnusable(keyFile, CAUSES[answer]),
        answer === "interrupted",
      );
    }
  }
}

type Unanswered = "interrupted" | "end" | "too-long" | "unreadable";

const CAUSES: Readonly<Record<Unanswered, string>> = {
  interrupted: "the prompt for its password was interrupted",
  end: "it is encrypted and standard input has no password: " +
    "type it, pipe it in or give it with +pw",
  "too-long": "it is encrypted and the password on standard input is longer " +
    `than ${LONGEST_PASSWORD} bytes: give it in a line of its own`,
  unreadable: "it is encrypted and standard input cannot be read: " +
    "give its password with +pw",
};

/** The terminal is as before afterwards, whatever happens. */
async function ask(
  terminal: PasswordTerminal,
): Promise<Uint8Array | Unanswered> {
  const raw = terminal.isTerminal();
  const { signal } = terminal;
  const { promise: aborted, resolve } = Promise.withResolvers<"interrupted">();
  const abort = (): void => resolve("interrupted");
  try {
    if (signal.aborted) return "interrupted";
    signal.addEventListener("abort", abort);
    if (raw) terminal.setRaw(true);
    await terminal.write(PROMPT);
    const line = raw ? typedLine(terminal) : pipedLine(terminal);
    return await Promise.race([line, aborted]);
  } catch {
    return "unreadable";
  } finally {
    signal.removeEventListener("abort", abort);
    if (raw) terminal.setRaw(false);
    await terminal.write("\n");
  }
}

const KEY = {
  interrupt: 0x03,
  endOfFile: 0x04,
  backspace: 0x08,
  lineFeed: 0x0a,
  carriageReturn: 0x0d,
  eraseLine: 0x15,
  quit: 0x1c,
  delete: 0x7f,
} as const;

/** What is not echoed the terminal does not edit either. */
async function typedLine(
  { readByte }: PasswordTerminal,
): Promise<Uint8Array | Unanswered> {
  const typed: number[] = [];
  for (;;) {
    const byte = await readByte();
    switch (byte) {
      case undefined:
      case KEY.endOfFile:
        return typed.length === 0 ? "end" : Uint8Array.from(typed);
      case KEY.lineFeed:
      case KEY.carriageReturn:
        return Uint8Array.from(typed);
      case KEY.interrupt:
      case KEY.quit:
        return "interrupted";
      case KEY.backspace:
      case KEY.delete:
        removeCharacter(typed);
        break;
      case KEY.eraseLine:
        typed.length = 0;
        break;
      default:
        if (typed.push(byte) > LONGEST_PASSWORD) return "too-long";
    }
  }
}

/** In UTF-8, all but a character's first byte are 10xxxxxx. */
function removeCharacter(bytes: number[]): void {
  for (let byte = bytes.pop(); byte !== undefined; byte = bytes.pop()) {
    if ((byte & 0xc0) !== 0x80) return;
  }
}

/** Not a byte more than the line is taken. */
async function pipedLine(
  { readByte }: PasswordTerminal,
): Promise<Uint8Array | Unanswered> {
  const line: number[] = [];
  for (;;) {
    const byte = await readByte();
    if (byte === undefined && line.length === 0) return "end";
    if (byte === undefined || byte === KEY.lineFeed) break;
    if (line.push(byte) > LONGEST_PASSWORD + 1) return "too-long";
  }
  if (line.at(-1) === KEY.carriageReturn) line.pop();
  return line.length > LONGEST_PASSWORD ? "too-long" : Uint8Array.from(line);
}
