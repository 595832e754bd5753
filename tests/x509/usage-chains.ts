/** Chains by what a certificate may be used for, and by its algorithms. */

import {
  authority,
  bitStringExtension,
  issue,
} from "../support/certificates.ts";
import { type ChainCase, leaf, line, past, root } from "./chain-case.ts";

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
const rsaRoot = authority({ name: "RSA root", key: "rsa" });
const pssRoot = authority({ name: "PSS root", key: "rsa", pss: true });
const edRoot = authority({ name: "Ed root", key: "ed25519" });
const p384Root = authority({ name: "P-384 root", key: "ec384" });
const p521Root = authority({ name: "P-521 root", key: "ec521" });
const shortRoot = authority({ name: "Short root", key: "rsa1024" });

export const USAGE_CHAINS: readonly ChainCase[] = [
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
];
