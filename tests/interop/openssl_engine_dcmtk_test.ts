/** The openssl engine against DCMTK's storage SCP, profile by profile. */

import assert from "node:assert/strict";
import { profileOffer } from "../../lib/tls/policy/policy.ts";
import { PROFILES } from "../../lib/tls/policy/profiles.ts";
import type { TlsProfile } from "../../lib/tls/settings.ts";
import { authority, issue } from "../support/certificates.ts";
import { item, pdu, text } from "../support/pdus.ts";
import { temporaryDirectory } from "../support/run.ts";
import { asClient, connected, readAll } from "./openssl-client.ts";
import { freePort, startPeerProcess } from "./real-peers.ts";

const ROOT = authority({ name: "Root", key: "rsa" });
const SERVER = issue(ROOT, { name: "pacs", key: "rsa" });
const CLIENT = issue(ROOT, { name: "scu", key: "rsa" });

/** A-ASSOCIATE-RQ for C-ECHO in Implicit VR Little Endian. */
const REQUEST = pdu(
  0x01,
  "00010000",
  text("ANY-SCP         ECHOSCU         "),
  "00".repeat(32),
  item(0x10, text("1.2.840.10008.3.1.1.1")),
  item(
    0x20,
    "01000000",
    item(0x30, text("1.2.840.10008.1.1")),
    item(0x40, text("1.2.840.10008.1.2")),
  ),
  item(0x50, item(0x51, "00004000"), item(0x52, text("1.2.3.4"))),
);
const RELEASE = pdu(0x05, "00000000");
const ASSOCIATE_ACCEPT = 0x02;
const RELEASE_RESPONSE = 0x06;

const CASES: readonly (readonly [string, TlsProfile, string])[] = [
  ["+px", "bcp195", "TLSv1.3"],
  ["+py", "bcp195-nd", "TLSv1.3"],
  ["+pz", "bcp195-ex", "TLSv1.2"],
  ["+pa", "aes", "TLSv1.2"],
  ["+pn", "null", "TLSv1.2"],
];

for (const [option, profile, version] of CASES) {
  Deno.test(`storescp ${option} accepts an association`, async () => {
    await using files = await temporaryDirectory({
      key: SERVER.keyPem,
      certificate: SERVER.pem,
      root: ROOT.pem,
    });
    const port = freePort();
    await using peer = await startPeerProcess(
      {
        name: "storescp",
        command: "/usr/bin/storescp",
        leadingArguments: [],
      },
      [
        ...["--ignore", "+tls", "key", "certificate", "-pw"],
        ...["+cf", "root", option, String(port)],
      ],
      port,
      { cwd: files.path },
    );
    const wishes = {
      offer: profileOffer(PROFILES[profile]),
      clientCertificate: asClient(CLIENT),
    };
    await connected(peer.port, wishes, async (channel) => {
      assert.equal(channel.version, version);
      assert.ok(wishes.offer.suites.includes(channel.suite), channel.suite);
      await channel.write(REQUEST);
      const header = await readAll(channel, 6);
      assert.equal(header[0], ASSOCIATE_ACCEPT);
      await readAll(channel, new DataView(header.buffer).getUint32(2));
      await channel.write(RELEASE);
      assert.equal((await readAll(channel, 10))[0], RELEASE_RESPONSE);
    });
  });
}
