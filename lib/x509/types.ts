/** Certificates as plain data, and what can be wrong with a chain of them. */

/** A distinguished name. */
export interface Name {
  /** The encoded Name. */
  readonly der: Uint8Array;
  /** As OpenSSL's one-line form, "/C=DE/CN=pacs"; nothing in it is dangerous. */
  readonly text: string;
}

/** An X.509 certificate (RFC 5280); dates and numbers as it gives them. */
export interface Certificate {
  readonly der: Uint8Array;
  readonly version: 1 | 2 | 3;
  /** Hexadecimal, upper case, pairs of digits. */
  readonly serialNumber: string;
  readonly subject: Name;
  readonly issuer: Name;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly publicKey: {
    /** "RSA", "EC", "Ed25519", …; a dotted OID if there is no name for it. */
    readonly algorithm: string;
    /** Undefined where it says nothing, or cannot be told. */
    readonly bits: number | undefined;
  };
  /** Hash of the signature, "SHA256"; undefined: it is in the key's algorithm. */
  readonly signatureHash: string | undefined;
  /** SHA-256 of `der`, as "AB:CD:…". */
  readonly fingerprint: string;
  /** Critical extensions that nothing here knows how to honour, as OIDs. */
  readonly unknownCritical: readonly string[];
  /** Undefined: there is no such extension. */
  readonly basicConstraints:
    | { readonly ca: boolean; readonly pathLength: number | undefined }
    | undefined;
  /** Undefined: there is no such extension, so every usage is allowed. */
  readonly keyUsage:
    | {
      readonly digitalSignature: boolean;
      readonly keyEncipherment: boolean;
      readonly keyAgreement: boolean;
      readonly keyCertSign: boolean;
      readonly crlSign: boolean;
    }
    | undefined;
  /** OIDs; undefined: there is no such extension. */
  readonly extendedKeyUsage: readonly string[] | undefined;
  readonly alternativeNames: {
    readonly dns: readonly string[];
    /** As text, IPv6 in its shortest form. */
    readonly ip: readonly string[];
  };
  /** All alternative names as they are encoded; for name constraints. */
  readonly generalNames?: readonly GeneralName[] | undefined;
  /** Undefined: it may issue for whatever name. */
  readonly nameConstraints?: NameConstraints | undefined;
  /** The old extension nsCertType; undefined: there is none. */
  readonly netscapeType?:
    | { readonly client: boolean; readonly server: boolean }
    | undefined;
  readonly subjectKeyId: string | undefined;
  readonly authorityKeyId: string | undefined;
  /** The issuer's own issuer and serial number, where these are given. */
  readonly authorityCertificate?: {
    readonly issuer: Name | undefined;
    readonly serialNumber: string | undefined;
  } | undefined;
  /** The last common name of the subject. */
  readonly commonName: string | undefined;
}

/** A GeneralName (section 4.2.1.6): its tag byte tells of which form it is. */
export interface GeneralName {
  readonly tag: number;
  readonly content: Uint8Array;
}

/** One GeneralSubtree (section 4.2.1.10). */
export interface Subtree extends GeneralName {
  /** It has a minimum or maximum, which nobody supports. */
  readonly isRange: boolean;
}

/** For whom an authority, and those below it, may issue (section 4.2.1.10). */
export interface NameConstraints {
  readonly permitted: readonly Subtree[];
  readonly excluded: readonly Subtree[];
}

/** Why a chain of certificates is not trusted (RFC 5280 section 6). */
export type ChainProblem =
  /** The peer showed none, or what it showed cannot be read. */
  | { readonly kind: "no-certificate" }
  | { readonly kind: "unreadable"; readonly detail: string }
  | { readonly kind: "expired"; readonly certificate: Certificate }
  | { readonly kind: "not-yet-valid"; readonly certificate: Certificate }
  /**
   * Nobody who is trusted has issued `certificate`; its issuer is wanted.
   * `given`: it is an anchor itself, but not a root.
   */
  | {
    readonly kind: "unknown-issuer";
    readonly certificate: Certificate;
    readonly given?: boolean;
  }
  /** The peer's own certificate, signed by itself and not trusted. */
  | { readonly kind: "self-signed"; readonly certificate: Certificate }
  /** The chain ends at a root that is not trusted. */
  | { readonly kind: "untrusted-root"; readonly certificate: Certificate }
  | { readonly kind: "bad-signature"; readonly certificate: Certificate }
  /** It has issued another, and may not; `name`: not for this one. */
  | {
    readonly kind: "not-an-authority";
    readonly certificate: Certificate;
    readonly name?: {
      readonly text: string;
      readonly is: "excluded" | "not-permitted";
    };
  }
  | { readonly kind: "path-too-long"; readonly certificate: Certificate }
  /** Of key usage or extended key usage: not for that side of TLS. */
  | {
    readonly kind: "wrong-usage";
    readonly certificate: Certificate;
    readonly purpose: "server" | "client";
  }
  | {
    readonly kind: "unknown-extension";
    readonly certificate: Certificate;
    readonly oid: string;
  }
  | {
    readonly kind: "revoked";
    readonly certificate: Certificate;
    readonly since: Date;
    /** "keyCompromise"; undefined: none is given. */
    readonly reason: string | undefined;
  }
  /** There is no revocation list of the issuer of `certificate`. */
  | { readonly kind: "no-crl"; readonly certificate: Certificate }
  | {
    readonly kind: "crl-expired" | "crl-not-yet-valid";
    readonly certificate: Certificate;
    readonly date: Date;
  }
  /** `notForLists`: its issuer may not sign revocation lists. */
  | {
    readonly kind: "crl-bad-signature";
    readonly certificate: Certificate;
    readonly notForLists?: boolean;
  }
  | {
    readonly kind: "wrong-name";
    readonly certificate: Certificate;
    readonly wanted: string;
  }
  /** Its key is too short or its hash too weak for what is asked. */
  | {
    readonly kind: "too-weak";
    readonly certificate: Certificate;
    readonly detail: string;
  };

/** A complete revocation list (RFC 5280 section 5). */
export interface RevocationList {
  readonly der: Uint8Array;
  readonly issuer: Name;
  readonly thisUpdate: Date;
  /** Undefined: it does not say, so it does not end. */
  readonly nextUpdate: Date | undefined;
  readonly authorityKeyId: string | undefined;
  /** The entries as they are encoded: there may be a million of them. */
  readonly entries: Uint8Array;
}

export interface Revoked {
  readonly since: Date;
  /** "keyCompromise"; undefined: none is given. */
  readonly reason: string | undefined;
}

/** Something that is no certificate or revocation list, in a person's words. */
export class X509Error extends Error {
  override readonly name = "X509Error";
  /** @param isUnsupported nothing is wrong with it, but it is beyond us. */
  constructor(message: string, readonly isUnsupported = false) {
    super(message);
  }
}
