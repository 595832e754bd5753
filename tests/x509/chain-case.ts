/** One chain with its verdict, and who is in most of them. */

import {
  authority,
  type CertificateOptions,
  DAY,
  issue,
  type Issued,
  selfSigned,
} from "../support/certificates.ts";
import type { ChainProblem } from "../../lib/x509/types.ts";

export interface ChainCase {
  readonly name: string;
  /** The peer's own first. */
  readonly presented: readonly Issued[];
  readonly anchors: readonly Issued[];
  readonly crls?: readonly { readonly pem: string }[];
  readonly revocation?: "leaf" | "chain";
  readonly hostname?: string;
  readonly purpose?: "any";
  readonly securityLevel?: number;
  readonly expected: ChainProblem["kind"] | "trusted";
  /** OpenSSL's error where it is on purpose another one; 0 is trusted. */
  readonly openssl?: number;
}

export const past = (days: number): Date => new Date(Date.now() - days * DAY);

export const ahead = (days: number): Date => new Date(Date.now() + days * DAY);

export const root = authority({
  name: [["C", "DE"], ["O", "Clinic"], ["CN", "Root"]],
});

export const other = authority({ name: "Other root" });

export const ca = issue(root, { name: "Issuing CA", ca: true });

export const pacs = issue(root, {
  name: "pacs",
  extendedKeyUsage: ["serverAuth"],
});

export const below = issue(ca, { name: "modality", dns: ["modality.test"] });

export const device = selfSigned({ name: "device" });

export const leaf = (options: Partial<CertificateOptions> = {}): Issued =>
  issue(root, { name: "leaf", ...options });

export function line(
  name: string,
  presented: Issued | readonly Issued[],
  anchors: Issued | readonly Issued[],
  expected: ChainCase["expected"],
  more: Partial<ChainCase> = {},
): ChainCase {
  return {
    name,
    presented: "der" in presented ? [presented] : presented,
    anchors: "der" in anchors ? [anchors] : anchors,
    expected,
    ...more,
  };
}

export const impostor = authority({
  name: [["C", "DE"], ["O", "Clinic"], ["CN", "Root"]],
});
