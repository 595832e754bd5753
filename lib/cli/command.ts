/** What a command line asks for: the result of parsing, and all it carries. */

import type { AddressFamily } from "../base/address-family.ts";
import type { LogLevel } from "../log/log.ts";
import type { Properties } from "../log/properties.ts";
import type { OperatorSettings } from "../result/settings.ts";
import type { TlsSettings } from "../tls/settings.ts";
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

/** Where to listen; without a host on all addresses. */
export interface ListenAddress {
  readonly hostname: string | undefined;
  readonly port: number;
}

/** Of a listening end, as given: seconds; undefined: not given. */
export interface ListenTimeouts {
  readonly acse: number | undefined;
  readonly dimse: number | undefined;
  /** 0 and less: none. */
  readonly socket: number | undefined;
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
    /** Undefined: nothing was asked for that the reference does not have. */
    readonly operator: OperatorSettings | undefined;
  }
  | {
    readonly kind: "probe";
    readonly settings: VerificationSettings;
    readonly transport: TransportSettings;
    readonly log: LogSettings;
    readonly echo: string | undefined;
    readonly operator: OperatorSettings;
  }
  | {
    readonly kind: "peers";
    /** "-": standard input. */
    readonly file: string;
    /** Undefined: as many at work as usual, and those beside that only wait. */
    readonly concurrency: number | undefined;
    /** What holds for a peer unless the file says otherwise. */
    readonly settings: VerificationSettings;
    readonly transport: TransportSettings;
    readonly log: LogSettings;
    readonly echo: string | undefined;
    readonly operator: OperatorSettings;
    readonly metrics: ListenAddress | undefined;
  }
  | {
    readonly kind: "listen";
    readonly address: ListenAddress;
    readonly addressFamily: AddressFamily;
    readonly timeouts: ListenTimeouts;
    /** Undefined: callers may ask for any title. */
    readonly aeTitle: string | undefined;
    /** In bytes, 4096 to 131072. */
    readonly maximumLength: number;
    readonly transport: TransportSettings;
    readonly log: LogSettings;
    readonly echo: string | undefined;
    readonly operator: OperatorSettings;
    readonly metrics: ListenAddress | undefined;
  }
  | {
    readonly kind: "error";
    /** What stands after "error: ". */
    readonly message: string;
    /** `--quiet` keeps it back; with `--log-config`, the root logger may. */
    readonly silent: boolean;
    /** What `--format` says, as far as the line could be read. */
    readonly format: string | undefined;
    /** How `echo` is to be logged; undefined: logging was not looked at. */
    readonly log: LogSettings | undefined;
    readonly echo: string | undefined;
  };
