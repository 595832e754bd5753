/** Results in which every text is whatever a peer or a file may hold. */

import fc from "fast-check";
import type { PeerResult } from "../../lib/result/types.ts";
import { certificate, failed, SESSION, VERIFIED_TLS } from "./results.ts";

/** What means something to one of the formats, and anything else. */
export const HOSTILE_TEXT: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.array(
    fc.constantFrom(
      "a",
      "|",
      "'",
      '"',
      "\\",
      "=",
      ";",
      ",",
      "\n",
      "\r",
      "\t",
      "\0",
      "\x1b[2J",
      "\x9b",
      "\u202e",
      "\u2028",
      "\ud800",
      "\u{e0041}",
      "{",
      "}",
      "#",
      "@",
      "+",
      "-",
      "＝",
      " ",
    ),
    { maxLength: 8 },
  ).map((parts) => parts.join("")),
);

export const HOSTILE_RESULT: fc.Arbitrary<PeerResult> = fc.record({
  fails: fc.boolean(),
  name: fc.option(HOSTILE_TEXT, { nil: undefined }),
  host: HOSTILE_TEXT,
  title: HOSTILE_TEXT,
  cause: HOSTILE_TEXT,
  next: fc.array(HOSTILE_TEXT, { maxLength: 2 }),
  // One character a byte, as it comes from the wire.
  wire: fc.uint8Array({ maxLength: 16 }).map((bytes) =>
    String.fromCharCode(...bytes)
  ),
  duration: fc.double({ min: 0, max: 1e7, noNaN: true }),
  latencies: fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), {
    maxLength: 5,
  }),
}).map(
  ({ fails, name, host, title, cause, next, wire, duration, latencies }) => {
    const base = fails
      ? failed("association-aborted", "association", { cause, next })
      : VERIFIED_TLS;
    const own = certificate("x", "y", 3);
    const { negotiated } = VERIFIED_TLS.outcome;
    return {
      ...base,
      target: {
        ...base.target,
        name,
        host,
        callingAeTitle: title,
        calledAeTitle: title,
      },
      duration,
      latencies,
      session: {
        ...SESSION,
        chain: [{
          ...own,
          alternativeNames: { dns: [title], ip: [] },
        }],
      },
      outcome: {
        ...base.outcome,
        negotiated: negotiated && {
          ...negotiated,
          contexts: [{
            id: 1,
            abstractSyntax: "1.2.840.10008.1.1",
            result: 0,
            transferSyntax: wire,
          }],
          peerImplementationClassUid: wire,
          peerImplementationVersionName: wire,
        },
      },
    };
  },
);

/** What must not reach a terminal or a line-based reader, but the line break. */
export const DANGEROUS = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
