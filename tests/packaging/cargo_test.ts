/** What a Rust program is made of, by its lock file. */

import assert from "node:assert/strict";
import {
  cratesIn,
  cratesInside,
  dependenciesIn,
  renamedDependencies,
} from "../../scripts/build/cargo.ts";
import {
  componentsIn,
  tableOf,
  updated,
} from "../../scripts/build/components.ts";

const LOCK = `version = 4

[[package]]
name = "program"
version = "2.0.0"
dependencies = [
 "library",
 "needed 1.0.0",
 "tester",
]

[[package]]
name = "library"
version = "2.0.0"
dependencies = [
 "needed 2.0.0",
]

[[package]]
name = "needed"
version = "1.0.0"
source = "registry"
dependencies = [
 "syn",
 "below",
]

[[package]]
name = "needed"
version = "2.0.0"
source = "registry"

[[package]]
name = "below"
version = "0.1.0"
source = "registry"
dependencies = [
 "needed 1.0.0",
]

[[package]]
name = "syn"
version = "2.0.1"
source = "registry"

[[package]]
name = "tester"
version = "1.0.0"
source = "registry"

[[package]]
name = "unrelated"
version = "1.0.0"
source = "registry"
`;

const NAMED = new Map([
  ["program", new Set(["library", "needed"])],
  ["library", new Set(["needed"])],
]);

Deno.test("all that a program needs is found, each version once, without what builds or tests it", () => {
  const found = cratesInside("program", cratesIn(LOCK), NAMED)
    .map(({ name, version }) => `${name} ${version}`);
  assert.deepEqual(found.toSorted(), [
    "below 0.1.0",
    "needed 1.0.0",
    "needed 2.0.0",
  ]);
});

Deno.test("a crate of the checkout without a manifest is refused", () => {
  assert.throws(
    () => cratesInside("program", cratesIn(LOCK), new Map()),
    /program has no Cargo\.toml/,
  );
});

Deno.test("a manifest names what the program needs, on every system", () => {
  const renamed = renamedDependencies(
    `[workspace.dependencies]
short = { version = "1", package = "long" }
other = "2"
`,
  );
  const names = dependenciesIn(
    `[package]
name = "program"

[dependencies]
one.workspace = true
short.workspace = true
two = { version = "1" }
three = { version = "1", package = "real-three" }

[target.'cfg(windows)'.dependencies]
four = "1"

[dependencies.five]
version = "1"

[dev-dependencies]
six = "1"

[build-dependencies]
seven = "1"
`,
    renamed,
  );
  assert.deepEqual([...names].toSorted(), [
    "five",
    "four",
    "long",
    "one",
    "real-three",
    "two",
  ]);
});

const TABLE = `# A table.
# deno\t1.0.0
# name\tversion\twithin\tlicence\ttexts\tnotices
crate\t1.0.0\t\tMIT OR ISC\tMIT, NOTICE\tCopyright A | Copyright B
gone\t1.0.0\t\tMIT\tMIT\tCopyright C
inner\t\tcrate\tMIT\tMIT\tCopyright D
`;

Deno.test("a table that is read and written is the same", () => {
  assert.equal(tableOf(componentsIn(TABLE), TABLE), TABLE);
  assert.throws(() => componentsIn("crate\t1.0.0\n"), /no version of Deno/);
  assert.throws(() => componentsIn(`${TABLE}a\tb\n`), /six columns/);
});

Deno.test("a new table keeps the licences of the crates that remain", () => {
  const now = updated(componentsIn(TABLE), "1.1.0", [
    { name: "new", version: "0.1.0" },
    { name: "crate", version: "1.2.0" },
  ]);
  assert.equal(
    tableOf(now, TABLE),
    `# A table.
# deno\t1.1.0
# name\tversion\twithin\tlicence\ttexts\tnotices
crate\t1.2.0\t\tMIT OR ISC\tMIT, NOTICE\tCopyright A | Copyright B
inner\t\tcrate\tMIT\tMIT\tCopyright D
new\t0.1.0\t\t\t\t
`,
  );
});
