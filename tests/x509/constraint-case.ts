/** Chains whose authority has name constraints: RFC 5280, 4.2.1.10. */

import {
  authority,
  type CertificateOptions,
  issue,
  type Issued,
} from "../support/certificates.ts";
import { encodeName, type NameText } from "../support/certificate-parts.ts";
import { sequence, tlv } from "../support/der.ts";
import type { ChainCase } from "./chain-case.ts";

export const root = authority({ name: "Constrained root" });

type Base = readonly [tag: number, content: Uint8Array];

export const ascii = (text: string): Uint8Array =>
  new TextEncoder().encode(text);
export const dns = (text: string): Base => [0x82, ascii(text)];
export const email = (text: string): Base => [0x81, ascii(text)];
export const uri = (text: string): Base => [0x86, ascii(text)];
export const ip = (...bytes: readonly number[]): Base => [
  0x87,
  Uint8Array.from(bytes),
];
export const directory = (name: NameText): Base => [0xa4, encodeName(name)];

export function subtrees(
  tag: number,
  bases: readonly Base[],
  ...more: readonly Uint8Array[]
): readonly Uint8Array[] {
  return bases.length === 0 ? [] : [
    tlv(
      tag,
      ...bases.map(([form, content]) => sequence(tlv(form, content), ...more)),
    ),
  ];
}

interface Constraints {
  readonly permitted?: readonly Base[];
  readonly excluded?: readonly Base[];
  readonly critical?: boolean;
  readonly range?: readonly Uint8Array[];
  readonly value?: Uint8Array;
}

let count = 0;

export function constrained(
  issuer: Issued,
  { permitted = [], excluded = [], critical, range = [], value }: Constraints,
  options: Partial<CertificateOptions> = {},
): Issued {
  return issue(issuer, {
    name: [["O", "Clinic"], ["CN", `CA ${++count}`]],
    ca: true,
    ...options,
    extensions: [{
      oid: "2.5.29.30",
      critical: critical ?? true,
      value: value ?? sequence(
        ...subtrees(0xa0, permitted, ...range),
        ...subtrees(0xa1, excluded, ...range),
      ),
    }],
  });
}

export function line(
  name: string,
  constraints: Constraints,
  leaf: Partial<CertificateOptions> & { readonly names?: readonly Base[] },
  expected: ChainCase["expected"],
  more: Partial<ChainCase> = {},
): ChainCase {
  const ca = constrained(root, constraints);
  const { names = [], ...options } = leaf;
  const alternative = {
    oid: "2.5.29.17",
    value: sequence(...names.map(([tag, content]) => tlv(tag, content))),
  };
  const own = issue(ca, {
    name: "leaf",
    ...options,
    ...(names.length === 0 ? {} : { extensions: [alternative] }),
  });
  return {
    name: `constraints: ${name}`,
    presented: [own, ca],
    anchors: [root],
    expected,
    ...more,
  };
}

export const hospital = { permitted: [dns("hospital.test")] };
export const noLab = { excluded: [dns("lab.test")] };
export const network = { permitted: [ip(10, 1, 0, 0, 255, 255, 0, 0)] };
export const clinic: readonly (readonly [string, string])[] = [["C", "DE"], [
  "O",
  "Clinic",
]];
export const NO = "not-an-authority";
