/** The words of the help text; nothing else needs them. */

import type { OptionName, OptionSection } from "./options.ts";

/** A section of the table under its heading. */
export interface SectionText {
  readonly section: OptionSection;
  readonly title: string;
}

/** The groups of the help text and what stands in them, in its order. */
export const GROUPS: readonly (readonly [string, readonly SectionText[]])[] = [
  ["general options", [
    { section: "general", title: "information" },
    { section: "logging", title: "what is printed" },
  ]],
  ["network options", [
    { section: "address", title: "kind of IP address" },
    { section: "titles", title: "application entities" },
    { section: "network", title: "time limits, sizes and repetition" },
    { section: "negotiation", title: "trying out the negotiation" },
  ]],
  ["secure connection (TLS) options", [
    { section: "transport", title: "kind of connection" },
    { section: "password", title: "password of the private key" },
    { section: "format", title: "format of keys, certificates and CRLs" },
    { section: "authorities", title: "who is trusted" },
    { section: "peer-authentication", title: "certificate of the peer" },
    { section: "profile", title: "security profile" },
    { section: "ciphersuite", title: "cipher suites" },
    { section: "server-name", title: "server name indication (SNI)" },
    { section: "seed", title: "random numbers" },
    { section: "lists", title: "what is supported" },
    { section: "offline", title: "certificates without a connection" },
  ]],
  ["operators' options, which DCMTK's echoscu does not have", [
    { section: "diagnosis", title: "what failed, and when to give up" },
    { section: "results", title: "results for other programs" },
    { section: "series", title: "series of echoes" },
    { section: "many", title: "many peers" },
    { section: "jobs", title: "other jobs" },
  ]],
];

/** The two parameters, in their order. */
export const PARAMETERS: readonly (readonly [string, string])[] = [
  ["peer", "host name or IP address of the peer"],
  ["port", "TCP port the peer listens on, 1 to 65535"],
];

/** One sentence an option, without the values and defaults of the table. */
export const DESCRIPTIONS: Readonly<Record<OptionName, string>> = {
  "--help": "show this text and end",
  "--version": "show version and runtime and end",

  "--quiet": "print fatal errors only",
  "--verbose": "print each step",
  "--debug": "print details of each step",
  "--log-level": "print from this level on: " +
    "fatal, error, warn, info, debug or trace",
  "--log-config": "take the logging set-up from a log4cplus properties file",
  "--arguments": "print all arguments, command files expanded, and go on",

  "--ipv4": "reach the peer over IPv4 only",
  "--ipv6": "reach the peer over IPv6 only",
  "--ip-auto": "use whatever addresses the peer's name has",

  "--aetitle": "our AE title",
  "--call": "the peer's AE title",

  "--timeout": "longest time to look the name up and to connect; without " +
    "it, the system's limit",
  "--socket-timeout":
    "longest time for one PDU to be received or sent; 0 or -1: no limit",
  "--acse-timeout": "longest wait for an answer to association and release " +
    "requests",
  "--dimse-timeout":
    "longest wait for an echo response; without it, --socket-timeout holds",
  "--max-pdu": "longest PDU that we accept",
  "--repeat": "number of echo requests on the association",
  "--abort": "end with an abort in place of a release",

  "--propose-ts": "number of transfer syntaxes proposed",
  "--propose-pc": "number of presentation contexts proposed",

  "--disable-tls": "connect without TLS",
  "--enable-tls": "connect with TLS and show this certificate to the peer",
  "--anonymous-tls": "connect with TLS and no certificate of our own",

  "--std-passwd": "read it from standard input when the key needs one",
  "--use-passwd": "give it here, where other users of the machine may see it",
  "--null-passwd": "the password is empty",

  "--pem-keys": "PEM",
  "--der-keys": "DER",

  "--dhparam": "read Diffie-Hellman parameters; checked, then unused: only " +
    "a server needs them",
  "--cipher": "add a suite, by its IANA name, to those of the profile",

  "--request-sni": "name the server that is wanted",
  "--no-sni": "send no server name",

  "--seed": "read random bytes; the system's generator is used all the same",
  "--write-seed": "put fresh random bytes into the file of --seed",
  "--write-seed-file": "put fresh random bytes into this file",

  "--require-peer-cert": "go on only if it is valid",
  "--verify-peer-cert": "the same as --require-peer-cert, because a server " +
    "always presents one; with --listen, a caller need not",
  "--ignore-peer-cert": "do not check it",
  "--verify-hostname": "it must also be for PEER by name or address",

  "--profile-8996": "BCP 195, RFC 8996",
  "--profile-8996-mod": "BCP 195, RFC 8996, modified",
  "--profile-bcp195": "BCP 195 (retired)",
  "--profile-bcp195-nd": "BCP 195, non-downgrading (retired)",
  "--profile-bcp195-ex": "BCP 195, extended (retired)",
  "--profile-basic": "Basic TLS (retired)",
  "--profile-aes": "AES TLS (retired)",
  "--profile-null": "authentication without encryption (retired)",

  "--add-cert-file": "trust the certificates in a file",
  "--add-cert-dir": "trust the certificates in the files of a folder",
  "--add-crl-file": "read a revocation list; the peer's own certificate is " +
    "then looked up",
  "--enable-crl-vfy": "look up the peer's own certificate in the lists",
  "--enable-crl-all": "look up every certificate of the chain in the lists",

  "--list-ciphers": "show the cipher suites and end",
  "--list-profiles": "show the security profiles and end",

  "--verify-cert": "check a certificate against those trusted and end",
  "--is-root-cert": "say whether a certificate is a self-signed root and end",

  "--explain": "print each stage with its time, why it failed, and what to " +
    "check next",
  "--deadline": "end the whole run within so many seconds",
  "--retry": "try again up to N times where that can help",
  "--retry-delay": "wait so long before trying again",

  "--format": "print the result as text, json, jsonl, nagios, prometheus or " +
    "csv",
  "--output": "write it to a file, which is replaced as a whole",
  "--warning": "seconds outside of which the result is a warning (nagios)",
  "--critical": "seconds outside of which it is critical (nagios)",
  "--cert-warning": "warn if the certificate expires within so many days",
  "--cert-critical": "critical if it expires within so many days",

  "--interval": "wait so long between echoes; Ctrl-C ends with a summary",
  "--reconnect": "open a new association for each echo",

  "--peers": "check all peers of a CSV, JSON or YAML file; -: standard input",
  "--concurrency":
    "check at most so many at a time; without it, silent peers are waited for beside them",

  "--probe": "ask which services the peer would accept, and send no data",
  "--listen": "be the peer: a Verification SCP that shows who calls",
  "--metrics": "serve Prometheus metrics on [ADDRESS:]PORT meanwhile",
};
