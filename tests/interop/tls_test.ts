/**
 * TLS at the command line: every option and every fault against real peers,
 * with exit code and exact lines; the reference is run beside ours wherever
 * the two should agree, and where they do not, that is declared.
 */

import assert from "node:assert/strict";
import type { TlsCase } from "./tls-case.ts";
import * as anchors from "./tls-cases/anchors.ts";
import * as certificates from "./tls-cases/certificates.ts";
import * as clients from "./tls-cases/clients.ts";
import * as details from "./tls-cases/details.ts";
import * as keys from "./tls-cases/keys.ts";
import * as modes from "./tls-cases/modes.ts";
import * as offline from "./tls-cases/offline.ts";
import * as protocols from "./tls-cases/protocols.ts";
import * as revocation from "./tls-cases/revocation.ts";
import * as suites from "./tls-cases/suites.ts";
import { CAUSE, TLS_DEVIATIONS } from "./tls-deviations.ts";
import { problemsOf, runTlsCase } from "./tls-differential.ts";
import { tlsFolder } from "./tls-files.ts";
import { PeerPool } from "./tls-peers.ts";
import { eachInParallel } from "./pool.ts";

/** Cases at once: they wait more than they work. */
const WIDTH = 6;

const GROUPS: Readonly<Record<string, readonly TlsCase[]>> = {
  "formats of keys": keys.FORMATS,
  "keys that cannot be used": keys.KEY_FAULTS,
  "own certificates that cannot be used": keys.CERTIFICATE_FAULTS,
  "peers that are trusted": anchors.TRUSTED,
  "peers that are not trusted": anchors.NOT_TRUSTED,
  "trust that cannot be used": anchors.UNUSABLE,
  "authentication of the peer": modes.AUTHENTICATION,
  "names of the peer": modes.NAMES,
  "the server's name": modes.SERVER_NAME,
  "faults of certificates": certificates.FAULTS,
  "weak keys and hashes": certificates.STRENGTH,
  "revocation": revocation.REVOCATION,
  "client certificates": clients.CLIENTS,
  "versions, suites and profiles": suites.AGREED,
  "nothing in common": suites.NOTHING_IN_COMMON,
  "suites that are refused": suites.REFUSED,
  "peers that do not speak TLS": protocols.OTHER_PROTOCOLS,
  "alerts": protocols.ALERTS,
  "time limits": protocols.TIME_LIMITS,
  "plain DICOM where TLS is wanted": protocols.PLAIN,
  "seeds and DH parameters": protocols.SEEDS,
  "certificates without a connection": offline.CHECKED,
  "roots": offline.ROOTS,
  "lists": offline.LISTS,
};

const ALL = Object.values(GROUPS).flat();

for (const [group, cases] of Object.entries(GROUPS)) {
  Deno.test(`TLS: ${group}`, async (t) => {
    await using folder = await tlsFolder(
      cases.flatMap(({ args }) => args),
    );
    await using pool = new PeerPool(folder.path);
    await eachInParallel(cases, WIDTH, async (test) => {
      await t.step({
        name: test.name,
        // Steps that run side by side cannot have them; the whole test has.
        sanitizeExit: false,
        sanitizeOps: false,
        sanitizeResources: false,
        fn: async () => {
          const runs = await runTlsCase(test, folder.path, pool);
          const problems = problemsOf(test, runs);
          const line = `echoscu ${test.args.join(" ")}`;
          assert.ok(problems.length === 0, [line, ...problems].join("\n"));
        },
      });
    });
  });
}

Deno.test("TLS: at least 150 cases, each with a name of its own", () => {
  assert.ok(ALL.length >= 150, `${ALL.length}`);
  for (const [group, cases] of Object.entries(GROUPS)) {
    const names = cases.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length, group);
  }
});

Deno.test("TLS: every declared deviation is shown by a case", () => {
  const shown = new Set(
    ALL.map(({ reference }) =>
      reference !== undefined && "deviation" in reference
        ? reference.deviation.id
        : ""
    ),
  );
  for (const { deviation } of details.SHOWN) shown.add(deviation?.id ?? "");
  if (ALL.some(({ says = [] }) => says.length > 1)) shown.add(CAUSE.id);
  assert.deepEqual(
    TLS_DEVIATIONS.map(({ id }) => id).filter((id) => !shown.has(id)),
    [],
  );
});
