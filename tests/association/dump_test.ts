/** Association parameters against lines recorded from the reference. */

import assert from "node:assert/strict";
import { dumpNegotiated, dumpRequest } from "../../lib/association/dump.ts";
import {
  associateRequest,
  negotiate,
} from "../../lib/association/negotiation.ts";
import {
  IMPLEMENTATION_CLASS_UID,
  IMPLEMENTATION_VERSION_NAME,
} from "../../lib/base/product.ts";
import { decodePdu } from "../../lib/pdu/codec.ts";
import type { AssociateAccept, AssociateRequest } from "../../lib/pdu/types.ts";
import {
  type AcceptOptions,
  associateAccept,
  big,
  item,
  text,
} from "../support/pdus.ts";

function request(presentationContextCount: number): AssociateRequest {
  return associateRequest({
    callingAeTitle: "ECHOSCU",
    calledAeTitle: "ANY-SCP",
    presentationContextCount,
    transferSyntaxCount: 1,
    maximumLength: 16384,
  });
}

function accept(options: AcceptOptions): AssociateAccept {
  const pdu = decodePdu(0x02, associateAccept(options).subarray(6));
  assert.ok(pdu.type === "A-ASSOCIATE-AC");
  return pdu;
}

function dump(count: number, options: AcceptOptions): string {
  const proposal = request(count);
  const answer = accept(options);
  return dumpNegotiated(proposal, answer, negotiate(proposal, answer));
}

/** Lines of the heading, the peer's columns given. */
function heading(uid: string, name: string, maximum: number): string {
  return `\
Our Implementation Class UID:      ${IMPLEMENTATION_CLASS_UID}
Our Implementation Version Name:   ${IMPLEMENTATION_VERSION_NAME}
Their Implementation Class UID:    ${uid}
Their Implementation Version Name: ${name}
Application Context Name:    1.2.840.10008.3.1.1.1
Calling Application Name:    ECHOSCU
Called Application Name:     ANY-SCP
Responding Application Name: ANY-SCP
Our Max PDU Receive Size:    16384
Their Max PDU Receive Size:  ${maximum}
Presentation Contexts:`;
}

Deno.test("a request is shown as the reference shows it", () => {
  assert.equal(
    dumpRequest(associateRequest({
      callingAeTitle: "ECHOSCU",
      calledAeTitle: "ANY-SCP",
      presentationContextCount: 2,
      transferSyntaxCount: 2,
      maximumLength: 16384,
    })),
    `\
====================== BEGIN A-ASSOCIATE-RQ =====================
${heading("", "", 0)}
  Context ID:        1 (Proposed)
    Abstract Syntax: =VerificationSOPClass
    Proposed SCP/SCU Role: Default
    Proposed Transfer Syntax(es):
      =LittleEndianImplicit
      =LittleEndianExplicit
  Context ID:        3 (Proposed)
    Abstract Syntax: =VerificationSOPClass
    Proposed SCP/SCU Role: Default
    Proposed Transfer Syntax(es):
      =LittleEndianImplicit
      =LittleEndianExplicit
Requested Extended Negotiation: none
Accepted Extended Negotiation:  none
Requested User Identity Negotiation: none
User Identity Negotiation Response:  none
======================= END A-ASSOCIATE-RQ ======================`,
  );
});

Deno.test("every result of a context is shown as the reference shows it", () => {
  assert.equal(
    dump(8, {
      contexts: [
        { id: 1 },
        { id: 3, result: 1 },
        { id: 5, result: 2 },
        { id: 7, result: 3 },
        { id: 9, result: 4 },
        { id: 11, result: 5 },
        { id: 15, transferSyntax: "1.2.840.10008.1.2.1" },
      ],
    }),
    `\
====================== BEGIN A-ASSOCIATE-AC =====================
${heading("1.2.3.4.5.6.7", "SCRIPTED_PEER", 16384)}
  Context ID:        1 (Accepted)
    Abstract Syntax: =VerificationSOPClass
    Proposed SCP/SCU Role: Default
    Accepted SCP/SCU Role: Default
    Accepted Transfer Syntax: =LittleEndianImplicit
  Context ID:        3 (User Rejection)
    Abstract Syntax: =VerificationSOPClass
    Proposed SCP/SCU Role: Default
    Accepted SCP/SCU Role: Default
  Context ID:        5 (No Reason)
    Abstract Syntax: =VerificationSOPClass
    Proposed SCP/SCU Role: Default
    Accepted SCP/SCU Role: Default
  Context ID:        7 (Abstract Syntax Not Supported)
    Abstract Syntax: =VerificationSOPClass
    Proposed SCP/SCU Role: Default
    Accepted SCP/SCU Role: Default
  Context ID:        9 (Transfer Syntaxes Not Supported)
    Abstract Syntax: =VerificationSOPClass
    Proposed SCP/SCU Role: Default
    Accepted SCP/SCU Role: Default
  Context ID:        11 (--Invalid Result/Reason--)
    Abstract Syntax: =VerificationSOPClass
    Proposed SCP/SCU Role: Default
    Accepted SCP/SCU Role: Default
  Context ID:        13 (Proposed)
    Abstract Syntax: =VerificationSOPClass
    Proposed SCP/SCU Role: Default
    Proposed Transfer Syntax(es):
      =LittleEndianImplicit
  Context ID:        15 (Accepted)
    Abstract Syntax: =VerificationSOPClass
    Proposed SCP/SCU Role: Default
    Accepted SCP/SCU Role: Default
    Accepted Transfer Syntax: =LittleEndianExplicit
Requested Extended Negotiation: none
Accepted Extended Negotiation:  none
Requested User Identity Negotiation: none
User Identity Negotiation Response:  none
======================= END A-ASSOCIATE-AC ======================`,
  );
});

const VERIFICATION = "1.2.840.10008.1.1";

Deno.test("the peer's role selection is shown in the reference's words", () => {
  const roles = [[1, 0, "SCU"], [0, 1, "SCP"], [1, 1, "SCP/SCU"], [
    0,
    0,
    "None",
  ]];
  for (const [scu, scp, words] of roles) {
    const role = item(
      0x54,
      big(VERIFICATION.length, 2),
      text(VERIFICATION),
      big(Number(scu), 1),
      big(Number(scp), 1),
    );
    const lines = dump(1, { userItems: [role] }).split("\n");
    assert.ok(lines.includes(`    Accepted SCP/SCU Role: ${words}`));
    assert.ok(lines.includes("    Proposed SCP/SCU Role: Default"));
  }
});

Deno.test("what the peer accepts unasked is shown as the reference shows it", () => {
  const extended = item(
    0x56,
    big(VERIFICATION.length, 2),
    text(VERIFICATION),
    "01ff00",
  );
  const identity = item(0x59, "0003", "616263");
  const shown = dump(1, { userItems: [extended, identity] });
  assert.deepEqual(shown.split("\n").slice(-8), [
    "Requested Extended Negotiation: none",
    "Accepted Extended Negotiation:",
    "  =VerificationSOPClass (1.2.840.10008.1.1)",
    "    [0x01, 0xff, 0x00]",
    "Requested User Identity Negotiation: none",
    "User Identity Negotiation Response:",
    "  Server Response (not dumped) length: 3",
    "======================= END A-ASSOCIATE-AC ======================",
  ]);
});

Deno.test("control characters from the peer are shown escaped", () => {
  const shown = dump(1, {
    implementationClassUid: "1.2\x1b[2J",
    implementationVersionName: "NAME\r\nI: forged",
    contexts: [{ id: 1, transferSyntax: "1.2\x7f3" }],
  });
  assert.ok(shown.includes("Their Implementation Class UID:    1.2\\x1b[2J\n"));
  assert.ok(shown.includes("NAME\\x0d\\x0aI: forged\n"));
  assert.ok(shown.includes("Accepted Transfer Syntax: 1.2\\x7f3\n"));
});
