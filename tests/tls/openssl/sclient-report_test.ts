import assert from "node:assert/strict";
import { SClientReport } from "../../../lib/tls/openssl/sclient-report.ts";

/** As OpenSSL 3.0 prints it, but for the length of the certificate. */
const REPORT = `>>> TLS 1.2, Handshake [length 0005], ClientHello
    01 00 00 01 00
<<< TLS 1.2, RecordHeader [length 0005]
    16 03 02 00 3d
<<< TLS 1.1, Handshake [length 0020], Certificate
    0b 00 00 1c 00 00 19 00 00 12 01 02 03 04 05 06
    07 08 09 0a 0b 0c 0d 0e 0f 10 11 12 00 00 01 ff
>>> TLS 1.1, Handshake [length 000b], Certificate
    0b 00 00 07 00 00 04 00 00 01 07
depth=0 CN = a\\0ACiphersuite: x
verify error:num=18:self-signed certificate
CONNECTION ESTABLISHED
Protocol version: TLSv1.1
Ciphersuite: AES128-SHA
Peer certificate: CN = Protocol version: TLSv1.3
Verification error: self-signed certificate
<<< TLS 1.1, Handshake [length 000b], Certificate
    0b 00 00 07 00 00 04 00 00 01 09
<<< TLS 1.1, Alert [length 0002], warning close_notify
    01 00
`;

function read(text: string, cut = Infinity): SClientReport {
  const report = new SClientReport();
  const bytes = new TextEncoder().encode(text);
  report.push(bytes.subarray(0, Math.min(cut, bytes.length)));
  report.push(bytes.subarray(Math.min(cut, bytes.length)));
  return report;
}

Deno.test("version, suite and certificates are read, wherever the text is cut", () => {
  for (let cut = 0; cut <= REPORT.length; cut++) {
    const report = read(REPORT, cut);
    assert.deepEqual(report.agreed, {
      version: "TLSv1.1",
      cipher: "AES128-SHA",
    });
    assert.deepEqual(report.certificates?.map((one) => one.toHex()), [
      "0102030405060708090a0b0c0d0e0f101112",
      "ff",
    ]);
    assert.deepEqual(report.alert, { description: 0, fatal: false });
    assert.equal(report.error, undefined);
  }
});

Deno.test("nothing is agreed on before the summary is whole", () => {
  const end = REPORT.indexOf("AES128-SHA\n") + "AES128-SHA".length;
  assert.equal(read(REPORT.slice(0, end)).agreed, undefined);
  assert.ok(read(REPORT.slice(0, end + 1)).agreed);
});

Deno.test("names in certificates cannot pass for the summary", () => {
  const lines = "depth=0 CN = x\nCiphersuite: NULL-SHA\n" +
    "Protocol version: TLSv1.3\nCONNECTION ESTABLISHED \n";
  assert.equal(read(lines).agreed, undefined);
  const early = "Protocol version: TLSv1.3\nCiphersuite: NULL-SHA\n";
  assert.equal(read(early).agreed, undefined);
});

Deno.test("a name that looks like a certificate message is not taken for one", () => {
  const name = "<<< TLS 1.3, Handshake [length 000b], Certificate\n" +
    "    0b 00 00 07 00 00 04 00 00 01 09\n";
  const first = read(REPORT).certificates;
  assert.equal(first?.length, 2);
  const forged = REPORT.replace("depth=0 CN = a", `depth=0 CN=x\n${name}`);
  assert.deepEqual(read(forged).certificates, first);
  const cut = "<<< TLS 1.3, Handshake [length 0020], Certificate\n" +
    `    0b 00\ndepth=0 CN=x\n${name}`;
  assert.equal(read(cut).certificates, undefined);
});

Deno.test("a peer's fatal alert stands, whatever comes after", () => {
  const report = read(
    "<<< TLS 1.3, Alert [length 0002], warning x\n    01 5a\n" +
      "<<< TLS 1.3, Alert [length 0002], fatal certificate_required\n" +
      "    02 74\n" +
      "<<< TLS 1.3, Alert [length 0002], warning close_notify\n    01 00\n" +
      ">>> TLS 1.3, Alert [length 0002], fatal x\n    02 2a\n",
  );
  assert.deepEqual(report.alert, { description: 116, fatal: true });
});

Deno.test("the first error is kept, in words", () => {
  const report = read(
    "4007943FDB7F0000:error:0A00010B:SSL routines:ssl3_get_record:" +
      "wrong version number:../ssl/record/ssl3_record.c:354:\n" +
      "40:error:01:a:b:other:c:1:\n",
  );
  assert.equal(report.error, "wrong version number");
});

Deno.test("a certificate message that is cut or too long is not taken for none", () => {
  assert.deepEqual(read("").certificates, []);
  const header = (length: string): string =>
    `<<< TLS 1.2, Handshake [length ${length}], Certificate\n    0b 00\n`;
  assert.equal(read(header("0009")).certificates, undefined);
  assert.equal(read(header("ffffff")).certificates, undefined);
  assert.equal(read(header("0002")).certificates, undefined);
});

Deno.test("a line without an end is not kept", () => {
  const report = new SClientReport();
  for (let count = 0; count < 100; count++) {
    report.push(new Uint8Array(10_000).fill(0x41));
  }
  report.push(new TextEncoder().encode("\n" + REPORT));
  assert.ok(report.agreed);
});
