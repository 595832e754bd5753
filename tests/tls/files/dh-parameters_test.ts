import assert from "node:assert/strict";
import { toPem } from "../../../lib/base/pem.ts";
import {
  type DhParameters,
  readDhParameters,
} from "../../../lib/tls/files/dh-parameters.ts";
import { integer, sequence } from "../../support/der.ts";

/** RFC 2409 section 6.2: a safe prime of 1024 bits. */
const PRIME = BigInt(
  "0xFFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74" +
    "020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437" +
    "4FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED" +
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381FFFFFFFFFFFFFFFF",
);

function number(value: bigint): Uint8Array {
  const digits = value.toString(16);
  return integer(Uint8Array.fromHex(digits.length % 2 ? `0${digits}` : digits));
}

async function read(
  values: readonly bigint[],
  label = "DH PARAMETERS",
): Promise<DhParameters> {
  const pem = toPem(label, sequence(...values.map(number)));
  return await readDhParameters(new TextEncoder().encode(pem));
}

Deno.test("takes the parameters of both kinds", async () => {
  const valid = { kind: "valid", bits: 1024 };
  assert.deepEqual(await read([PRIME, 2n]), valid);
  assert.deepEqual(await read([PRIME, 2n, 160n]), valid);
  assert.deepEqual(
    await read([PRIME, 4n, (PRIME - 1n) / 2n], "X9.42 DH PARAMETERS"),
    valid,
  );
});

Deno.test("refuses what is no Diffie-Hellman group", async () => {
  const cases = [
    [[PRIME + 2n, 2n], /not prime/],
    [[PRIME, 1n], /generator/],
    [[PRIME, PRIME - 1n], /generator/],
    [[PRIME], /damaged/],
    [[23n, 5n], /5 bits/],
    [[1n << 10_001n, 2n], /10002 bits|damaged/],
  ] as const;
  for (const [values, expected] of cases) {
    const result = await read(values);
    assert.match(result.kind === "invalid" ? result.cause : "", expected);
  }
  const order = await read([PRIME, 4n, 7919n], "X9.42 DH PARAMETERS");
  assert.match(order.kind === "invalid" ? order.cause : "", /order/);
});

Deno.test("refuses a file of something else", async () => {
  const result = await read([PRIME, 2n], "CERTIFICATE");
  assert.match(result.kind === "invalid" ? result.cause : "", /no DH PARAM/);
});

Deno.test("a number longer than any group in use is not tested for a prime", async () => {
  const bits = 9000;
  // Odd, but a multiple of 3.
  const long = (1n << BigInt(bits - 1)) + 1n;
  assert.deepEqual(await read([long, 2n]), { kind: "valid", bits });
});
