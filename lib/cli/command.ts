/** What a command line asks for: the result of parsing, and all it carries. */

import type { LogLevel } from "../log/log.ts";
import type { Properties } from "../log/properties.ts";
import type { VerificationSettings } from "../verify/settings.ts";

/** Where log lines go and from which level on. */
export type LogSettings =
  /** To standard error; "off" prints nothing at all. */
  | { readonly level: LogLevel | "off"; readonly config: undefined }
  /** As `--log-config` says. The file is read once, for it may be a pipe. */
  | {
    readonly level: undefined;
    readonly config: { readonly file: string; readonly properties: Properties };
  };

/** What the transport is to be. */
export type TransportSettings =
  | { readonly kind: "tcp" }
  | { readonly kind: "tls"; readonly tls: TlsSettings };

/** Profiles of PS3.15 Annex B by the end of the option's name. */
export type TlsProfile =
  | "8996"
  | "8996-mod"
  | "bcp195"
  | "bcp195-nd"
  | "bcp195-ex"
  | "basic"
  | "aes"
  | "null";

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
  readonly peerAuthentication: "require" | "ignore";
}

/** A command line that was understood. */
export type Command =
  | { readonly kind: "usage" | "help" | "version" }
  | { readonly kind: "list-ciphers" | "list-profiles" }
  | {
    readonly kind: "verify-certificate" | "is-root-certificate";
    readonly file: string;
    readonly log: LogSettings;
    readonly tls: TlsSettings;
    readonly echo: string | undefined;
  }
  | {
    readonly kind: "verify";
    readonly settings: VerificationSettings;
    readonly transport: TransportSettings;
    readonly log: LogSettings;
    /**
     * The message of `--arguments`, if it was asked for: logged as information
     * whatever the level is, ahead of all else. It ends with an empty line.
     */
    readonly echo: string | undefined;
  }
  | {
    readonly kind: "error";
    /** What stands after "error: ". */
    readonly message: string;
    /** `--quiet` keeps it back; with `--log-config`, the root logger may. */
    readonly silent: boolean;
    /** How `echo` is to be logged; undefined: logging was not looked at. */
    readonly log: LogSettings | undefined;
    readonly echo: string | undefined;
  };
