/** Chains with revocation lists. */

import { authority, crl, issue } from "../support/certificates.ts";
import {
  ahead,
  below,
  ca,
  type ChainCase,
  device,
  impostor,
  leaf,
  line,
  other,
  pacs,
  past,
  root,
} from "./chain-case.ts";

const noCrlSign = authority({ name: "no lists", keyUsage: ["keyCertSign"] });
const empty = crl(root);
const leafIn = (options: Parameters<typeof crl>[2]): { readonly pem: string } =>
  crl(root, [], options);

export const REVOCATION_CHAINS: readonly ChainCase[] = [
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
