/** Chains with their verdict: sound, wrong in one way each, and hostile. */

import {
  authority,
  bitStringExtension,
  type CertificateOptions,
  crl,
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

const past = (days: number): Date => new Date(Date.now() - days * DAY);
const ahead = (days: number): Date => new Date(Date.now() + days * DAY);

const root = authority({
  name: [["C", "DE"], ["O", "Clinic"], ["CN", "Root"]],
});
const other = authority({ name: "Other root" });
const ca = issue(root, { name: "Issuing CA", ca: true });
const pacs = issue(root, { name: "pacs", extendedKeyUsage: ["serverAuth"] });
const below = issue(ca, { name: "modality", dns: ["modality.test"] });
const device = selfSigned({ name: "device" });
const leaf = (options: Partial<CertificateOptions> = {}): Issued =>
  issue(root, { name: "leaf", ...options });

function line(
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

const expiredRoot = authority({ name: "Expired root", notAfter: past(3) });
const futureCa = issue(root, {
  name: "Future CA",
  ca: true,
  notBefore: ahead(2),
});
const expiredCa = issue(root, { name: "Old CA", ca: true, notAfter: past(1) });
const spoiltRoot = authority({ name: "Spoilt root", spoilt: true });
const spoiltCa = issue(root, { name: "Spoilt CA", ca: true, spoilt: true });
const notCa = issue(root, { name: "no CA" });
const noSign = issue(root, {
  name: "no sign",
  ca: true,
  keyUsage: ["digitalSignature"],
});
const noConstraints = issue(root, {
  name: "no constraints",
  basicConstraints: false,
  keyUsage: undefined,
});
const signsButNoCa = issue(root, {
  name: "signs, but is no CA",
  keyUsage: ["keyCertSign"],
});
const signsOnly = issue(root, {
  name: "signs only",
  basicConstraints: false,
  keyUsage: ["keyCertSign"],
});
const signsOnlyRoot = authority({
  name: "signs only, a root",
  basicConstraints: false,
  keyUsage: ["keyCertSign"],
});
const sha1Root = authority({ name: "SHA-1 root", key: "rsa", hash: "SHA1" });
const clientCa = issue(root, {
  name: "client CA",
  ca: true,
  extendedKeyUsage: ["clientAuth"],
});
const v1Root = authority({ name: "Old root", version: 1 });
const v1Ca = issue(root, { name: "Old CA of version 1", version: 1 });
const path0 = issue(root, { name: "path 0", ca: true, pathLength: 0 });
const path0Sub = issue(path0, { name: "sub", ca: true });
const path0Self = issue(path0, { name: "path 0", ca: true });
const path1 = authority({ name: "path 1", pathLength: 1 });
const path1Sub = issue(path1, { name: "one below", ca: true });
const rsaRoot = authority({ name: "RSA root", key: "rsa" });
const pssRoot = authority({ name: "PSS root", key: "rsa", pss: true });
const edRoot = authority({ name: "Ed root", key: "ed25519" });
const p384Root = authority({ name: "P-384 root", key: "ec384" });
const p521Root = authority({ name: "P-521 root", key: "ec521" });
const shortRoot = authority({ name: "Short root", key: "rsa1024" });
const oldKey = authority({ name: "Rolled root", subjectKeyId: undefined });
const newKey = authority({ name: "Rolled root", subjectKeyId: undefined });
const withId = authority({ name: "Same name" });
const withOtherId = authority({ name: "Same name" });
const impostor = authority({
  name: [["C", "DE"], ["O", "Clinic"], ["CN", "Root"]],
});
const cross = issue(other, {
  name: [["C", "DE"], ["O", "Clinic"], ["CN", "Root"]],
  ca: true,
  key: root,
});
const noCrlSign = authority({ name: "no lists", keyUsage: ["keyCertSign"] });
const upperCase = authority({ name: [["CN", "Upper  Case"]] });
const asLower: Issued = {
  ...upperCase,
  name: authority({ name: "upper case" }).name,
};
const loopA = authority({ name: "Loop A" });
const loopB = issue(loopA, { name: "Loop B", ca: true });
const loopA2 = issue(loopB, { name: "Loop A", ca: true, key: loopA });
const loopLeaf = issue(loopA2, { name: "in a loop" });

/** Many authorities of one name and key, each of which may be above another. */
const crowdKey = authority({ name: "Crowd" });
const crowd = Array.from({ length: 12 }, (_, index) =>
  issue(crowdKey, {
    name: "Crowd",
    ca: true,
    key: crowdKey,
    // The even ones may be above the odd ones and the reverse.
    subjectKeyId: Uint8Array.of(index % 2),
    authorityKeyId: Uint8Array.of(1 - index % 2),
    spoilt: index > 5,
  }));
const crowdLeaf = issue(crowdKey, {
  name: "leaf of a crowd",
  authorityKeyId: undefined,
});

let deep = root;
const tower: Issued[] = [];
for (let index = 0; index < 30; index++) {
  deep = issue(deep, { name: `floor ${index}`, ca: true });
  tower.unshift(deep);
}
const towerLeaf = issue(deep, { name: "at the bottom" });

const empty = crl(root);
const leafIn = (options: Parameters<typeof crl>[2]): { readonly pem: string } =>
  crl(root, [], options);

export const CHAINS: readonly ChainCase[] = [
  line("a certificate of a root that is given", pacs, root, "trusted"),
  line("an intermediate that is sent", [below, ca], root, "trusted"),
  line("an intermediate that is given", below, [root, ca], "trusted"),
  line(
    "what is sent in the wrong order, with more",
    [below, device, pacs, ca],
    root,
    "trusted",
  ),
  line("the root is sent too", [below, ca, root], root, "trusted"),
  line("an intermediate that is missing", below, root, "unknown-issuer"),
  line("an intermediate given without its root", below, ca, "unknown-issuer"),
  line(
    "a certificate that is given itself, but is no root",
    pacs,
    pacs,
    "unknown-issuer",
  ),
  line("another root", pacs, other, "unknown-issuer"),
  line("no root at all", pacs, [], "unknown-issuer"),
  line(
    "a root of the peer's own making",
    [pacs, root],
    other,
    "untrusted-root",
  ),
  line("a device's own certificate, given", device, device, "trusted"),
  line("a device's own certificate, not given", device, root, "self-signed"),
  line(
    "a device's own certificate of version 1, given",
    v1Root,
    v1Root,
    "trusted",
  ),
  line(
    "an authority's own certificate as the peer's",
    root,
    root,
    "wrong-usage",
  ),
  line("the same for any purpose", root, root, "trusted", { purpose: "any" }),
  line("expired", leaf({ notAfter: past(1) }), root, "expired"),
  line("not yet valid", leaf({ notBefore: ahead(1) }), root, "not-yet-valid"),
  line(
    "expired, of an unknown issuer",
    leaf({ notAfter: past(1) }),
    other,
    "unknown-issuer",
  ),
  line(
    "a date after 2050",
    leaf({ notAfter: new Date("2060-01-01") }),
    root,
    "trusted",
  ),
  line(
    "an intermediate that has expired",
    [issue(expiredCa, { name: "x" }), expiredCa],
    root,
    "expired",
  ),
  line(
    "an intermediate that is not yet valid",
    [issue(futureCa, { name: "x" }), futureCa],
    root,
    "not-yet-valid",
  ),
  line(
    "a root that has expired",
    issue(expiredRoot, { name: "x" }),
    expiredRoot,
    "expired",
  ),
  line(
    "a signature that is spoilt",
    leaf({ spoilt: true }),
    root,
    "bad-signature",
  ),
  line(
    "a spoilt signature and expired",
    leaf({ spoilt: true, notAfter: past(1) }),
    root,
    "bad-signature",
  ),
  line(
    "an intermediate with a spoilt signature",
    [issue(spoiltCa, { name: "x" }), spoiltCa],
    root,
    "bad-signature",
  ),
  line(
    "a root's own signature does not matter",
    spoiltRoot,
    spoiltRoot,
    "trusted",
    { purpose: "any" },
  ),
  line(
    "another root with the name of the one given",
    issue(impostor, { name: "x", authorityKeyId: undefined }),
    root,
    "bad-signature",
  ),
  line(
    "the same, with key identifiers",
    issue(impostor, { name: "x" }),
    root,
    "unknown-issuer",
  ),
  line(
    "the same, and that root is sent",
    [issue(impostor, { name: "x" }), impostor],
    root,
    "untrusted-root",
  ),
  line(
    "issued by one that is no authority",
    [issue(notCa, { name: "x" }), notCa],
    root,
    "not-an-authority",
  ),
  line(
    "issued by a device's own certificate",
    issue(device, { name: "x" }),
    device,
    "not-an-authority",
  ),
  line(
    "issued without keyCertSign",
    [issue(noSign, { name: "x" }), noSign],
    root,
    "not-an-authority",
  ),
  line(
    "issued without basic constraints",
    [issue(noConstraints, { name: "x" }), noConstraints],
    root,
    "not-an-authority",
  ),
  line("a root of version 1", issue(v1Root, { name: "x" }), v1Root, "trusted"),
  line(
    "an intermediate of version 1",
    [issue(v1Ca, { name: "x" }), v1Ca],
    root,
    "not-an-authority",
  ),
  line(
    "a path of length 0 with none below",
    [issue(path0, { name: "x" }), path0],
    root,
    "trusted",
  ),
  line(
    "a path of length 0 with one below",
    [issue(path0Sub, { name: "x" }), path0Sub, path0],
    root,
    "path-too-long",
  ),
  line(
    "a path of length 0 with itself below",
    [issue(path0Self, { name: "x" }), path0Self, path0],
    root,
    "trusted",
  ),
  line(
    "a path of length 1 with one below",
    [issue(path1Sub, { name: "x" }), path1Sub],
    path1,
    "trusted",
  ),
  line(
    "only for clients",
    leaf({ extendedKeyUsage: ["clientAuth"] }),
    root,
    "wrong-usage",
  ),
  line(
    "only for clients, for any purpose",
    leaf({ extendedKeyUsage: ["clientAuth"] }),
    root,
    "trusted",
    { purpose: "any" },
  ),
  line(
    "for clients and servers",
    leaf({ extendedKeyUsage: ["clientAuth", "serverAuth"] }),
    root,
    "trusted",
  ),
  line(
    "for any extended usage",
    leaf({ extendedKeyUsage: ["any"] }),
    root,
    "wrong-usage",
  ),
  line(
    "an authority for clients only",
    [issue(clientCa, { name: "x" }), clientCa],
    root,
    "wrong-usage",
  ),
  line(
    "key usage for signing lists only",
    leaf({ keyUsage: ["cRLSign"] }),
    root,
    "wrong-usage",
  ),
  line(
    "key usage for key agreement",
    leaf({ keyUsage: ["keyAgreement"] }),
    root,
    "trusted",
  ),
  line("no key usage", leaf({ keyUsage: undefined }), root, "trusted"),
  line(
    "only for clients and expired",
    leaf({ extendedKeyUsage: ["clientAuth"], notAfter: past(1) }),
    root,
    "wrong-usage",
  ),
  line(
    "a critical extension that nobody knows",
    leaf({
      extensions: [{
        oid: "1.2.3.4",
        critical: true,
        value: bitStringExtension,
      }],
    }),
    root,
    "unknown-extension",
  ),
  line(
    "an extension that nobody knows, not critical",
    leaf({ extensions: [{ oid: "1.2.3.4", value: bitStringExtension }] }),
    root,
    "trusted",
  ),
  line("RSA", issue(rsaRoot, { name: "x", key: "rsa" }), rsaRoot, "trusted"),
  line(
    "RSA with a spoilt signature",
    issue(rsaRoot, { name: "x", spoilt: true }),
    rsaRoot,
    "bad-signature",
  ),
  line(
    "RSASSA-PSS",
    issue(pssRoot, { name: "x", pss: true }),
    pssRoot,
    "trusted",
  ),
  line(
    "RSASSA-PSS with a spoilt signature",
    issue(pssRoot, { name: "x", pss: true, spoilt: true }),
    pssRoot,
    "bad-signature",
  ),
  line(
    "Ed25519",
    issue(edRoot, { name: "x", key: "ed25519" }),
    edRoot,
    "trusted",
  ),
  line(
    "Ed25519 with a spoilt signature",
    issue(edRoot, { name: "x", spoilt: true }),
    edRoot,
    "bad-signature",
  ),
  line("P-384", issue(p384Root, { name: "x" }), p384Root, "trusted"),
  line("P-521", issue(p521Root, { name: "x" }), p521Root, "trusted"),
  line(
    "SHA-1",
    issue(rsaRoot, { name: "x", hash: "SHA1" }),
    rsaRoot,
    "trusted",
  ),
  line(
    "SHA-1 at level 2",
    issue(rsaRoot, { name: "x", hash: "SHA1" }),
    rsaRoot,
    "too-weak",
    { securityLevel: 2 },
  ),
  line(
    "a root's own SHA-1 at level 2",
    issue(sha1Root, { name: "x" }),
    sha1Root,
    "trusted",
    { securityLevel: 2 },
  ),
  line(
    "issued with keyCertSign by one that says it is no authority",
    [issue(signsButNoCa, { name: "x" }), signsButNoCa],
    root,
    "not-an-authority",
  ),
  line(
    "issued with keyCertSign by an intermediate without basic constraints",
    [issue(signsOnly, { name: "x" }), signsOnly],
    root,
    "not-an-authority",
  ),
  line(
    "a root with keyCertSign and without basic constraints",
    issue(signsOnlyRoot, { name: "x" }),
    signsOnlyRoot,
    "trusted",
  ),
  line("a short key at level 2", leaf({ key: "rsa1024" }), root, "too-weak", {
    securityLevel: 2,
  }),
  line(
    "a short key of the root at level 2",
    issue(shortRoot, { name: "x" }),
    shortRoot,
    "too-weak",
    { securityLevel: 2 },
  ),
  line("a short key at level 1", leaf({ key: "rsa1024" }), root, "trusted", {
    securityLevel: 1,
  }),
  line(
    "MD5 is never taken",
    issue(rsaRoot, { name: "x", hash: "MD5" }),
    rsaRoot,
    "too-weak",
    { openssl: 0 },
  ),
  line(
    "two roots of one name without identifiers, the second is it",
    issue(newKey, { name: "x" }),
    [oldKey, newKey],
    "trusted",
    { openssl: 7 },
  ),
  line(
    "two roots of one name without identifiers, the first is it",
    issue(oldKey, { name: "x" }),
    [oldKey, newKey],
    "trusted",
  ),
  line(
    "two roots of one name, told apart by identifiers",
    issue(withOtherId, { name: "x" }),
    [withId, withOtherId],
    "trusted",
  ),
  line(
    "cross-signed, by the root that is given",
    [pacs, cross],
    other,
    "trusted",
  ),
  line("cross-signed, the shorter way is there too", [pacs, cross], [
    other,
    root,
  ], "trusted"),
  line(
    "names that differ in case and blanks only",
    issue(asLower, { name: "x" }),
    upperCase,
    "trusted",
  ),
  line(
    "a loop of authorities",
    [loopLeaf, loopA2, loopB],
    root,
    "unknown-issuer",
  ),
  line(
    "a crowd of authorities of one name",
    [crowdLeaf, ...crowd],
    root,
    "unknown-issuer",
  ),
  line(
    "thirty authorities above one another",
    [towerLeaf, ...tower],
    root,
    "path-too-long",
    { openssl: 0 },
  ),
  line("a name that matches", below, [root, ca], "trusted", {
    hostname: "modality.test",
  }),
  line("a name that does not match", below, [root, ca], "wrong-name", {
    hostname: "pacs.test",
  }),
  line(
    "a name that does not match, expired",
    leaf({ dns: ["a.test"], notAfter: past(1) }),
    root,
    "wrong-name",
    { hostname: "b.test" },
  ),
  line("not revoked", pacs, root, "trusted", {
    revocation: "leaf",
    crls: [empty],
  }),
  line("revoked", pacs, root, "revoked", {
    revocation: "leaf",
    crls: [crl(root, [{ certificate: pacs, reason: 1 }])],
  }),
  line("revoked, but that is not asked", pacs, root, "trusted", {
    crls: [crl(root, [pacs])],
  }),
  line("no list", pacs, root, "no-crl", { revocation: "leaf" }),
  line("only a list of another issuer", pacs, root, "no-crl", {
    revocation: "leaf",
    crls: [crl(other)],
  }),
  line("the same without identifiers in it", pacs, root, "no-crl", {
    revocation: "leaf",
    crls: [crl(other, [], { authorityKeyId: undefined })],
  }),
  line("a list of another root with the same name", pacs, root, "no-crl", {
    revocation: "leaf",
    crls: [crl(impostor)],
  }),
  line("the same without identifiers", pacs, root, "crl-bad-signature", {
    revocation: "leaf",
    crls: [crl(impostor, [], { authorityKeyId: undefined })],
  }),
  line("a list that has expired", pacs, root, "crl-expired", {
    revocation: "leaf",
    crls: [leafIn({ nextUpdate: past(0.5) })],
  }),
  line("a list that is not yet valid", pacs, root, "crl-not-yet-valid", {
    revocation: "leaf",
    crls: [leafIn({ thisUpdate: ahead(1) })],
  }),
  line("a list that does not end", pacs, root, "trusted", {
    revocation: "leaf",
    crls: [leafIn({ nextUpdate: undefined })],
  }),
  line("an old list and a new one", pacs, root, "revoked", {
    revocation: "leaf",
    crls: [leafIn({ thisUpdate: past(5) }), crl(root, [pacs])],
  }),
  line("a valid list and an expired one", pacs, root, "trusted", {
    revocation: "leaf",
    crls: [
      leafIn({ nextUpdate: past(0.5), thisUpdate: past(0.6) }),
      leafIn({ thisUpdate: past(3) }),
    ],
  }),
  line("a list with a spoilt signature", pacs, root, "crl-bad-signature", {
    revocation: "leaf",
    crls: [leafIn({ spoilt: true })],
  }),
  line(
    "an issuer that may not sign lists",
    issue(noCrlSign, { name: "x" }),
    noCrlSign,
    "crl-bad-signature",
    { revocation: "leaf", crls: [crl(noCrlSign)] },
  ),
  line(
    "revoked and expired",
    leaf({ notAfter: past(1), serialNumber: "77" }),
    root,
    "revoked",
    { revocation: "leaf", crls: [crl(root, [leaf({ serialNumber: "77" })])] },
  ),
  line(
    "an intermediate revoked, only the leaf is asked",
    [below, ca],
    root,
    "trusted",
    { revocation: "leaf", crls: [crl(root, [ca]), crl(ca)] },
  ),
  line("an intermediate revoked", [below, ca], root, "revoked", {
    revocation: "chain",
    crls: [crl(root, [ca]), crl(ca)],
  }),
  line("none of the chain revoked", [below, ca], root, "trusted", {
    revocation: "chain",
    crls: [crl(root), crl(ca)],
  }),
  line("no list of the root", [below, ca], root, "no-crl", {
    revocation: "chain",
    crls: [crl(ca)],
  }),
  line("a device's own certificate without a list", device, device, "no-crl", {
    revocation: "leaf",
  }),
];
