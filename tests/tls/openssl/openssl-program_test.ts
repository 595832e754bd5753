import assert from "node:assert/strict";
import { Deadlines, ExpiredError } from "../../../lib/net/deadline.ts";
import {
  findOpenssl,
  type OpensslSearch,
} from "../../../lib/tls/openssl/openssl-program.ts";
import { FakePrograms, type FakeWishes } from "../fake-programs.ts";

async function find(
  wishes: FakeWishes,
  system: typeof Deno.build.os = "linux",
  milliseconds = 20_000,
): Promise<OpensslSearch> {
  using deadlines = new Deadlines();
  using deadline = deadlines.start(milliseconds);
  return await findOpenssl(new FakePrograms(wishes), system, deadline);
}

async function reason(
  wishes: FakeWishes,
  system?: typeof Deno.build.os,
): Promise<string> {
  const search = await find(wishes, system);
  return search.kind === "missing" ? search.reason : assert.fail("found");
}

const GOOD = "OpenSSL 3.0.19 27 Jan 2026 (Library: OpenSSL 3.0.19)\n";

Deno.test("a program of OpenSSL 3 is found, and what it has is asked for", async () => {
  const search = await find({
    answers: {
      "/usr/bin/openssl version": GOOD,
      "/usr/bin/openssl ciphers": "AES128-SHA:TLS_AES_128_GCM_SHA256:OTHER\n",
    },
  });
  assert.deepEqual(search, {
    kind: "found",
    program: {
      path: "/usr/bin/openssl",
      title: "OpenSSL 3.0.19 27 Jan 2026",
      version: { major: 3, minor: 0 },
      ability: {
        versions: ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"],
        suites: ["TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_AES_128_GCM_SHA256"],
      },
    },
  });
});

Deno.test("a program that is too old or another is passed over", async () => {
  const search = await find({
    answers: {
      "/usr/bin/openssl version": "LibreSSL 3.3.6\n",
      "/usr/local/bin/openssl version": "OpenSSL 1.1.1w  11 Sep 2023\n",
      "/opt/homebrew/bin/openssl version": GOOD,
    },
  });
  assert.equal(
    search.kind === "found" && search.program.path,
    "/opt/homebrew/bin/openssl",
  );
});

Deno.test("one line says what is wrong when there is no program to use", async () => {
  assert.equal(await reason({}), "none is installed");
  assert.match(await reason({ permitted: [] }), /not permitted .*--allow-run/);
  assert.match(await reason({}, "windows"), /Windows/);
  assert.equal(
    await reason({
      answers: { "/usr/bin/openssl version": "Libre\x1bSSL 9\n" },
    }),
    "/usr/bin/openssl is Libre\\x1bSSL 9, but OpenSSL 3.0 or later is needed",
  );
});

Deno.test("no program is run without permission", async () => {
  const programs = new FakePrograms({ permitted: ["openssl"] });
  using deadlines = new Deadlines();
  await findOpenssl(programs, "linux", deadlines.start(20_000));
  assert.deepEqual(programs.calls.map(({ path }) => path), ["openssl"]);
});

Deno.test("no settings of the machine reach the program", async () => {
  const programs = new FakePrograms({
    answers: { "/usr/bin/openssl version": GOOD },
  });
  using deadlines = new Deadlines();
  await findOpenssl(programs, "linux", deadlines.start(20_000));
  for (const { environment } of programs.calls) {
    assert.deepEqual(environment, { OPENSSL_CONF: "/dev/null" });
  }
});

Deno.test("a program that never answers is given up in time", async () => {
  await assert.rejects(
    find({ answers: { "/usr/bin/openssl version": "never" } }, "linux", 20),
    ExpiredError,
  );
});
