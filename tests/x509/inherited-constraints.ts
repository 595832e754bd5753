/** Name constraints that reach below the authority that has them. */

import {
  authority,
  type CertificateOptions,
  issue,
  type Issued,
} from "../support/certificates.ts";
import { sequence } from "../support/der.ts";
import type { ChainCase } from "./chain-case.ts";
import {
  clinic,
  constrained,
  directory,
  dns,
  hospital,
  NO,
  root,
  subtrees,
} from "./constraint-case.ts";

const outer = constrained(root, hospital);
const inner = constrained(outer, { permitted: [dns("ct.hospital.test")] });
const german = constrained(root, { permitted: [directory(clinic)] });
const unlike = issue(german, { name: "unlike CA", ca: true });
const wide = constrained(root, { permitted: [directory(clinic)] }, {
  name: [["C", "DE"], ["O", "Clinic"], ["CN", "Anew"]],
});
const anew = issue(wide, {
  name: [["C", "DE"], ["O", "Clinic"], ["CN", "Anew"]],
  ca: true,
});
const named = constrained(root, hospital, { name: [["CN", "Alike"]] });
const strictRoot = authority({
  name: "Strict root",
  extensions: [{
    oid: "2.5.29.30",
    critical: true,
    value: sequence(...subtrees(0xa0, [dns("hospital.test")])),
  }],
});

function below(
  name: string,
  issuer: Issued,
  others: readonly Issued[],
  anchor: Issued,
  options: Partial<CertificateOptions>,
  expected: ChainCase["expected"],
): ChainCase {
  return {
    name: `constraints: ${name}`,
    presented: [issue(issuer, { name: "leaf", ...options }), ...others],
    anchors: [anchor],
    expected,
  };
}

export const INHERITED_CONSTRAINTS: readonly ChainCase[] = [
  below(
    "of two authorities, within both",
    inner,
    [inner, outer],
    root,
    { dns: ["x.ct.hospital.test"] },
    "trusted",
  ),
  below(
    "of two authorities, within one",
    inner,
    [inner, outer],
    root,
    { dns: ["mr.hospital.test"] },
    NO,
  ),
  below(
    "an authority below is held to them too",
    unlike,
    [unlike, german],
    root,
    { name: [["C", "DE"], ["O", "Clinic"], ["CN", "x"]] },
    NO,
  ),
  below(
    "one that has issued itself anew",
    anew,
    [anew, wide],
    root,
    { name: [["C", "DE"], ["O", "Clinic"], ["CN", "x"]] },
    "trusted",
  ),
  below(
    "one that has issued itself anew does not take them off",
    anew,
    [anew, wide],
    root,
    { name: "x" },
    NO,
  ),
  below(
    "a peer with the name of its issuer is held to them",
    named,
    [named],
    root,
    { name: [["CN", "Alike"]], dns: ["evil.test"] },
    NO,
  ),
  below(
    "of the root, kept",
    strictRoot,
    [],
    strictRoot,
    { dns: ["hospital.test"] },
    "trusted",
  ),
  below(
    "of the root, broken",
    strictRoot,
    [],
    strictRoot,
    { dns: ["evil.test"] },
    NO,
  ),
];
