import assert from "node:assert/strict";
import {
  BANNER,
  IMPLEMENTATION_CLASS_UID,
  IMPLEMENTATION_VERSION_NAME,
  NAME,
  VERSION,
} from "../../lib/base/product.ts";
import configuration from "../../deno.json" with { type: "json" };

Deno.test("the version is the one in deno.json", () => {
  assert.equal(VERSION, configuration.version);
});

Deno.test("the banner names program, version and date", () => {
  assert.match(
    BANNER,
    /^\$echoscu: echoscu v\d+\.\d+\.\d+ \d{4}-\d\d-\d\d \$$/,
  );
  assert.ok(BANNER.includes(`${NAME} v${VERSION} `));
});

Deno.test("the implementation class UID is a UUID under 2.25", () => {
  const [, number = ""] =
    /^2\.25\.([1-9]\d*)$/.exec(IMPLEMENTATION_CLASS_UID) ??
      [];
  assert.ok(IMPLEMENTATION_CLASS_UID.length <= 64);
  const digits = BigInt(number).toString(16).padStart(32, "0");
  assert.equal(digits.length, 32);
  assert.equal(digits[12], "4", "version: random");
  assert.match(digits[16] ?? "", /[89ab]/, "variant: RFC 9562");
});

Deno.test("the implementation version name fits its 16 characters", () => {
  assert.match(IMPLEMENTATION_VERSION_NAME, /^[\x21-\x7e]{1,16}$/);
});
