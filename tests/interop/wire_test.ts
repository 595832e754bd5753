/** What goes over the wire: the same bytes as the reference, and good ones. */

import assert from "node:assert/strict";
import { unifiedDiff } from "../support/diff.ts";
import { associateAccept, echoResponse } from "../support/pdus.ts";
import { RELEASE_RP } from "../support/golden.ts";
import { type Program, run } from "../support/run.ts";
import {
  receiveMessage,
  type Script,
  send,
  startScriptedPeer,
  waitForEnd,
} from "../support/scripted-peer.ts";
import {
  maskedAssociateRequest,
  userInformationText,
} from "./associate-request.ts";
import { HOST } from "./case.ts";
import {
  accept,
  echo,
  echoAnswer,
  echoes,
  RELEASE,
  verified,
} from "./cases/scripts.ts";
import type { Segment } from "./pcap.ts";
import { OURS, REFERENCE, SELF_CHECK } from "./programs.ts";
import { bareUid, dissect } from "./tshark.ts";

/** All PDUs that `program` sends to a peer with this script. */
async function sent(
  program: Program,
  options: readonly string[],
  script: Script,
): Promise<readonly Uint8Array[]> {
  await using peer = await startScriptedPeer(script);
  const result = await run(program, [...options, HOST, String(peer.port)]);
  await peer.settled();
  const [connection, second] = peer.connections;
  assert.ok(connection !== undefined, `did not connect: ${result.stderr}`);
  assert.equal(second, undefined, "connected more than once");
  assert.equal(connection.surplus.length, 0, "a PDU is cut short");
  return connection.pdus;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"))
    .join(" ");
}

/** All PDUs as text; of a request what may differ is masked. */
function shown(pdus: readonly Uint8Array[]): string {
  return pdus.map((pdu) =>
    pdu[0] === 0x01 ? maskedAssociateRequest(pdu) : hex(pdu)
  )
    .join("\n\n");
}

const DIALOGUES: readonly {
  readonly name: string;
  readonly options: readonly string[];
  readonly script: Script;
}[] = [
  { name: "no options", options: [], script: verified() },
  {
    name: "AE titles",
    options: ["-aet", "CALLING", "-aec", "CALLED"],
    script: verified(),
  },
  {
    name: "AE titles that are too long",
    options: ["-aet", "A2345678901234567890", "-aec", "B2345678901234567890"],
    script: verified(),
  },
  {
    name: "AE titles with blanks and a backslash",
    options: ["-aet", " A B ", "-aec", "C\\D"],
    script: verified(),
  },
  {
    name: "AE titles that are not ASCII",
    options: ["-aet", "RÖNTGEN", "-aec", "A23456789012345Ö"],
    script: verified(),
  },
  {
    name: "AE titles of blanks",
    options: ["-aet", "  ", "-aec", " "],
    script: verified(),
  },
  { name: "-pts 2", options: ["-pts", "2"], script: verified() },
  { name: "-pts 3", options: ["-pts", "3"], script: verified() },
  { name: "-ppc 2", options: ["-ppc", "2"], script: verified() },
  { name: "-ppc 128", options: ["-ppc", "128"], script: verified() },
  { name: "-pdu 4096", options: ["-pdu", "4096"], script: verified() },
  { name: "-pdu 16383", options: ["-pdu", "16383"], script: verified() },
  { name: "-pdu 131072", options: ["-pdu", "131072"], script: verified() },
  {
    name: "--repeat 3",
    options: ["--repeat", "3"],
    script: [...accept(), ...echoes(3), ...RELEASE],
  },
  { name: "--abort", options: ["--abort"], script: verified() },
  {
    name: "the second of two contexts accepted",
    options: ["-ppc", "2"],
    script: [
      ...accept({ contexts: [{ id: 1, result: 3 }, { id: 3 }] }),
      ...echo(),
      ...RELEASE,
    ],
  },
  {
    name: "a peer that takes 4096 bytes at a time",
    options: [],
    script: verified({ maximumLength: 4096 }),
  },
  {
    name: "a wrong response",
    options: [],
    script: echoAnswer(echoResponse({ messageId: 9 })),
  },
];

for (const { name, options, script } of DIALOGUES) {
  Deno.test(`the same bytes as the reference: ${name}`, async () => {
    const reference = await sent(REFERENCE, options, script);
    const ours = await sent(OURS, options, script);
    const diff = unifiedDiff(shown(reference), shown(ours));
    assert.ok(diff === "", diff);
  });
}

/** The one PDV of each P-DATA-TF: its length and its data. */
function fragments(
  pdus: readonly Uint8Array[],
): readonly { readonly length: number; readonly data: Uint8Array }[] {
  return pdus.filter((pdu) => pdu[0] === 0x04).map((pdu) => ({
    length: pdu.length - 6,
    data: pdu.subarray(12),
  }));
}

for (const maximumLength of [14, 20, 32, 79]) {
  Deno.test(`a peer that takes ${maximumLength} bytes gets the same command in pieces`, async () => {
    const script = verified({ maximumLength });
    const reference = fragments(await sent(REFERENCE, [], script));
    const ours = fragments(await sent(OURS, [], script));
    const joined = (pieces: typeof ours): string =>
      pieces.map(({ data }) => hex(data)).join(" ");
    assert.equal(joined(ours), joined(reference));
    for (const { length } of ours) {
      assert.ok(length <= maximumLength, `PDU of ${length} bytes`);
    }
  });
}

Deno.test("without an accepted context ours releases the association", async () => {
  const script = [
    ...accept({ contexts: [{ id: 1, result: 3 }] }),
    ...RELEASE,
  ];
  const types = async (program: Program): Promise<readonly number[]> =>
    (await sent(program, [], script)).map((pdu) => pdu[0] ?? 0);
  assert.deepEqual(await types(REFERENCE), [0x01]);
  assert.deepEqual(await types(OURS), SELF_CHECK ? [0x01] : [0x01, 0x05]);
});

Deno.test("the request has an implementation of its own", async () => {
  const [request] = await sent(OURS, [], verified());
  assert.ok(request !== undefined);
  const uid = userInformationText(request, 0x52);
  const name = userInformationText(request, 0x55);
  if (SELF_CHECK) return;
  assert.match(uid, /^2\.25\.[1-9]\d+$/);
  assert.ok(uid.length <= 64, uid);
  assert.match(name, /^ECHOSCU_[\d.]+$/);
  assert.ok(name.length <= 16, name);
});

/** The dialogue of a verification: ours, and what the peer said. */
async function dialogue(
  options: readonly string[],
  answers: readonly Uint8Array[],
): Promise<readonly Segment[]> {
  const script: Script = [
    ...answers.flatMap((bytes) => [receiveMessage, send(bytes)]),
    waitForEnd,
  ];
  const pdus = await sent(OURS, options, script);
  return pdus.flatMap((bytes, index): readonly Segment[] => {
    const answer = answers[index];
    return [
      { from: "client", bytes },
      ...(answer === undefined
        ? []
        : [{ from: "server", bytes: answer } as const]),
    ];
  });
}

const VERIFIED = [associateAccept(), echoResponse(), RELEASE_RP];

Deno.test("tshark finds nothing remarkable in a verification", async () => {
  await dissect(await dialogue([], VERIFIED), async (dissection) => {
    assert.deepEqual(dissection.remarks, []);
    const { values } = dissection;
    const uids = async (field: string): Promise<readonly string[]> =>
      (await values(field)).map(bareUid);
    assert.deepEqual(await values("dicom.pdu.type"), ["0x01", "0x04", "0x05"]);
    assert.deepEqual(await values("dicom.assoc.version"), ["1"]);
    assert.deepEqual(await values("dicom.assoc.ae.called"), ["ANY-SCP"]);
    assert.deepEqual(await values("dicom.assoc.ae.calling"), ["ECHOSCU"]);
    assert.deepEqual(await uids("dicom.actx"), ["1.2.840.10008.3.1.1.1"]);
    assert.deepEqual(await values("dicom.pctx.id"), ["0x01"]);
    assert.deepEqual(await uids("dicom.pctx.abss.syntax"), [
      "1.2.840.10008.1.1",
    ]);
    assert.deepEqual(await uids("dicom.pctx.xfer.syntax"), [
      "1.2.840.10008.1.2",
    ]);
    assert.deepEqual(await values("dicom.max_pdu_len"), ["16384"]);
    assert.deepEqual(await values("dicom.pdv.ctx"), ["1"]);
    assert.deepEqual(await values("dicom.pdv.flags"), ["0x03"]);
  });
});

Deno.test("tshark finds nothing remarkable in 128 contexts and 53 syntaxes", async () => {
  const options = SELF_CHECK
    ? ["-pts", "38", "-ppc", "128"]
    : ["-pts", "53", "-ppc", "128", "-pdu", "4096"];
  await dissect(await dialogue(options, VERIFIED), async (dissection) => {
    assert.deepEqual(dissection.remarks, []);
    const ids = await dissection.values("dicom.pctx.id");
    assert.deepEqual(
      ids.map(Number),
      Array.from({ length: 128 }, (_, index) => 2 * index + 1),
    );
    const syntaxes = await dissection.values("dicom.pctx.xfer.syntax");
    assert.equal(syntaxes.length, 128 * (SELF_CHECK ? 38 : 53));
    assert.equal(new Set(syntaxes).size, SELF_CHECK ? 38 : 53);
  });
});

Deno.test("tshark remarks on the abort alone in repeats with --abort", async () => {
  const segments = await dialogue(["--repeat", "2", "--abort"], [
    associateAccept(),
    echoResponse(),
    echoResponse({ messageId: 2 }),
  ]);
  await dissect(segments, async (dissection) => {
    assert.deepEqual(dissection.remarks, ["Association aborted"]);
    assert.deepEqual(await dissection.values("dicom.pdu.type"), [
      "0x01",
      "0x04",
      "0x04",
      "0x07",
    ]);
    assert.deepEqual(await dissection.values("dicom.assoc.abort.source"), [
      "0",
    ]);
  });
});

Deno.test("tshark does find what is wrong in a broken request", async () => {
  const [request] = await sent(OURS, [], verified());
  assert.ok(request !== undefined);
  const broken = request.slice();
  broken[77] = 0xff; // length of the application context item
  await dissect(
    [{ from: "client", bytes: broken }],
    (dissection) => {
      assert.notDeepEqual(dissection.remarks, []);
      return Promise.resolve();
    },
  );
});
