/** Serves metrics over HTTP, for Prometheus to fetch. */

import { hostWithPort, reasonOf } from "./address.ts";

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

/** Answers one request. Bodies are not looked at. Pure but for `render`. */
export function answer(request: Request, render: () => string): Response {
  if (new URL(request.url).pathname !== "/metrics") {
    return plain("Not here: GET /metrics\n", 404);
  }
  switch (request.method) {
    case "GET":
      return plain(render(), 200, CONTENT_TYPE);
    case "HEAD":
      return plain(null, 200, CONTENT_TYPE);
    default:
      return plain("GET or HEAD only\n", 405);
  }
}

function plain(
  body: string | null,
  status: number,
  type = "text/plain; charset=utf-8",
): Response {
  return new Response(body, {
    status,
    headers: {
      "content-type": type,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      ...(status === 405 ? { allow: "GET, HEAD" } : {}),
      // Nobody keeps a connection that the next scrape will not need.
      connection: "close",
    },
  });
}

/**
 * Starts to serve what `render` gives, a new text for each request.
 *
 * @returns why it cannot, as one line that is safe to print
 */
export function serveMetrics(
  { hostname = "127.0.0.1", port }: MetricsAddress,
  render: () => string,
): MetricsServer | string {
  const stop = new AbortController();
  let server: Deno.HttpServer<Deno.NetAddr>;
  try {
    server = Deno.serve({
      hostname,
      port,
      signal: stop.signal,
      onListen: () => {},
      onError: () => plain("The metrics cannot be made\n", 500),
    }, (request) => answer(request, render));
  } catch (error) {
    const where = hostWithPort(hostname, port);
    return `Cannot serve metrics on ${where}: ${reasonOf(error)}`;
  }
  const { addr } = server;
  return {
    url: `http://${hostWithPort(addr.hostname, addr.port)}/metrics`,
    port: addr.port,
    // Without waiting for clients that have connected and say nothing.
    [Symbol.asyncDispose]: () => {
      stop.abort();
      return server.finished;
    },
  };
}
