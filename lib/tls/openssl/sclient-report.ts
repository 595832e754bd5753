/**
 * What `openssl s_client` tells of a connection by `-brief -msg`: the messages
 * of TLS as it has read them, decrypted, and what was agreed on. Nothing that
 * the peer sends over the connection is in it. Pure.
 */

import { decodeLatin1 } from "../../base/text.ts";
import { certificatesIn } from "../wire/certificate-message.ts";

/** An alert (RFC 8446 section 6). */
export interface Alert {
  readonly description: number;
  readonly fatal: boolean;
}

/** Longer lines have nothing that is of use here. */
const LONGEST_LINE = 1024;
/** OpenSSL itself takes no more than 100 KiB of certificates. */
const LONGEST_MESSAGE = 128 * 1024;

const HEADER =
  /^(<<<|>>>) [^,]+, (Handshake|Alert) \[length ([0-9a-f]{4,6})\](?:, (.*))?$/;
const HEX_LINE = /^ {3}((?: [0-9a-f]{2}){1,16})$/;
/** "4007…:error:0A00010B:SSL routines:function:reason:file:line:more" */
const ERROR_LINE = /^[0-9A-Fa-f]+:error:[0-9A-Fa-f]+:[^:]*:[^:]*:([^:]*):/;

interface Message {
  readonly kind: "certificate" | "alert in" | "alert out";
  readonly bytes: Uint8Array;
  filled: number;
}

/** Reads on, line by line; what it keeps has bounds. */
export class SClientReport {
  #line = "";
  #tooLong = false;
  #message: Message | undefined;
  #connected = false;
  /** The message with the peer's certificates has begun. */
  #shown = false;
  #version: string | undefined;
  #cipher: string | undefined;
  #certificates: readonly Uint8Array[] | undefined = [];
  #alert: Alert | undefined;
  #sentAlert: Alert | undefined;
  #error: string | undefined;

  /** Undefined: the handshake is not over. `cipher` is OpenSSL's name. */
  get agreed():
    | { readonly version: string; readonly cipher: string }
    | undefined {
    return this.#version === undefined || this.#cipher === undefined
      ? undefined
      : { version: this.#version, cipher: this.#cipher };
  }

  /**
   * Of the peer, its own first, DER; empty: it has shown none; undefined: what
   * it has shown cannot be read.
   */
  get certificates(): readonly Uint8Array[] | undefined {
    return this.#certificates;
  }

  /** Of the peer; a fatal one rather than a warning. */
  get alert(): Alert | undefined {
    return this.#alert;
  }

  /** Of our side. */
  get sentAlert(): Alert | undefined {
    return this.#sentAlert;
  }

  /** The first error, in OpenSSL's words, as "wrong version number". */
  get error(): string | undefined {
    return this.#error;
  }

  /** What came next, cut anywhere. */
  push(bytes: Uint8Array): void {
    const [first = "", ...rest] = decodeLatin1(bytes).split("\n");
    this.#extend(first);
    for (const next of rest) {
      if (!this.#tooLong) this.#take(this.#line.replace(/\r$/, ""));
      this.#line = "";
      this.#tooLong = false;
      this.#extend(next);
    }
  }

  #extend(text: string): void {
    if (this.#line.length + text.length > LONGEST_LINE) {
      this.#tooLong = true;
      this.#line = "";
    } else if (!this.#tooLong) this.#line += text;
  }

  #take(line: string): void {
    const [, hex] = HEX_LINE.exec(line) ?? [];
    if (hex !== undefined) return this.#hexLine(hex);
    this.#message = undefined;
    const header = HEADER.exec(line);
    if (header !== null) return this.#begin(header);
    const [, error] = ERROR_LINE.exec(line) ?? [];
    if (error !== undefined) this.#error ??= error;
    this.#summary(line);
  }

  /** It comes once, after the handshake, its lines in this order. */
  #summary(line: string): void {
    if (line === "CONNECTION ESTABLISHED") this.#connected = true;
    if (!this.#connected) return;
    const [, version] = /^Protocol version: (TLSv1(?:\.[123])?)$/.exec(line) ??
      [];
    this.#version ??= version;
    if (this.#version === undefined) return;
    const [, cipher] = /^Ciphersuite: ([A-Za-z0-9_-]+)$/.exec(line) ?? [];
    this.#cipher ??= cipher;
  }

  #begin([, direction, type, digits = "", details]: RegExpExecArray): void {
    const incoming = direction === "<<<";
    const length = parseInt(digits, 16);
    if (type === "Alert") {
      if (length !== 2) return;
      this.#collect(incoming ? "alert in" : "alert out", length);
    } else if (incoming && details === "Certificate" && !this.#shown) {
      // Nothing that the peer can choose is printed before its certificates
      // are; whatever comes after may be a name that looks like a message.
      this.#shown = true;
      this.#certificates = undefined;
      if (length > LONGEST_MESSAGE) return;
      this.#collect("certificate", length);
    }
  }

  #collect(kind: Message["kind"], length: number): void {
    this.#message = { kind, bytes: new Uint8Array(length), filled: 0 };
  }

  #hexLine(hex: string): void {
    const message = this.#message;
    if (message === undefined) return;
    for (const pair of hex.trim().split(" ")) {
      // One that is longer than was said is cut: it is not read any further.
      if (message.filled === message.bytes.byteLength) return;
      message.bytes[message.filled++] = parseInt(pair, 16);
    }
    if (message.filled === message.bytes.byteLength) {
      this.#message = undefined;
      this.#end(message);
    }
  }

  #end({ kind, bytes }: Message): void {
    if (kind === "certificate") {
      this.#certificates = certificatesIn(bytes);
      return;
    }
    const [level, description = 0] = bytes;
    const alert = { description, fatal: level === 2 };
    if (kind === "alert out") this.#sentAlert ??= alert;
    else if (this.#alert === undefined || alert.fatal) this.#alert = alert;
  }
}
