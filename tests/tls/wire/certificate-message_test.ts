import assert from "node:assert/strict";
import fc from "fast-check";
import { certificatesIn } from "../../../lib/tls/wire/certificate-message.ts";

function counted(width: number, ...content: readonly Uint8Array[]): Uint8Array {
  const body = content.flatMap((part) => [...part]);
  const length = body.length.toString(16).padStart(2 * width, "0");
  return Uint8Array.from([...Uint8Array.fromHex(length), ...body]);
}

function message(...content: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from([11, ...counted(3, ...content)]);
}

const bytes = fc.uint8Array({ minLength: 1, maxLength: 600 });
const chain = fc.array(bytes, { maxLength: 32 });

Deno.test("certificates of TLS 1.2 are read in their order", () => {
  fc.assert(fc.property(chain, (certificates) => {
    const entries = certificates.map((one) => counted(3, one));
    const read = certificatesIn(message(counted(3, ...entries)));
    assert.deepEqual(read, certificates);
  }));
});

Deno.test("certificates of TLS 1.3 are read, their extensions are not", () => {
  fc.assert(
    fc.property(
      chain.filter(({ length }) => length > 0),
      fc.uint8Array({ maxLength: 20 }),
      (certificates, extensions) => {
        const entries = certificates.flatMap((one) => [
          counted(3, one),
          counted(2, extensions),
        ]);
        const read = certificatesIn(
          message(Uint8Array.of(0), counted(3, ...entries)),
        );
        assert.deepEqual(read, certificates);
      },
    ),
  );
});

Deno.test("more certificates than any peer needs are not read", () => {
  const entries = Array.from(
    { length: 33 },
    () => counted(3, Uint8Array.of(1)),
  );
  assert.equal(certificatesIn(message(counted(3, ...entries))), undefined);
});

Deno.test("a message that is cut or has something after it is not read", () => {
  const whole = message(counted(3, counted(3, Uint8Array.of(1, 2, 3))));
  for (let length = 0; length < whole.length; length++) {
    assert.equal(certificatesIn(whole.subarray(0, length)), undefined);
  }
  assert.equal(certificatesIn(Uint8Array.of(...whole, 0)), undefined);
});

Deno.test("no bytes do any harm", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (body) => {
    certificatesIn(body);
    certificatesIn(message(body));
  }));
});
