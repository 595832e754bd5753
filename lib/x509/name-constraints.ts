/** For which names an authority may issue (RFC 5280 section 4.2.1.10). */

import { decodeLatin1 } from "../base/text.ts";
import { Der, smallInteger } from "./der.ts";
import { isAddress } from "./hostname.ts";
import { isBelow, readName, sameName, valuesOf } from "./name.ts";
import {
  type Certificate,
  type ChainProblem,
  type GeneralName,
  type Name,
  type NameConstraints,
  type Subtree,
  X509Error,
} from "./types.ts";

/** Tags of the forms of names. Of others, only that they are there matters. */
const EMAIL = 0x81;
const DNS = 0x82;
const DIRECTORY = 0xa4;
const ADDRESS = 0x87;

const COMMON_NAME = "2.5.4.3";
const EMAIL_ADDRESS = "1.2.840.113549.1.9.1";

/** What names may still be compared for one verdict, over all its chains. */
export interface ComparisonBudget {
  left: number;
}

/** Far more than real authorities need; some tenths of a second. */
export function comparisonBudget(): ComparisonBudget {
  return { left: 1 << 18 };
}

/** Of all forms that there are, from otherName to registeredID. */
const FORMS = [0xa0, EMAIL, DNS, 0xa3, DIRECTORY, 0xa5, 0x86, ADDRESS, 0x88];

/** @throws {X509Error} also if it is of no form that there is. */
export function readGeneralName(der: Der, field: string): GeneralName {
  const { tag, content } = der.next(field);
  if (!FORMS.includes(tag)) throw new X509Error(`${field}: of no known form`);
  if (tag === DIRECTORY) directoryName(content);
  return { tag, content };
}

/** Of the value of the extension. @throws {X509Error} */
export function readNameConstraints(value: Uint8Array): NameConstraints {
  const der = new Der(value).inside("name constraints");
  const permitted = der.optional("permitted names", 0xa0);
  const excluded = der.optional("excluded names", 0xa1);
  der.end("name constraints");
  return { permitted: subtrees(permitted), excluded: subtrees(excluded) };
}

function subtrees(
  value: { readonly content: Uint8Array } | undefined,
): readonly Subtree[] {
  if (value === undefined) return [];
  const der = new Der(value.content);
  const list: Subtree[] = [];
  while (!der.atEnd) {
    const one = der.inside("constraint of a name");
    const base = readGeneralName(one, "constraint of a name");
    const minimum = one.optional("minimum", 0x80);
    const isRange = !one.atEnd || minimum !== undefined &&
        smallInteger(minimum.content, "minimum") !== 0;
    list.push({ ...base, isRange });
  }
  return list;
}

type Verdict = "good" | "excluded" | "not-permitted" | "unsupported";

/**
 * Every certificate against the constraints of all above it, from the anchor
 * down. As in OpenSSL, one that has issued itself anew is not held to them.
 *
 * @param hostname for which the peer's certificate is wanted
 */
export function constraintProblem(
  chain: readonly Certificate[],
  hostname: string | undefined,
  budget: ComparisonBudget,
): ChainProblem | undefined {
  if (chain.every((one) => one.nameConstraints === undefined)) return undefined;
  for (const [index, certificate] of [...chain.entries()].toReversed()) {
    const isLeaf = index === 0;
    if (!isLeaf && sameName(certificate.issuer, certificate.subject)) continue;
    const names = namesOf(certificate, isLeaf, hostname);
    for (const issuer of chain.slice(index + 1).toReversed()) {
      const { nameConstraints } = issuer;
      if (nameConstraints === undefined) continue;
      const problem = oneProblem(names, issuer, nameConstraints, budget);
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}

function oneProblem(
  names: readonly GeneralName[],
  certificate: Certificate,
  constraints: NameConstraints,
  budget: ComparisonBudget,
): ChainProblem | undefined {
  const count = constraints.permitted.length + constraints.excluded.length;
  const unsupported = {
    kind: "unknown-extension",
    certificate,
    oid: "2.5.29.30",
  } as const;
  budget.left -= names.length * count;
  if (budget.left < 0) return unsupported;
  for (const name of names) {
    const is = verdict(name, constraints);
    if (is === "unsupported") return unsupported;
    if (is !== "good") {
      return {
        kind: "not-an-authority",
        certificate,
        name: { text: textOf(name), is },
      };
    }
  }
  return undefined;
}

function textOf({ tag, content }: GeneralName): string {
  return tag === DIRECTORY
    ? directoryName(content).text
    : tag === ADDRESS
    ? [...content].join(content.byteLength === 4 ? "." : " ")
    : decodeLatin1(content.subarray(0, 255));
}

/** All that is to be within the constraints. */
function namesOf(
  certificate: Certificate,
  isLeaf: boolean,
  hostname: string | undefined,
): readonly GeneralName[] {
  const { subject, generalNames = [], alternativeNames } = certificate;
  const names: GeneralName[] = [];
  if (subject.text !== "") names.push({ tag: DIRECTORY, content: subject.der });
  for (const address of valuesOf(subject, EMAIL_ADDRESS)) {
    names.push({ tag: EMAIL, content: new TextEncoder().encode(address) });
  }
  names.push(...generalNames);
  if (!isLeaf || alternativeNames.dns.length > 0) return names;
  // Common names stand for DNS names where there are none of these.
  const common = valuesOf(subject, COMMON_NAME);
  const hosts = common.filter((text, index) =>
    isHostLike(text) ||
    // This one is compared with the host's name, so whatever it looks like.
    index === common.length - 1 && hostname !== undefined &&
      !isAddress(hostname) && alternativeNames.ip.length === 0
  );
  for (const host of hosts) {
    names.push({ tag: DNS, content: new TextEncoder().encode(host) });
  }
  return names;
}

/** Two labels at least, as OpenSSL asks of a common name. */
function isHostLike(text: string): boolean {
  return text.length < 256 && text.includes(".") && text.split(".").every(
    (label) => /^[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?$/.test(label),
  );
}

/** Within one permitted name of its form, if there is any, and no excluded. */
function verdict(
  name: GeneralName,
  { permitted, excluded }: NameConstraints,
): Verdict {
  const sameForm = ({ tag }: Subtree): boolean => tag === name.tag;
  const allowed = permitted.filter(sameForm);
  const forbidden = excluded.filter(sameForm);
  if (allowed.length + forbidden.length === 0) return "good";
  const fits = MATCHES[name.tag];
  if (
    fits === undefined ||
    [...allowed, ...forbidden].some(({ isRange }) => isRange)
  ) return "unsupported";
  try {
    const isIn = ({ content }: Subtree): boolean => fits(name.content, content);
    if (allowed.length > 0 && !allowed.some(isIn)) return "not-permitted";
    return forbidden.some((base) =>
        isIn(base) ||
        name.tag === DNS && coversHost(name.content, base.content)
      )
      ? "excluded"
      : "good";
  } catch (error) {
    if (error instanceof X509Error) return "unsupported";
    throw error;
  }
}

/** Read once, however often it is compared. */
const directoryNames = new WeakMap<Uint8Array, Name>();

/** @throws {X509Error} */
function directoryName(der: Uint8Array): Name {
  const name = directoryNames.get(der) ?? readName(der);
  directoryNames.set(der, name);
  return name;
}

type Matches = (name: Uint8Array, base: Uint8Array) => boolean;

const MATCHES: Readonly<Record<number, Matches>> = {
  [DNS]: isBelowHost,
  [DIRECTORY]: (name, base) =>
    isBelow(directoryName(name), directoryName(base)),
  [ADDRESS]: isInNetwork,
};

function hostText(name: Uint8Array): string {
  return decodeLatin1(name).replace(/[A-Z]/g, (c) => c.toLowerCase())
    .replace(/\.$/, "");
}

/** The same, or any number of labels before it. */
function isBelowHost(name: Uint8Array, base: Uint8Array): boolean {
  const [host, domain] = [hostText(name), hostText(base)];
  return domain === "" || host === domain ||
    host.endsWith(domain.startsWith(".") ? domain : `.${domain}`);
}

/** A wildcard stands for the excluded host too. */
function coversHost(name: Uint8Array, base: Uint8Array): boolean {
  const host = hostText(name);
  return host.startsWith("*.") &&
    hostText(base).replace(/^[^.]+/, "") === host.slice(1);
}

/** @throws {X509Error} if either is of a wrong length. */
function isInNetwork(name: Uint8Array, base: Uint8Array): boolean {
  const isLength = (length: number): boolean => length === 4 || length === 16;
  if (!isLength(name.byteLength) || !isLength(base.byteLength / 2)) {
    throw new X509Error("an address of a wrong length");
  }
  const mask = base.subarray(name.byteLength);
  return name.byteLength * 2 === base.byteLength &&
    name.every((byte, index) =>
      ((byte ^ (base[index] ?? 0)) & (mask[index] ?? 0)) === 0
    );
}
