/** Chains of authorities with one name, hostile ones, and names of hosts. */

import { authority, issue, type Issued } from "../support/certificates.ts";
import {
  below,
  ca,
  type ChainCase,
  leaf,
  line,
  other,
  pacs,
  past,
  root,
} from "./chain-case.ts";

const oldKey = authority({ name: "Rolled root", subjectKeyId: undefined });
const newKey = authority({ name: "Rolled root", subjectKeyId: undefined });
const withId = authority({ name: "Same name" });
const withOtherId = authority({ name: "Same name" });
const cross = issue(other, {
  name: [["C", "DE"], ["O", "Clinic"], ["CN", "Root"]],
  ca: true,
  key: root,
});
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

export const NAME_CHAINS: readonly ChainCase[] = [
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
];
