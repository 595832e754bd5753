/** Serves metrics over HTTP, for Prometheus to fetch. */

import { decodeLatin1 } from "../base/text.ts";
import { Deadlines } from "../net/deadline.ts";
import { serveConnections } from "../net/serve-connections.ts";
import { TcpTransport } from "../net/tcp.ts";
import type { Transport } from "../net/transport.ts";
import { hostWithPort, reasonOf } from "./address.ts";
import {
  encodeResponse,
  headLength,
  type HttpRequest,
  type HttpResponse,
  readRequest,
  textResponse,
} from "./http.ts";

/** A running server. */
export interface MetricsServer extends AsyncDisposable {
  /** "http://127.0.0.1:9117/metrics" */
  readonly url: string;
  readonly port: number;
}

export interface MetricsAddress {
  /** Undefined: 127.0.0.1, for whoever may connect may read. */
  readonly hostname: string | undefined;
  readonly port: number;
}

const CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** What clients may take up. */
export interface MetricsLimits {
  /** At a time; those beyond wait with the system. */
  readonly connections: number;
  /** For a request and its answer together, in ms. */
  readonly timeout: number;
}

const LIMITS: MetricsLimits = { connections: 16, timeout: 5_000 };

/** Longest head of a request, in bytes, and most that is read after it. */
const LONGEST_HEAD = 8 * 1024;

/** Answers one request. Pure but for `render`. */
export function answer(
  request: HttpRequest | undefined,
  render: () => string,
): HttpResponse {
  if (request === undefined) return textResponse(400, "GET /metrics\n");
  const { method, path } = request;
  if (path !== "/metrics") {
    return textResponse(404, "Not here: GET /metrics\n");
  }
  if (method !== "GET" && method !== "HEAD") {
    return textResponse(405, "GET or HEAD only\n");
  }
  try {
    return { status: 200, contentType: CONTENT_TYPE, body: render() };
  } catch {
    return textResponse(500, "The metrics cannot be made\n");
  }
}

/**
 * Starts to serve what `render` gives, a new text for each request. The
 * runtime's own server bounds neither connections nor time, and ends the
 * program when it runs out of descriptors.
 *
 * @returns why it cannot, as one line that is safe to print
 */
export function serveMetrics(
  { hostname = "127.0.0.1", port }: MetricsAddress,
  render: () => string,
  limits = LIMITS,
): MetricsServer | string {
  let listener: Deno.TcpListener;
  try {
    listener = Deno.listen({ hostname, port });
  } catch (error) {
    const where = hostWithPort(hostname, port);
    return `Cannot serve metrics on ${where}: ${reasonOf(error)}`;
  }
  const stop = new AbortController();
  const served = serveConnections(
    listener,
    limits.connections,
    (connection) => serve(connection, render, limits.timeout, stop.signal),
    stop.signal,
  );
  const { addr } = listener;
  return {
    url: `http://${hostWithPort(addr.hostname, addr.port)}/metrics`,
    port: addr.port,
    // Without waiting for clients that have connected and say nothing.
    [Symbol.asyncDispose]: () => {
      stop.abort();
      listener.close();
      return served;
    },
  };
}

/** One request and its answer. What goes wrong is the client's concern. */
async function serve(
  connection: Deno.TcpConn,
  render: () => string,
  timeout: number,
  stop: AbortSignal,
): Promise<void> {
  using deadlines = new Deadlines(stop);
  using deadline = deadlines.start(timeout);
  try {
    const transport = new TcpTransport(connection);
    const head = await deadline.race(readHead(transport));
    const request = head === undefined ? undefined : readRequest(head);
    const response = head === undefined
      ? textResponse(431, "GET /metrics\n")
      : answer(request, render);
    const bytes = encodeResponse(response, request?.method === "HEAD");
    await deadline.race(transport.write(bytes));
    await deadline.race(transport.closeWrite());
    // What the client still sends would reset what it has not read yet.
    await deadline.race(transport.read(new Uint8Array(LONGEST_HEAD)));
  } catch {
    // A client that is gone, or takes too long, has no answer.
  } finally {
    connection.close();
  }
}

/** Undefined: it is too long. @throws {Error} when the client is gone. */
async function readHead(transport: Transport): Promise<string | undefined> {
  const buffer = new Uint8Array(LONGEST_HEAD);
  let length = 0;
  while (length < buffer.byteLength) {
    const count = await transport.read(buffer.subarray(length));
    if (count === 0) throw new Error("no request");
    length += count;
    const end = headLength(buffer.subarray(0, length));
    if (end !== undefined) return decodeLatin1(buffer.subarray(0, end));
  }
  return undefined;
}
