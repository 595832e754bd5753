/** Chains that end at an anchor or not, and who may stand in them. */

import { authority, issue } from "../support/certificates.ts";
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
const v1Root = authority({ name: "Old root", version: 1 });
const v1Ca = issue(root, { name: "Old CA of version 1", version: 1 });
const path0 = issue(root, { name: "path 0", ca: true, pathLength: 0 });
const path0Sub = issue(path0, { name: "sub", ca: true });
const path0Self = issue(path0, { name: "path 0", ca: true });
const path1 = authority({ name: "path 1", pathLength: 1 });
const path1Sub = issue(path1, { name: "one below", ca: true });

export const PATH_CHAINS: readonly ChainCase[] = [
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
];
