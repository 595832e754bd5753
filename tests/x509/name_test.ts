import assert from "node:assert/strict";
import { isBelow, readName, sameName } from "../../lib/x509/name.ts";
import type { Name } from "../../lib/x509/types.ts";
import { oid, sequence, tlv, utf8 } from "../support/der.ts";

type Attribute = readonly [type: string, value: string];

const O = "2.5.4.10";
const OU = "2.5.4.11";
const CN = "2.5.4.3";

/** A name whose relative names may have several attributes. */
function name(...sets: readonly (readonly Attribute[])[]): Name {
  return readName(sequence(
    ...sets.map((set) =>
      tlv(
        0x31,
        ...set.map(([type, value]) => sequence(oid(type), utf8(value))),
      )
    ),
  ));
}

Deno.test("the attributes of a relative name have no order", () => {
  const one = name([[O, "a"], [OU, "b"]], [[CN, "x"]]);
  const other = name([[OU, "b"], [O, "a"]], [[CN, "x"]]);
  assert.ok(sameName(one, other));
  assert.ok(isBelow(other, name([[O, "a"], [OU, "b"]])));
});

Deno.test("relative names do have an order", () => {
  assert.ok(
    !sameName(name([[O, "a"]], [[OU, "b"]]), name([[OU, "b"]], [[O, "a"]])),
  );
  assert.ok(
    !sameName(name([[O, "a"]], [[OU, "b"]]), name([[O, "a"], [OU, "b"]])),
  );
});

Deno.test("a relative name with more attributes is not below the one with fewer", () => {
  const base = name([[O, "a"]]);
  assert.ok(!isBelow(name([[O, "a"], [OU, "b"]]), base));
  assert.ok(!isBelow(name([[CN, "0"], [O, "a"]]), base));
  assert.ok(isBelow(name([[O, "a"]], [[OU, "b"]]), base));
});
