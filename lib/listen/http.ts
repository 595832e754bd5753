/**
 * As much of HTTP/1.1 (RFC 9112) as a scrape needs: one request without a body,
 * one answer, and the end of the connection. Pure.
 */

import { concatenate } from "../base/writer.ts";

export interface HttpRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
}

export interface HttpResponse {
  readonly status: 200 | 400 | 404 | 405 | 431 | 500;
  readonly contentType: string;
  readonly body: string;
}

const REASON: Readonly<Record<HttpResponse["status"], string>> = {
  200: "OK",
  400: "Bad Request",
  404: "Not Found",
  405: "Method Not Allowed",
  431: "Request Header Fields Too Large",
  500: "Internal Server Error",
};

const TEXT = "text/plain; charset=utf-8";

/** An answer for people. */
export function textResponse(
  status: HttpResponse["status"],
  body: string,
): HttpResponse {
  return { status, contentType: TEXT, body };
}

/**
 * Where the empty line after the fields ends; undefined: it has not come. Lines
 * may end with LF alone (RFC 9112 section 2.2).
 */
export function headLength(bytes: Uint8Array): number | undefined {
  for (let i = 1; i < bytes.byteLength; i++) {
    if (bytes[i] !== 0x0a) continue;
    const before = bytes[i - 1] === 0x0d ? i - 2 : i - 1;
    if (bytes[before] === 0x0a) return i + 1;
  }
  return undefined;
}

/** Undefined: that is no request. Fields are not looked at. */
export function readRequest(head: string): HttpRequest | undefined {
  const line = /^(?:\r?\n)?([A-Z]+) (\S+) HTTP\/1\.[01]\r?\n/.exec(head);
  const [, method, target] = line ?? [];
  if (method === undefined || target === undefined) return undefined;
  const path = target.startsWith("/") ? target : pathOf(target);
  return path === undefined
    ? undefined
    : { method, path: path.replace(/[?#].*$/, "") };
}

/** Of a target in absolute form (RFC 9112 section 3.2.2). */
function pathOf(target: string): string | undefined {
  return /^https?:\/\/[^/?#]+(\/.*)$/i.exec(target)?.[1];
}

/** @param headOnly as for a HEAD: the length is told, and no body sent. */
export function encodeResponse(
  { status, contentType, body }: HttpResponse,
  headOnly: boolean,
): Uint8Array {
  const bytes = new TextEncoder().encode(body);
  const head = [
    `HTTP/1.1 ${status} ${REASON[status]}`,
    `content-type: ${contentType}`,
    `content-length: ${bytes.byteLength}`,
    "cache-control: no-store",
    "x-content-type-options: nosniff",
    ...(status === 405 ? ["allow: GET, HEAD"] : []),
    // Nobody keeps a connection that the next scrape will not need.
    "connection: close",
    "",
    "",
  ].join("\r\n");
  const start = new TextEncoder().encode(head);
  return headOnly ? start : concatenate([start, bytes]);
}
