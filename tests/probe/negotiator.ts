/**
 * A peer that answers association requests as a test decides, and releases. It
 * shares no code with the program under test.
 */

import { abort, associateAccept, pdu } from "../support/pdus.ts";

/** A proposed presentation context (PS3.8 Table 9-13). */
export interface Proposed {
  readonly id: number;
  readonly abstractSyntax: string;
  readonly transferSyntaxes: readonly string[];
}

/** Context, result, chosen transfer syntax; or the whole answer. */
export type Decide = (
  contexts: readonly Proposed[],
) => Uint8Array | readonly (readonly [Proposed, number, string])[];

export interface Negotiator extends AsyncDisposable {
  readonly port: number;
  /** What was proposed, association by association. */
  readonly proposals: readonly (readonly Proposed[])[];
  /** Types of the PDUs that came, connection by connection. */
  readonly types: readonly (readonly number[])[];
}

export const ABORT = abort(0, 0);
const RELEASE_RP = pdu(0x06, "00000000");

/** Accepts whatever `accepts` says in the first transfer syntax proposed. */
export function accepting(accepts: (one: Proposed) => boolean): Decide {
  return (contexts) =>
    contexts.map((one) => [
      one,
      accepts(one) ? 0 : 3,
      one.transferSyntaxes[0] ?? "",
    ]);
}

export function startNegotiator(decide: Decide): Negotiator {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const proposals: (readonly Proposed[])[] = [];
  const types: number[][] = [];
  const running: Promise<void>[] = [];

  async function serve(connection: Deno.TcpConn): Promise<void> {
    using _ = connection;
    const own: number[] = [];
    types.push(own);
    for (;;) {
      const received = await readPdu(connection);
      if (received === undefined) return;
      own.push(received[0] ?? 0);
      if (received[0] === 0x01) {
        const contexts = contextsOf(received);
        proposals.push(contexts);
        const decided = decide(contexts);
        await write(
          connection,
          decided instanceof Uint8Array ? decided : associateAccept({
            contexts: decided.map(([{ id }, result, transferSyntax]) => ({
              id,
              result,
              transferSyntax,
            })),
          }),
        );
      } else if (received[0] === 0x05) await write(connection, RELEASE_RP);
      else return;
    }
  }

  const listening = (async (): Promise<void> => {
    for await (const connection of listener) {
      running.push(serve(connection).catch(() => {}));
    }
  })();
  return {
    port: listener.addr.port,
    proposals,
    types,
    async [Symbol.asyncDispose](): Promise<void> {
      listener.close();
      await listening;
      await Promise.all(running);
    },
  };
}

async function write(to: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await to.write(bytes.subarray(at));
}

async function readPdu(from: Deno.TcpConn): Promise<Uint8Array | undefined> {
  const header = await readExactly(from, 6);
  if (header === undefined) return undefined;
  const body = await readExactly(
    from,
    new DataView(header.buffer).getUint32(2),
  );
  return body && Uint8Array.from([...header, ...body]);
}

async function readExactly(
  from: Deno.TcpConn,
  length: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length;) {
    const count = await from.read(bytes.subarray(at));
    if (count === null) return undefined;
    at += count;
  }
  return bytes;
}

/** Presentation context items of an A-ASSOCIATE-RQ (PS3.8 Table 9-11). */
function contextsOf(request: Uint8Array): Proposed[] {
  const view = new DataView(request.buffer, request.byteOffset);
  const text = (at: number, length: number): string =>
    new TextDecoder().decode(request.subarray(at, at + length));
  const contexts: Proposed[] = [];
  for (let at = 74; at < request.length;) {
    const end = at + 4 + view.getUint16(at + 2);
    if (view.getUint8(at) === 0x20) {
      let abstractSyntax = "";
      const transferSyntaxes: string[] = [];
      for (let sub = at + 8; sub < end;) {
        const length = view.getUint16(sub + 2);
        const uid = text(sub + 4, length);
        if (view.getUint8(sub) === 0x30) abstractSyntax = uid;
        else transferSyntaxes.push(uid);
        sub += 4 + length;
      }
      const id = view.getUint8(at + 4);
      contexts.push({ id, abstractSyntax, transferSyntaxes });
    }
    at = end;
  }
  return contexts;
}
