import assert from "node:assert/strict";
import { exposition } from "../../lib/format/exposition.ts";
import { listenFamilies, Tally } from "../../lib/listen/counts.ts";
import type { HttpResponse } from "../../lib/listen/http.ts";
import { answer, serveMetrics } from "../../lib/listen/metrics.ts";
import type { Call, CallEnd } from "../../lib/listen/types.ts";

function call(end: CallEnd, fields: Partial<Call> = {}): Call {
  return {
    number: 1,
    started: new Date(5000),
    from: "192.0.2.1:50000",
    tls: undefined,
    request: undefined,
    accepted: false,
    echoes: 0,
    end,
    duration: 1,
    ...fields,
  };
}

Deno.test("metrics are fetched by GET and HEAD at /metrics, and nothing else", () => {
  const at = (path: string, method: string): HttpResponse =>
    answer({ method, path }, () => "up 1\n");
  assert.deepEqual(at("/metrics", "GET"), {
    status: 200,
    contentType: "text/plain; version=0.0.4; charset=utf-8",
    body: "up 1\n",
  });
  assert.equal(at("/metrics", "HEAD").status, 200);
  assert.equal(at("/metrics", "POST").status, 405);
  assert.equal(at("/", "GET").status, 404);
  assert.equal(at("/probe", "GET").status, 404);
  assert.equal(answer(undefined, () => "").status, 400);
});

/** What a server answers to these bytes, until it closes. */
async function exchange(port: number, request: string): Promise<string> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await connection.write(new TextEncoder().encode(request));
  return await new Response(connection.readable).text();
}

Deno.test("whatever a client sends, it is answered once and closed on", async () => {
  const server = serveMetrics({ hostname: undefined, port: 0 }, () => "up 1\n");
  assert.ok(typeof server !== "string");
  await using _ = server;
  for (
    const [request, status, body] of [
      ["GET /metrics?a=b HTTP/1.1\r\nHost: [\r\n\r\n", 200, "up 1\n"],
      ["GET http://h:1/metrics HTTP/1.0\n\n", 200, "up 1\n"],
      ["HEAD /metrics HTTP/1.1\r\n\r\n", 200, ""],
      ["POST /metrics HTTP/1.1\r\n\r\nbody", 405, "GET or HEAD only\n"],
      ["GET /x HTTP/1.1\r\n\r\n", 404, "Not here: GET /metrics\n"],
      ["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, "GET /metrics\n"],
      ["\0\n\n", 400, "GET /metrics\n"],
      [`GET /${"x".repeat(8192)}`, 431, "GET /metrics\n"],
    ] as const
  ) {
    const text = await exchange(server.port, request);
    assert.ok(text.startsWith(`HTTP/1.1 ${status} `), request.slice(0, 60));
    const [head = "", rest] = text.split("\r\n\r\n");
    assert.equal(rest, body, request.slice(0, 60));
    assert.match(head, /^connection: close$/m);
    const length = /^content-length: (\d+)$/m.exec(head)?.[1];
    if (!request.startsWith("HEAD")) assert.equal(length, `${body.length}`);
  }
});

Deno.test("clients that say nothing are given up, and others then served", async () => {
  const server = serveMetrics(
    { hostname: undefined, port: 0 },
    () => "up 1\n",
    {
      connections: 2,
      timeout: 50,
    },
  );
  assert.ok(typeof server !== "string");
  await using _ = server;
  const { port } = server;
  const silent = await Promise.all(
    [1, 2].map(() => Deno.connect({ hostname: "127.0.0.1", port })),
  );
  const text = await exchange(port, "GET /metrics HTTP/1.1\r\n\r\n");
  assert.match(text, /\r\n\r\nup 1\n$/);
  for (const connection of silent) {
    assert.equal(await connection.read(new Uint8Array(1)), null);
    connection.close();
  }
});

Deno.test("metrics are served on loopback, made anew for each request", async () => {
  let count = 0;
  const server = serveMetrics(
    { hostname: undefined, port: 0 },
    () => `n ${++count}\n`,
  );
  assert.ok(typeof server !== "string");
  await using _ = server;
  assert.match(server.url, /^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
  for (const text of ["n 1\n", "n 2\n"]) {
    assert.equal(await (await fetch(server.url)).text(), text);
  }
});

Deno.test("a client that says nothing does not keep the server from ending", async () => {
  const server = serveMetrics({ hostname: undefined, port: 0 }, () => "");
  assert.ok(typeof server !== "string");
  const { port } = server;
  const silent = await Deno.connect({ hostname: "127.0.0.1", port });
  await server[Symbol.asyncDispose]();
  silent.close();
});

Deno.test("metrics that cannot be made are an error of the server, told to nobody", async () => {
  const server = serveMetrics({ hostname: undefined, port: 0 }, () => {
    throw new Error("secret");
  });
  assert.ok(typeof server !== "string");
  await using _ = server;
  const response = await fetch(server.url);
  assert.equal(response.status, 500);
  assert.ok(!(await response.text()).includes("secret"));
});

Deno.test("a port for metrics that is taken is told in one line", () => {
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = taken.addr;
  assert.equal(
    serveMetrics({ hostname: undefined, port }, () => ""),
    `Cannot serve metrics on 127.0.0.1:${port}: another program listens ` +
      "there: stop it, or take another port",
  );
});

Deno.test("what has been counted is told in families", () => {
  const tally = new Tally();
  const before = exposition(listenFamilies(tally, new Date(1500)));
  assert.match(before, /^dicom_listen_start_timestamp_seconds 1\.5$/m);
  assert.ok(!before.includes("last_request"));
  tally.begin();
  tally.begin();
  tally.begin();
  tally.end(call({ kind: "released" }, {
    accepted: true,
    echoes: 3,
    request: {
      callingAeTitle: 'EVIL"\n',
      calledAeTitle: "",
      protocolVersion: 1,
      applicationContext: "",
      implementationClassUid: "",
      implementationVersionName: "",
      maximumLength: 0,
      identity: undefined,
      extras: [],
      contexts: [],
    },
  }));
  tally.end(call({ kind: "silent" }));
  const text = exposition(listenFamilies(tally, new Date(1500)));
  assert.ok(!text.includes("EVIL"), "no caller makes a time series");
  for (
    const line of [
      'dicom_listen_connections_total{end="released"} 1',
      'dicom_listen_connections_total{end="silent"} 1',
      'dicom_listen_connections_total{end="rejected"} 0',
      "dicom_listen_open_connections 1",
      "dicom_listen_associations_total 1",
      "dicom_listen_echoes_total 3",
      "dicom_listen_last_request_timestamp_seconds 5",
    ]
  ) assert.ok(text.split("\n").includes(line), line);
});
