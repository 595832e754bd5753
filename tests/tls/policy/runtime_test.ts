import assert from "node:assert/strict";
import { runtimeVerifies } from "../../../lib/tls/policy/runtime.ts";

Deno.test("runtimes whose TLS does not verify are refused", () => {
  for (
    const version of ["0.9.9", "1.46.3", "2.0.0", "2.4.2", "2.6.8", "2.7.14"]
  ) assert.equal(runtimeVerifies(version), false, version);
});

Deno.test("runtimes whose TLS verifies are taken", () => {
  for (const version of ["2.8.0", "2.9.6", "2.10.0", "3.0.0", "10.0.1"]) {
    assert.equal(runtimeVerifies(version), true, version);
  }
  assert.equal(runtimeVerifies(Deno.version.deno), true);
});

Deno.test("a version that cannot be read is refused", () => {
  for (
    const version of [
      "",
      "2",
      "2.9",
      "v2.9.6",
      " 2.9.6",
      "2.9.6 ",
      "2.9.6\n",
      "2.8.0-rc.1",
      "2.9.6+1a2b3c",
      "2.9.6.1",
      "2.-9.6",
      "2.9e9.6",
      "99999999999999999999.0.0",
      "two.nine.six",
      "Infinity.0.0",
    ]
  ) assert.equal(runtimeVerifies(version), false, version);
});
