import assert from "node:assert/strict";
import { strengthOf } from "../../../lib/tls/policy/weak-certificate.ts";

type Certificate = Parameters<typeof strengthOf>[0];

function certificate(
  algorithm: string,
  bits: number | undefined,
  signatureHash: string | undefined,
): Pick<Certificate, "publicKey" | "signatureHash"> {
  return { publicKey: { algorithm, bits }, signatureHash };
}

const REFUSED = [
  ["any", certificate("RSA", 2048, "MD5"), /peer provided .* 'MD5'/],
  ["RFC 9325", certificate("RSA", 1024, "SHA256"), /RFC 9325 requires .* 1024/],
  ["DICOM", certificate("RSA", 2047, "SHA256"), /^RSA key .* 2047 bits$/],
  ["DICOM", certificate("EC", 224, "SHA256"), /^ECDSA key .* 224 bits$/],
  ["DICOM", certificate("EC", 256, "SHA1"), /requires SHA-256 .* 'SHA1'$/],
] as const;

for (const [rules, one, words] of REFUSED) {
  const { algorithm, bits } = one.publicKey;
  Deno.test(`${algorithm} ${bits} with ${one.signatureHash} is refused by ${rules}`, () => {
    assert.match(strengthOf(one, rules).refusal ?? "", words);
  });
}

const ACCEPTED = [
  ["any", certificate("RSA", 1024, "SHA1"), 2],
  ["any", certificate("EC", 192, "SHA256"), 1],
  ["any", certificate("RSA", 2048, "SHA224"), 1],
  ["RFC 9325", certificate("RSA", 2048, "SHA256"), 0],
  ["RFC 9325", certificate("EC", 192, "SHA1"), 2],
  ["DICOM", certificate("EC", 256, "SHA384"), 0],
  ["DICOM", certificate("Ed25519", 256, undefined), 0],
  ["DICOM", certificate("RSA", 2048, "SHA3-256"), 0],
] as const;

for (const [rules, one, warnings] of ACCEPTED) {
  const { algorithm, bits } = one.publicKey;
  Deno.test(`${algorithm} ${bits} with ${one.signatureHash} passes ${rules}, warnings: ${warnings}`, () => {
    const strength = strengthOf(one, rules);
    assert.equal(strength.refusal, undefined);
    assert.equal(strength.warnings.length, warnings);
  });
}
