/** Chains below authorities that may issue for certain names only. */

import { integer, sequence, tlv, utf8 } from "../support/der.ts";
import type { ChainCase } from "./chain-case.ts";
import {
  ascii,
  clinic,
  directory,
  dns,
  email,
  hospital,
  ip,
  line,
  network,
  NO,
  noLab,
  uri,
} from "./constraint-case.ts";
import { INHERITED_CONSTRAINTS } from "./inherited-constraints.ts";

export const CONSTRAINT_CHAINS: readonly ChainCase[] = [
  line("the very name", hospital, { dns: ["hospital.test"] }, "trusted"),
  line("one below it", hospital, { dns: ["a.b.hospital.test"] }, "trusted"),
  line("whatever the case", hospital, { dns: ["A.Hospital.TEST"] }, "trusted"),
  line("another name", hospital, { dns: ["evil.test"] }, NO),
  line("a name that ends alike", hospital, { dns: ["xhospital.test"] }, NO),
  line("one of two names", hospital, { dns: ["hospital.test", "a.test"] }, NO),
  line("a wildcard below", hospital, { dns: ["*.hospital.test"] }, "trusted"),
  line("not critical", { ...hospital, critical: false }, {
    dns: ["evil.test"],
  }, NO),
  line(
    "one of two permitted",
    {
      permitted: [dns("a.test"), dns("b.test")],
    },
    { dns: ["x.b.test", "a.test"] },
    "trusted",
  ),
  line("with a dot, below", { permitted: [dns(".a.test")] }, {
    dns: ["x.a.test"],
  }, "trusted"),
  line("with a dot, the name itself", { permitted: [dns(".a.test")] }, {
    dns: ["a.test"],
  }, NO),
  line("the empty name is every name", { permitted: [dns("")] }, {
    dns: ["a.test"],
  }, "trusted"),
  line("all are excluded", { excluded: [dns("")] }, { dns: ["a.test"] }, NO),
  line("excluded", noLab, { dns: ["x.lab.test"] }, NO),
  line("not excluded", noLab, { dns: ["slab.test"] }, "trusted"),
  line(
    "permitted and excluded",
    {
      ...hospital,
      excluded: [dns("secret.hospital.test")],
    },
    { dns: ["a.secret.hospital.test"] },
    NO,
  ),
  line("excluded, with a dot at its end", noLab, { dns: ["lab.test."] }, NO, {
    openssl: 0,
  }),
  line(
    "excluded, but covered by a wildcard",
    {
      excluded: [dns("x.lab.test")],
    },
    { dns: ["*.lab.test"] },
    NO,
    { openssl: 0 },
  ),
  line("no name of the form", hospital, {}, "trusted"),
  line("an address is of another form", hospital, {
    ip: ["10.0.0.1"],
  }, "trusted"),
  line("a common name like a host", hospital, { name: "pacs.evil.test" }, NO),
  line("a common name that is permitted", hospital, {
    name: "pacs.hospital.test",
  }, "trusted"),
  line("a common name beside alternative names", hospital, {
    name: "pacs.evil.test",
    dns: ["hospital.test"],
  }, "trusted"),
  line("a common name beside an address only", hospital, {
    name: "pacs.evil.test",
    ip: ["10.0.0.1"],
  }, NO),
  line("a common name of one label", hospital, { name: "pacs" }, "trusted"),
  line(
    "a common name of one label that is asked for",
    hospital,
    {
      name: "pacs",
    },
    NO,
    { hostname: "pacs", openssl: 0 },
  ),
  line(
    "a common name with a wildcard that is asked for",
    hospital,
    {
      name: "*.evil.test",
    },
    NO,
    { hostname: "pacs.evil.test", openssl: 0 },
  ),
  line("an address in the network", network, { ip: ["10.1.2.3"] }, "trusted"),
  line("an address outside", network, { ip: ["10.2.0.1"] }, NO),
  line("an IPv6 address, IPv4 permitted", network, {
    ip: ["2001:db8:0:0:0:0:0:1"],
  }, NO),
  line(
    "a network that is excluded",
    {
      excluded: [ip(10, 1, 0, 0, 255, 255, 0, 0)],
    },
    { ip: ["10.1.9.9"] },
    NO,
  ),
  line(
    "an IPv6 network",
    {
      permitted: [
        ip(0x20, 1, ...Array(14).fill(0), 255, 255, ...Array(14).fill(0)),
      ],
    },
    { ip: ["2001:db8:0:0:0:0:0:1"] },
    "trusted",
  ),
  line(
    "a network of a wrong length",
    { permitted: [ip(10, 1, 0, 0)] },
    {
      ip: ["10.1.0.1"],
    },
    "unknown-extension",
    { openssl: 53 },
  ),
  line("the subject", { permitted: [directory(clinic)] }, {
    name: [["C", "DE"], ["O", "Clinic"], ["CN", "pacs"]],
  }, "trusted"),
  line("the subject in another case", { permitted: [directory(clinic)] }, {
    name: [["C", "de"], ["O", " CLINIC "], ["CN", "pacs"]],
  }, "trusted"),
  line("another subject", { permitted: [directory(clinic)] }, {
    name: [["C", "DE"], ["O", "Clinics"], ["CN", "pacs"]],
  }, NO),
  line("a shorter subject", { permitted: [directory(clinic)] }, {
    name: [["C", "DE"]],
  }, NO),
  line("a subject that is excluded", { excluded: [directory(clinic)] }, {
    name: [["C", "DE"], ["O", "Clinic"], ["CN", "pacs"]],
  }, NO),
  line(
    "a directory name among the alternative ones",
    {
      excluded: [directory(clinic)],
    },
    { names: [directory([...clinic, ["CN", "x"]])] },
    NO,
  ),
  line("an e-mail address, of which nothing is said", hospital, {
    names: [email("a@evil.test"), dns("hospital.test")],
  }, "trusted"),
  line(
    "constraints on e-mail without any",
    {
      permitted: [email("hospital.test")],
    },
    { dns: ["a.test"] },
    "trusted",
  ),
  line(
    "constraints on e-mail",
    { permitted: [email("hospital.test")] },
    {
      names: [email("a@hospital.test")],
    },
    "unknown-extension",
    { openssl: 0 },
  ),
  line(
    "constraints on e-mail of the subject",
    {
      excluded: [email("hospital.test")],
    },
    {
      name: [["CN", "x"], ["emailAddress", "a@evil.test"]],
    },
    "unknown-extension",
    { openssl: 0 },
  ),
  line(
    "constraints on URIs",
    { permitted: [uri("hospital.test")] },
    {
      names: [uri("http://evil.test/")],
    },
    "unknown-extension",
    { openssl: 47 },
  ),
  line(
    "a minimum",
    { ...hospital, range: [tlv(0x80, Uint8Array.of(1))] },
    {
      dns: ["hospital.test"],
    },
    "unknown-extension",
    { openssl: 49 },
  ),
  line(
    "a minimum of zero",
    {
      ...hospital,
      range: [tlv(0x80, Uint8Array.of(0))],
    },
    { dns: ["hospital.test"] },
    "trusted",
  ),
  line(
    "a maximum",
    { ...hospital, range: [tlv(0x81, Uint8Array.of(1))] },
    {
      dns: ["hospital.test"],
    },
    "unknown-extension",
    { openssl: 49 },
  ),
  line("for any purpose", hospital, { dns: ["evil.test"] }, NO, {
    purpose: "any",
  }),
  ...INHERITED_CONSTRAINTS,
];

/** Whose constraints cannot be read. */
export const DAMAGED_CONSTRAINTS: readonly Uint8Array[] = [
  utf8("x"),
  sequence(integer(1)),
  sequence(tlv(0xa0, integer(1))),
  sequence(tlv(0xa0, sequence(tlv(0xa4, utf8("x"))))),
  sequence(tlv(0xa0, sequence(sequence(tlv(0x82, ascii("a.test")))))),
  sequence(tlv(0xa0, sequence(tlv(0x89, ascii("a.test"))))),
  sequence(tlv(0xa2, sequence(tlv(0x82, ascii("a.test"))))),
];
