/**
 * The one table of options. Parsing, checks, help, `--arguments` and tests are
 * driven by it; its words for a person stand in descriptions.ts.
 *
 * Rows stand in the order in which they are checked. Of several exclusive
 * options the first row counts.
 */

import { TRANSFER_SYNTAXES } from "../base/uids.ts";
import { OPERATOR_TABLE } from "./operator-options.ts";
import type { NumberRange, OptionRow } from "./option-row.ts";

/** What holds without an option, where that is a value. */
export const DEFAULTS = {
  level: "warn",
  callingAeTitle: "ECHOSCU",
  calledAeTitle: "ANY-SCP",
  socketTimeout: 60,
  acseTimeout: 30,
  maximumLength: 16384,
  repeat: 1,
  transferSyntaxCount: 1,
  presentationContextCount: 1,
} as const;

/** The second parameter. */
export const PORT_RANGE = {
  reading: "unsigned",
  min: 1,
  max: 65535,
} as const satisfies NumberRange;

const VERBOSITY = ["--verbose", "--debug", "--quiet"] as const;
const TLS = ["--enable-tls", "--anonymous-tls"] as const;

// What the rows of a section have in common.
const GENERAL = { section: "general", exclusive: true } as const;
const LOGGING = { section: "logging" } as const;
const ADDRESS = { section: "address", family: "address" } as const;
const TITLES = { section: "titles", values: ["TITLE"] } as const;
const NETWORK = { section: "network" } as const;
const SECONDS = {
  section: "network",
  values: ["SECONDS"],
  range: { reading: "signed", min: 1 },
} as const;
const NEGOTIATION = { section: "negotiation", values: ["N"] } as const;
const TRANSPORT = { section: "transport", family: "transport" } as const;
const PASSWORD = {
  section: "password",
  family: "password",
  needs: [["--enable-tls"]],
} as const;
const FORMAT = {
  section: "format",
  family: "format",
  needs: [TLS],
  offline: true,
} as const;
const SERVER_NAME = { section: "server-name" } as const;
const SEED = { section: "seed", needs: [TLS] } as const;
const WRITE_SEED = {
  section: "seed",
  family: "write-seed",
  needs: [TLS, ["--seed"]],
} as const;
const PEER = {
  section: "peer-authentication",
  family: "peer-authentication",
  needs: [TLS],
} as const;
const PROFILE = {
  section: "profile",
  family: "profile",
  needs: [TLS],
} as const;
const AUTHORITIES = {
  section: "authorities",
  needs: [TLS],
  offline: true,
} as const;
const AUTHORITY_FILE = {
  ...AUTHORITIES,
  values: ["FILE"],
  repeatable: true,
} as const;
const CIPHERSUITE = { section: "ciphersuite", needs: [TLS] } as const;
const LISTS = { section: "lists", exclusive: true } as const;
const OFFLINE = {
  section: "offline",
  values: ["FILE"],
  exclusive: true,
} as const;

const TABLE = [
  { ...GENERAL, long: "--help", short: "-h" },
  { ...GENERAL, long: "--version" },

  { ...LOGGING, long: "--quiet", short: "-q", family: "verbosity" },
  { ...LOGGING, long: "--verbose", short: "-v", family: "verbosity" },
  { ...LOGGING, long: "--debug", short: "-d", family: "verbosity" },
  {
    ...LOGGING,
    long: "--log-level",
    short: "-ll",
    values: ["LEVEL"],
    default: DEFAULTS.level,
    conflicts: [VERBOSITY],
  },
  {
    ...LOGGING,
    long: "--log-config",
    short: "-lc",
    values: ["FILE"],
    conflicts: [["--log-level"], VERBOSITY],
  },
  { ...LOGGING, long: "--arguments" },

  { ...ADDRESS, long: "--ipv4", short: "-i4" },
  { ...ADDRESS, long: "--ipv6", short: "-i6" },
  { ...ADDRESS, long: "--ip-auto", short: "-i0", default: true },

  {
    ...TITLES,
    long: "--aetitle",
    short: "-aet",
    default: DEFAULTS.callingAeTitle,
  },
  { ...TITLES, long: "--call", short: "-aec", default: DEFAULTS.calledAeTitle },

  { ...SECONDS, long: "--timeout", short: "-to" },
  {
    ...SECONDS,
    long: "--socket-timeout",
    short: "-ts",
    range: { reading: "signed", min: -1 },
    default: DEFAULTS.socketTimeout,
  },
  {
    ...SECONDS,
    long: "--acse-timeout",
    short: "-ta",
    default: DEFAULTS.acseTimeout,
  },
  { ...SECONDS, long: "--dimse-timeout", short: "-td" },
  {
    ...NETWORK,
    long: "--max-pdu",
    short: "-pdu",
    values: ["BYTES"],
    range: { reading: "unsigned", min: 4096, max: 131072 },
    default: DEFAULTS.maximumLength,
  },
  {
    ...NETWORK,
    long: "--repeat",
    values: ["N"],
    range: { reading: "unsigned", min: 1 },
    default: DEFAULTS.repeat,
  },
  { ...NETWORK, long: "--abort" },

  {
    ...NEGOTIATION,
    long: "--propose-ts",
    short: "-pts",
    range: { reading: "unsigned", min: 1, max: TRANSFER_SYNTAXES.length },
    default: DEFAULTS.transferSyntaxCount,
  },
  {
    ...NEGOTIATION,
    long: "--propose-pc",
    short: "-ppc",
    range: { reading: "unsigned", min: 1, max: 128 },
    default: DEFAULTS.presentationContextCount,
  },

  { ...TRANSPORT, long: "--disable-tls", short: "-tls", default: true },
  {
    ...TRANSPORT,
    long: "--enable-tls",
    short: "+tls",
    values: ["KEY", "CERT"],
    beside: "--anonymous-tls",
  },
  { ...TRANSPORT, long: "--anonymous-tls", short: "+tla" },

  { ...PASSWORD, long: "--std-passwd", short: "+ps", default: true },
  {
    ...PASSWORD,
    long: "--use-passwd",
    short: "+pw",
    values: ["PASSWORD"],
    secret: true,
  },
  { ...PASSWORD, long: "--null-passwd", short: "-pw" },

  { ...FORMAT, long: "--pem-keys", short: "-pem", default: true },
  { ...FORMAT, long: "--der-keys", short: "-der" },

  { ...CIPHERSUITE, long: "--dhparam", short: "+dp", values: ["FILE"] },

  { ...SERVER_NAME, long: "--request-sni", values: ["NAME"] },
  {
    ...SERVER_NAME,
    long: "--no-sni",
    conflicts: [["--request-sni"]],
    default: true,
  },

  { ...SEED, long: "--seed", short: "+rs", values: ["FILE"] },
  { ...WRITE_SEED, long: "--write-seed", short: "+ws" },
  { ...WRITE_SEED, long: "--write-seed-file", short: "+wf", values: ["FILE"] },

  { ...PEER, long: "--require-peer-cert", short: "-rc", default: true },
  { ...PEER, long: "--ignore-peer-cert", short: "-ic" },
  { ...PEER, long: "--verify-peer-cert", short: "-vc" },
  {
    section: "peer-authentication",
    long: "--verify-hostname",
    needs: [TLS],
    conflicts: [["--ignore-peer-cert"]],
  },

  { ...PROFILE, long: "--profile-8996", short: "+pg", default: true },
  { ...PROFILE, long: "--profile-8996-mod", short: "+pm" },
  { ...PROFILE, long: "--profile-bcp195", short: "+px" },
  { ...PROFILE, long: "--profile-bcp195-nd", short: "+py" },
  { ...PROFILE, long: "--profile-bcp195-ex", short: "+pz" },
  { ...PROFILE, long: "--profile-basic", short: "+pb" },
  { ...PROFILE, long: "--profile-aes", short: "+pa" },
  { ...PROFILE, long: "--profile-null", short: "+pn" },

  { ...AUTHORITY_FILE, long: "--add-cert-file", short: "+cf" },
  { ...AUTHORITY_FILE, long: "--add-cert-dir", short: "+cd", values: ["DIR"] },
  { ...AUTHORITY_FILE, long: "--add-crl-file", short: "+crl" },
  { ...AUTHORITIES, long: "--enable-crl-vfy", short: "+crv" },
  {
    ...AUTHORITIES,
    long: "--enable-crl-all",
    short: "+cra",
    conflicts: [["--enable-crl-vfy"]],
  },

  {
    ...CIPHERSUITE,
    long: "--cipher",
    short: "+cs",
    values: ["NAME"],
    conflicts: [["--profile-bcp195-ex"]],
    repeatable: true,
  },

  { ...LISTS, long: "--list-ciphers", short: "+cc" },
  { ...LISTS, long: "--list-profiles", short: "+ph" },

  { ...OFFLINE, long: "--verify-cert", short: "+vc" },
  { ...OFFLINE, long: "--is-root-cert", short: "+rc" },

  ...OPERATOR_TABLE,
] as const satisfies readonly OptionRow<string, string>[];

/** The long name of an option: what the program knows it by. */
export type OptionName = (typeof TABLE)[number]["long"];

/** What belongs together in the help text. */
export type OptionSection = (typeof TABLE)[number]["section"];

/** One option: the compiler checks every name that a row mentions. */
export type OptionSpec = OptionRow<OptionName, OptionSection>;

/** Every option, in the order of the table. */
export const OPTIONS: readonly OptionSpec[] = TABLE;
