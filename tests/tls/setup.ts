/** What the tests of setting TLS up have in common. */

import assert from "node:assert/strict";
import type { PasswordTerminal } from "../../lib/tls/files/password.ts";
import { TlsSetupError } from "../../lib/tls/setup-error.ts";
import { DEFAULT_TLS, type TlsSettings } from "../../lib/tls/settings.ts";

export function tlsSettings(changes: Partial<TlsSettings> = {}): TlsSettings {
  return { ...DEFAULT_TLS, ...changes };
}

export interface FakeTerminal extends PasswordTerminal {
  /** What was shown, and when echo was switched. */
  readonly seen: string[];
  /** Bytes that nobody has taken. */
  readonly left: () => number;
}

/** Standard input with these bytes; without them, it stays open in silence. */
export function fakeTerminal(
  input: string | undefined,
  { isTerminal = false, signal = new AbortController().signal } = {},
): FakeTerminal {
  const bytes = [...new TextEncoder().encode(input)];
  const seen: string[] = [];
  return {
    seen,
    left: () => bytes.length,
    isTerminal: () => isTerminal,
    write: (text) => {
      seen.push(text);
      return Promise.resolve();
    },
    setRaw: (raw) => void seen.push(raw ? "<raw>" : "<cooked>"),
    readByte: () =>
      input === undefined
        ? Promise.withResolvers<number>().promise
        : Promise.resolve(bytes.shift()),
    signal,
  };
}

/** Nobody may be asked for anything. */
export const NO_TERMINAL: PasswordTerminal = {
  isTerminal: () => assert.fail("the terminal is looked at"),
  write: () => assert.fail("something is shown"),
  setRaw: () => assert.fail("the terminal is switched"),
  readByte: () => assert.fail("standard input is read"),
  signal: new AbortController().signal,
};

/** The error's code and text, then its cause's text. */
export async function setupError(
  promise: Promise<unknown>,
): Promise<readonly [string, string]> {
  try {
    await promise;
  } catch (error) {
    if (!(error instanceof TlsSetupError)) throw error;
    const { code, text, cause } = error.condition;
    assert.equal(cause?.cause, undefined);
    assert.ok(!`${text}${cause?.text}`.includes("\n"));
    return [`${code} ${text}`, cause?.text ?? ""];
  }
  assert.fail("there is no error");
}
