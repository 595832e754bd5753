/** Our verdict on one of the chains. */

import { readCertificates, readCrls } from "../../lib/x509/files.ts";
import { type Verdict, verifyChain } from "../../lib/x509/verify.ts";
import {
  type Certificate,
  type RevocationList,
  X509Error,
} from "../../lib/x509/types.ts";
import type { Issued } from "../support/certificates.ts";
import type { ChainCase } from "./chain-case.ts";

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function pemOf(list: readonly { readonly pem: string }[]): string {
  return list.map(({ pem }) => pem).join("");
}

export async function read(
  list: readonly Issued[],
): Promise<readonly Certificate[]> {
  return list.length === 0
    ? []
    : await readCertificates(bytes(pemOf(list)), "pem");
}

async function readLists(
  list: readonly { readonly pem: string }[],
): Promise<readonly RevocationList[]> {
  if (list.length === 0) return [];
  return (await readCrls(bytes(pemOf(list)), "pem")).crls;
}

/** What cannot be read is told as it is of a peer. */
export async function verdictOn(chain: ChainCase): Promise<Verdict> {
  let presented: readonly Certificate[];
  try {
    presented = await read(chain.presented);
  } catch (error) {
    if (!(error instanceof X509Error)) throw error;
    return {
      chain: [],
      problem: { kind: "unreadable", detail: error.message },
    };
  }
  return await verifyChain({
    presented,
    anchors: await read(chain.anchors),
    crls: await readLists(chain.crls ?? []),
    revocation: chain.revocation ?? "none",
    time: new Date(),
    purpose: chain.purpose ?? "server",
    hostname: chain.hostname,
    securityLevel: chain.securityLevel ?? 0,
  });
}
