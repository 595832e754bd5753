/**
 * What a failure of TLS is called: the reference's condition, and under it one
 * line that says what it means and what to do about it.
 */

import type { Condition } from "../base/condition.ts";
import { escapeControls, hex } from "../base/text.ts";
import type { PeerProtocol } from "../net/peer-protocol.ts";
import { alertName, CLOSE_NOTIFY } from "./alerts.ts";
import type { EngineFailure } from "./failure.ts";

function outer(code: string, text: string): Condition {
  return { code: `000b:${code}`, text };
}

/** Module 000b is the reference's for TLS; its numbers have a meaning there. */
const REFERENCE = {
  cannotCreate: outer("0001", "Unable to create TLS transport layer"),
  notAllowed: outer(
    "000a",
    "Ciphersuite not allowed in current DICOM security profile",
  ),
  timeout: outer(
    "000b",
    "TLS read operation did not complete (SSL_ERROR_WANT_READ)",
  ),
  other: outer("0014", "Other TLS error (unknown SSL_ERROR code)"),
  reset: outer("0017", "OpenSSL I/O error (SSL_ERROR_SYSCALL)"),
  certificate: outer("0886", "TLS error: certificate verify failed"),
  wrongVersion: outer("090b", "TLS error: wrong version number"),
  closed: outer("0926", "TLS error: unexpected eof while reading"),
} as const;

/** Alerts are numbered from here (OpenSSL's numbers in the reference's). */
const ALERT_OFFSET = 0x0be8;

/** Numbers of module 000b that the reference leaves free, for the causes. */
const CAUSE = {
  certificate: 0x0f01,
  clientCertificateWanted: 0x0f02,
  clientCertificateRefused: 0x0f03,
  nothingInCommon: 0x0f04,
  notAllowed: 0x0f05,
  unavailable: 0x0f06,
  unproven: 0x0f07,
  plainDicom: 0x0f08,
  otherProtocol: 0x0f09,
  closed: 0x0f0a,
  alert: 0x0f0b,
  fault: 0x0f0c,
  timeout: 0x0f0d,
  runtime: 0x0f0e,
  lacking: 0x0f0f,
} as const;

function cause(kind: keyof typeof CAUSE, text: string): Condition {
  return { code: causeCode(kind), text };
}

/** By which a cause can be told from others, whatever its text. */
export function causeCode(kind: keyof typeof CAUSE): string {
  return outer(hex(CAUSE[kind], 4), "").code;
}

/** Last of the causes where only OpenSSL's program could go on. */
export function needsOpenssl(reason: string): Condition {
  return cause(
    "unavailable",
    `other versions and suites need the openssl program: ${reason}`,
  );
}

/** @param version of the runtime, one whose TLS does not verify. */
export function runtimeCondition(version: string): Condition {
  return {
    ...REFERENCE.cannotCreate,
    cause: cause(
      "runtime",
      `TLS of Deno ${escapeControls(version)} does not verify the peer: ` +
        "use Deno 2.8 or later",
    ),
  };
}

/** @param problem what was found with the peer's certificate. */
export function certificateCondition(
  problem: string | Condition,
): Condition {
  return {
    ...REFERENCE.certificate,
    cause: typeof problem === "string"
      ? cause("certificate", problem)
      : problem,
  };
}

/** All failures but those of certificates, which others find words for. */
export function failureCondition(failure: EngineFailure): Condition {
  switch (failure.kind) {
    case "alert":
      return alertCondition(failure);
    case "not-allowed":
      return {
        ...REFERENCE.notAllowed,
        cause: cause(
          "notAllowed",
          `the peer chose ${failure.version} with ${failure.suite}: ` +
            `use +cs ${failure.suite}, or a profile that has it (+ph)`,
        ),
      };
    case "not-tls":
      return { ...REFERENCE.wrongVersion, cause: notTls(failure) };
    case "closed":
      return {
        ...(failure.reset ? REFERENCE.reset : REFERENCE.closed),
        cause: cause(
          "closed",
          "the peer closed the connection in the TLS handshake, no reason " +
            "given: if it speaks plain DICOM, leave out +tls and +tla",
        ),
      };
    case "timeout":
      return {
        ...REFERENCE.timeout,
        cause: cause("timeout", "the TLS handshake took too long: see -to"),
      };
    case "interrupted":
      return {
        ...REFERENCE.timeout,
        cause: cause("timeout", "the TLS handshake was interrupted"),
      };
    case "unavailable":
      return {
        ...REFERENCE.cannotCreate,
        cause: unavailableCause(failure),
      };
    case "unproven":
      return {
        ...REFERENCE.certificate,
        cause: cause(
          "unproven",
          "whether the peer has the key of its certificate cannot be checked " +
            `(${escapeControls(failure.detail)}): install the openssl program`,
        ),
      };
    case "protocol":
      return { ...REFERENCE.other, cause: protocolFault(failure.detail) };
  }
}

function unavailableCause(
  { wanted, lacking }: Extract<EngineFailure, { readonly kind: "unavailable" }>,
): Condition {
  const nothing = `this installation has no TLS for ${escapeControls(wanted)}`;
  return lacking
    ? cause(
      "lacking",
      `${nothing}: neither the runtime nor the openssl program that is ` +
        "installed has it, see +cc for what there is",
    )
    : cause(
      "unavailable",
      `${nothing}: install the openssl program, or see +cc for what there is`,
    );
}

type Alert = Extract<EngineFailure, { readonly kind: "alert" }>;

function alertCondition(alert: Alert): Condition {
  const { reason } = alertName(alert.description);
  const code = hex(ALERT_OFFSET + alert.description, 4);
  return {
    ...outer(code, `TLS error: ${reason}`),
    cause: alertCause(alert),
  };
}

const DEMAND = "the peer demands a client certificate: use +tls KEY CERT";
const COMMON = "see +ph and +cs for what can be offered";

const HANDSHAKE_FAILURE = 40;
const CERTIFICATE_REQUIRED = 116;

/** Why a peer does not accept a certificate, by the alert it sends. */
const REFUSED: ReadonlyMap<number, string> = new Map([
  [41, "it has none that it wants"],
  [42, "it finds it faulty"],
  [43, "it is of a kind that it does not know"],
  [44, "it has been revoked"],
  [45, "it has expired, or the peer's clock is wrong"],
  [46, "it does not say why, its log may"],
  [48, "it does not trust its issuer"],
  [49, "it has no access"],
]);

function alertCause(alert: Alert): Condition {
  const { description, ours } = alert;
  const refused = REFUSED.get(description);
  if (description === CERTIFICATE_REQUIRED || (refused && !ours)) {
    return cause("clientCertificateWanted", DEMAND);
  }
  if (refused !== undefined) {
    return cause(
      "clientCertificateRefused",
      `the peer does not accept our certificate, ${refused}: ` +
        "let it trust the one of +tls, or use another",
    );
  }
  switch (description) {
    case CLOSE_NOTIFY:
      return cause("closed", "the peer closed TLS and gave no reason");
    case HANDSHAKE_FAILURE:
      return handshakeFailure(alert);
    case 70:
    case 86:
      return cause(
        "nothingInCommon",
        `the peer has no TLS version that was offered: ${COMMON}`,
      );
    case 71:
      return cause(
        "nothingInCommon",
        `no suite that was offered is secure enough for the peer: ${COMMON}`,
      );
    case 112:
      return cause(
        "alert",
        "the peer does not know the name of --request-sni: use --no-sni",
      );
    default:
      return cause(
        "alert",
        `the peer gave up TLS with the alert ${
          alertName(description).name
        } (${description}): its log may say more`,
      );
  }
}

/** The one alert that peers send for two reasons. */
function handshakeFailure({ ours, first }: Alert): Condition {
  if (first === false && !ours) {
    return cause("clientCertificateWanted", DEMAND);
  }
  const text = `the peer has no suite or version that was offered: ${COMMON}`;
  if (first === true) return cause("nothingInCommon", text);
  return ours
    ? cause(
      "clientCertificateRefused",
      "the peer gave up the handshake: it does not accept our certificate, " +
        `or has no suite that was offered (${COMMON})`,
    )
    : cause("nothingInCommon", `${text}; or +tls, if it wants a certificate`);
}

const SPOKEN: Readonly<Record<PeerProtocol, string | undefined>> = {
  DICOM: "plain DICOM",
  TLS: undefined,
  HTTP: "HTTP",
  SSH: "SSH",
  HL7: "HL7 (MLLP)",
  "FTP or SMTP": "FTP or SMTP",
  unknown: undefined,
};

/** Bytes of an unknown answer that are shown. */
const SHOWN = 16;

function notTls(
  { protocol, bytes }: Extract<EngineFailure, { readonly kind: "not-tls" }>,
): Condition {
  if (protocol === "DICOM") {
    return cause(
      "plainDicom",
      "the peer speaks plain DICOM on this port: leave out +tls and +tla",
    );
  }
  const spoken = SPOKEN[protocol];
  const begin = [...bytes.subarray(0, SHOWN)]
    .map((byte) => hex(byte, 2)).join(" ");
  return cause(
    "otherProtocol",
    spoken === undefined
      ? `the peer does not speak TLS, it answers ${begin}: check the port`
      : `the peer speaks ${spoken} on this port, not TLS: check the port`,
  );
}

/** Of the words of an engine, in characters. */
const LONGEST_DETAIL = 200;

function protocolFault(detail: string): Condition {
  const words = escapeControls(detail.slice(0, LONGEST_DETAIL));
  return /^peer is incompatible/.test(words)
    ? cause(
      "nothingInCommon",
      `the peer and we have no version or suite in common (${words}): ${COMMON}`,
    )
    : cause("fault", `TLS found a fault: ${words}`);
}
