/** Follows one connection and keeps what is worth telling. Pure. */

import { faultCondition } from "../association/fault.ts";
import { interpret } from "../association/interpret.ts";
import type { UpperLayerEvent } from "../association/service.ts";
import type { Action, Event } from "../association/states.ts";
import { formatCondition } from "../base/condition.ts";
import { decodeLatin1, escapeControls } from "../base/text.ts";
import { decodePduHeader } from "../pdu/codec.ts";
import type {
  AssociateAccept,
  AssociateReject,
  AssociateRequest,
  Pdu,
  PduName,
} from "../pdu/types.ts";
import { callerRequest } from "./caller.ts";
import type { CallEnd, CallerRequest, CallerTls } from "./types.ts";

/** What is known of a connection at any time. */
export interface Watched {
  readonly tls: CallerTls | undefined;
  readonly request: CallerRequest | undefined;
  readonly accepted: boolean;
  readonly echoes: number;
}

/** Made of the events that the upper layer of the SCP gives. */
export class CallWatch implements Watched {
  readonly #answered: () => void;
  #pdu: AssociateRequest | undefined;
  #accept: AssociateAccept | undefined;
  #end: CallEnd | undefined;
  #header: Uint8Array | undefined;
  /** A message has come that is not answered yet. */
  #asked = false;
  /** We have ended it, for want of a message or because of one. */
  #ending = false;
  #violated: string | undefined;
  request: CallerRequest | undefined;
  tls: CallerTls | undefined;
  echoes = 0;

  /** @param answered called when the request has its answer. */
  constructor(answered: () => void) {
    this.#answered = answered;
  }

  get accepted(): boolean {
    return this.#accept !== undefined;
  }

  tlsFailed(text: string): void {
    this.#end ??= { kind: "tls-failed", text: escapeControls(text) };
  }

  observe(event: UpperLayerEvent): void {
    switch (event.kind) {
      case "pdu-header":
        this.#header = event.header;
        break;
      case "pdu-received":
        this.#received(event.name, event.bytes);
        break;
      case "pdu-to-send":
        this.#sent(event.name, event.bytes);
        break;
      case "transition":
        this.#stepped(event.event, event.action);
        break;
    }
  }

  /** @param stopped the listening end was told to stop. */
  end(stopped: boolean): CallEnd {
    if (this.#end !== undefined) return this.#end;
    return stopped ? { kind: "stopped" } : { kind: "silent" };
  }

  #received(name: PduName, bytes: Uint8Array): void {
    if (name === "P-DATA-TF" && endsMessage(bytes)) this.#asked = true;
    if (name !== "A-ASSOCIATE-RQ" && name !== "A-ABORT") return;
    const pdu = read(bytes);
    if (pdu === undefined) return;
    if (typeof pdu === "string") this.#violated = pdu;
    else if (pdu.type === "A-ASSOCIATE-RQ") this.#pdu ??= pdu;
    else if (pdu.type === "A-ABORT") {
      const { source, reason } = pdu;
      this.#end ??= { kind: "aborted-by-caller", source, reason };
    }
  }

  #sent(name: PduName, bytes: Uint8Array): void {
    switch (name) {
      case "A-ASSOCIATE-AC":
      case "A-ASSOCIATE-RJ":
        this.#answer(read(bytes));
        break;
      case "P-DATA-TF":
        if (!endsMessage(bytes)) break;
        this.echoes++;
        this.#asked = false;
        break;
      case "A-RELEASE-RP":
        this.#end ??= { kind: "released" };
        break;
      default:
        break;
    }
  }

  #answer(answer: Pdu | string | undefined): void {
    if (answer === undefined || typeof answer === "string") return;
    let reject: AssociateReject | undefined;
    if (answer.type === "A-ASSOCIATE-AC") this.#accept = answer;
    else if (answer.type === "A-ASSOCIATE-RJ") reject = answer;
    if (this.#pdu !== undefined) {
      this.request = callerRequest(this.#pdu, this.#accept);
      // It may have a passcode in it.
      this.#pdu = undefined;
    }
    if (reject !== undefined) this.#end ??= { kind: "rejected", pdu: reject };
    this.#answered();
  }

  #stepped(event: Event, action: Action): void {
    switch (event) {
      case "unrecognized or invalid PDU":
        this.#end ??= {
          kind: "violation",
          text: this.#violated ?? otherProtocol(this.#header) ??
            "a PDU that cannot be read",
        };
        break;
      case "transport connection closed":
        if (!this.#ending) this.#end ??= { kind: "closed-by-caller" };
        break;
      case "ARTIM timer expired":
        this.#ending = true;
        break;
      case "A-ABORT request":
        this.#ending = true;
        if (this.#asked) this.#end ??= { kind: "not-an-echo" };
        break;
      default:
        if (action !== "AA-1" && action !== "AA-8") break;
        this.#end ??= { kind: "violation", text: `unexpected ${event}` };
    }
  }
}

/** A PDU, or what is wrong with it. */
function read(bytes: Uint8Array): Pdu | string | undefined {
  const header = decodePduHeader(bytes);
  if (header === undefined) return undefined;
  const { result } = interpret(header, bytes, undefined);
  if (!("kind" in result)) return result;
  const condition = faultCondition({ kind: "violation", violation: result });
  return escapeControls(formatCondition(condition).replaceAll("\n", "; "));
}

/** Whether a P-DATA-TF has the last fragment of a message (PS3.8 E.2). */
function endsMessage(bytes: Uint8Array): boolean {
  const pdu = read(bytes);
  return typeof pdu === "object" && pdu.type === "P-DATA-TF" &&
    pdu.values.at(-1)?.isLast === true;
}

const HTTP = /^(GET|HEAD|POST|PUT|DELETE|OPTIONS|PRI|CONNECT) ?/;

/** What callers begin with that have mistaken the port. */
function otherProtocol(header: Uint8Array | undefined): string | undefined {
  if (header === undefined) return undefined;
  const [first, second, third] = header;
  if (first === 0x16 && second === 3 && third !== undefined && third <= 4) {
    return "the caller speaks TLS: use +tls KEY CERT here, or plain DICOM there";
  }
  const text = decodeLatin1(header);
  if (HTTP.test(text)) return "the caller speaks HTTP, not DICOM";
  if (text.startsWith("SSH-")) return "the caller speaks SSH, not DICOM";
  if (first === 0x0b) return "the caller speaks HL7 (MLLP), not DICOM";
  return undefined;
}
