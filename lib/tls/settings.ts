/** What the TLS options of a command line ask for. */

/** Profiles of PS3.15 Annex B by the end of the option's name. */
export const TLS_PROFILES = [
  "8996",
  "8996-mod",
  "bcp195",
  "bcp195-nd",
  "bcp195-ex",
  "basic",
  "aes",
  "null",
] as const;

export type TlsProfile = (typeof TLS_PROFILES)[number];

/** Where a private key's password comes from. */
export type PasswordSource =
  | { readonly from: "standard-input" }
  | { readonly from: "command-line"; readonly password: string }
  | { readonly from: "empty" };

/** The TLS options, parsed and checked against each other. */
export interface TlsSettings {
  /** Undefined: no client certificate (`--anonymous-tls`). */
  readonly clientCertificate:
    | {
      readonly keyFile: string;
      readonly certificateFile: string;
      readonly password: PasswordSource;
    }
    | undefined;
  readonly fileFormat: "pem" | "der";
  /** These, the folders and the revocation lists: as given, left to right. */
  readonly certificateFiles: readonly string[];
  readonly certificateDirectories: readonly string[];
  readonly crlFiles: readonly string[];
  /** "leaf" also if there is only a revocation list. */
  readonly revocation: "none" | "leaf" | "chain";
  readonly profile: TlsProfile;
  /** As given, added to those of the profile; not yet known to exist. */
  readonly cipherSuites: readonly string[];
  readonly dhParameterFile: string | undefined;
  readonly serverName:
    | { readonly sni: "none" }
    | { readonly sni: "given"; readonly name: string };
  /** Files as given; `writeTo` is the same file for `--write-seed`. */
  readonly seed:
    | { readonly file: string; readonly writeTo: string | undefined }
    | undefined;
  /** "if-shown": as "require", for a server always shows a certificate. */
  readonly peerAuthentication: "require" | "if-shown" | "ignore";
  /** The peer's certificate must be for the host that is connected to. */
  readonly verifyHostname: boolean;
}

/** What holds where no TLS option says anything else. */
export const DEFAULT_TLS: TlsSettings = {
  clientCertificate: undefined,
  fileFormat: "pem",
  certificateFiles: [],
  certificateDirectories: [],
  crlFiles: [],
  revocation: "none",
  profile: "8996",
  cipherSuites: [],
  dhParameterFile: undefined,
  serverName: { sni: "none" },
  seed: undefined,
  peerAuthentication: "require",
  verifyHostname: false,
};
