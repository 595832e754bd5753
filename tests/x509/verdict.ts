/** Our verdict on one of the chains. */

import { readCertificates, readCrls } from "../../lib/x509/files.ts";
import { type Verdict, verifyChain } from "../../lib/x509/verify.ts";
import type { Certificate, RevocationList } from "../../lib/x509/types.ts";
import type { Issued } from "../support/certificates.ts";
import type { ChainCase } from "./chains.ts";

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
  return list.length === 0 ? [] : await readCrls(bytes(pemOf(list)), "pem");
}

export async function verdictOn(chain: ChainCase): Promise<Verdict> {
  return await verifyChain({
    presented: await read(chain.presented),
    anchors: await read(chain.anchors),
    crls: await readLists(chain.crls ?? []),
    revocation: chain.revocation ?? "none",
    time: new Date(),
    purpose: chain.purpose ?? "server",
    hostname: chain.hostname,
    securityLevel: chain.securityLevel ?? 0,
  });
}
