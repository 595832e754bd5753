import assert from "node:assert/strict";
import { exposition } from "../../lib/format/exposition.ts";
import { listenFamilies, Tally } from "../../lib/listen/counts.ts";
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

Deno.test("metrics are fetched by GET and HEAD at /metrics, and nothing else", async () => {
  const at = (path: string, method: string): Response =>
    answer(
      new Request(`http://localhost${path}`, { method }),
      () => "up 1\n",
    );
  const got = at("/metrics", "GET");
  assert.equal(got.status, 200);
  assert.equal(
    got.headers.get("content-type"),
    "text/plain; version=0.0.4; charset=utf-8",
  );
  assert.equal(await got.text(), "up 1\n");
  assert.equal(await at("/metrics?a=b", "GET").text(), "up 1\n");
  const head = at("/metrics", "HEAD");
  assert.equal(head.status, 200);
  assert.equal(await head.text(), "");
  assert.equal(at("/metrics", "POST").status, 405);
  assert.equal(at("/metrics", "POST").headers.get("allow"), "GET, HEAD");
  assert.equal(at("/", "GET").status, 404);
  assert.equal(at("/probe?target=x:1", "GET").status, 404);
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
