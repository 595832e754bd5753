/** What is said to be inside of an executable, and its licences. */

import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { fileURLToPath } from "node:url";
import { VERSION } from "../../lib/base/product.ts";
import { runtimeParts, runtimeTexts } from "../../scripts/build/artefacts.ts";
import { nameOf } from "../../scripts/build/components.ts";
import { licencesText, withoutText } from "../../scripts/build/licences.ts";
import { type Contents, sbom } from "../../scripts/build/sbom.ts";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));
const PARTS = await runtimeParts(PROJECT);
const TEXTS = await runtimeTexts(PROJECT, PARTS);
const NO_PARTS = { deno: "2.9.5", components: [] };

const CONTENTS: Contents = {
  provenance: { commit: "12ab", seconds: 0 },
  runtime: { deno: "2.9.6", v8: "15.0" },
  parts: NO_PARTS,
  files: [{ name: "dicom.dic", sha256: "00" }],
  packages: [
    { name: "@a/b", version: "2.0.0", licence: "MIT", sha512: "ff" },
    { name: "c", version: "1.0.0", licence: "MIT OR ISC", sha512: undefined },
  ],
};

Deno.test("the bill of materials has runtime, packages and files, each once", () => {
  const bill = sbom(CONTENTS);
  const references = bill.components.map((one) => one["bom-ref"]);
  assert.deepEqual(references, [
    "deno",
    "v8",
    "pkg:npm/%40a/b@2.0.0",
    "pkg:npm/c@1.0.0",
    "file:dicom.dic",
  ]);
  assert.deepEqual(bill.dependencies[0]?.dependsOn, references);
  assert.deepEqual(bill.components[2]?.hashes, [
    { alg: "SHA-512", content: "ff" },
  ]);
  assert.deepEqual(bill.components[3]?.licenses, [
    { expression: "MIT OR ISC" },
  ]);
  assert.equal(bill.metadata.component.version, VERSION);
  assert.equal(bill.metadata.timestamp, "1970-01-01T00:00:00Z");
});

Deno.test("the bill of materials has the runtime's libraries, each once and below what has it inside", () => {
  const bill = sbom({ ...CONTENTS, parts: PARTS });
  const references = bill.components.map((one) => one["bom-ref"]);
  assert.equal(new Set(references).size, references.length);
  const below = bill.dependencies.flatMap(({ dependsOn }) => dependsOn);
  assert.deepEqual(
    references.filter((one) => !below.includes(one)),
    [],
  );
  for (const { ref, dependsOn } of bill.dependencies.slice(1)) {
    assert.ok(references.includes(ref), ref);
    assert.notEqual(dependsOn.length, 0);
  }
  for (const name of ["v8", "tokio", "rustls", "icu", "sqlite", "aws-lc"]) {
    assert.ok(bill.components.some((one) => one.name === name), name);
  }
  const tokio = bill.components.find(({ name }) => name === "tokio");
  assert.equal(tokio?.purl, `pkg:cargo/tokio@${tokio?.version}`);
});

Deno.test("the libraries of another line of the runtime are not said to be inside", () => {
  const bill = sbom({
    ...CONTENTS,
    runtime: { deno: "2.4.2", v8: "13.7" },
    parts: PARTS,
  });
  assert.ok(!bill.components.some(({ name }) => name === "tokio"));
  assert.deepEqual(bill.metadata.properties.at(-1), {
    name: "echoscu:runtime-libraries",
    value: "not known",
  });
  assert.match(
    licencesText([], { deno: "2.4.2", parts: PARTS, texts: TEXTS }),
    /that of Deno 2\.4\.2: it may have others/,
  );
});

Deno.test("each of the runtime's libraries has a licence text with its name, or is listed as without", () => {
  const runtime = { deno: "2.9.6", parts: PARTS, texts: TEXTS };
  const text = licencesText([], runtime);
  const [before = "", ...sections] = text.split(
    /^={78}\n([^]*?)\n={78}\n/m,
  );
  const heads = sections.filter((_, at) => at % 2 === 0).join("\n").split("\n");
  const [all = "", without = ""] = before.split("No text is here of:");
  const { components } = sbom({ ...CONTENTS, parts: PARTS });
  for (const { "bom-ref": reference, name, version } of components) {
    if (/^(deno$|v8$|pkg:npm|file:)/.test(reference)) continue;
    const what = version === undefined ? name : `${name} ${version}`;
    assert.ok(all.includes(`\n- ${what}: `), what);
    assert.notEqual(
      heads.includes(what),
      without.includes(`\n- ${what}: `),
      what,
    );
  }
  for (const part of PARTS.components) {
    const stands = heads.filter((line) => line === nameOf(part));
    assert.equal(stands.length, part.texts.length, nameOf(part));
  }
});

Deno.test("few of the runtime's libraries are without a licence text", () => {
  const without = withoutText({ deno: "", parts: PARTS, texts: TEXTS });
  assert.ok(without.length <= 37, without.map(nameOf).join(", "));
});

Deno.test("a licence that asks for the copyright has it", () => {
  for (const one of PARTS.components) {
    if (one.texts.includes("MIT")) {
      assert.notEqual(one.notices.length, 0, nameOf(one));
    }
  }
});

Deno.test("no text of a licence is kept that nothing has", async () => {
  const folder = `${PROJECT}packaging/licences/runtime`;
  const files = await Array.fromAsync(Deno.readDir(folder));
  assert.deepEqual(
    files.map(({ name }) => name).toSorted(),
    [...TEXTS.keys()].map((name) => `${name}.txt`).toSorted(),
  );
});

Deno.test("a package without a licence text is told as such", () => {
  const text = licencesText(
    [{ what: "a 1.0.0", id: "MIT", text: undefined }],
    { deno: "2.9.6", parts: NO_PARTS, texts: new Map() },
  );
  assert.match(text, /its package has no file/);
});

/** Where Rust's messages of panics name a file of a crate. */
const CRATE = /registry[/\\]src[/\\][^/\\]{1,60}[/\\]([\w+.-]{1,80})[/\\]/g;

/** In `deno` beside the listed one, or instead of it. */
const OTHER_VERSIONS = [
  // Rust's standard library has its own.
  "addr2line-0.25.1",
  "gimli-0.32.3",
  "miniz_oxide-0.8.9",
  "rustc-demangle-0.1.27",
  // Newer than in the sources of 2.9.5.
  "deno_graph-0.111.0",
  // For commands that a base runtime does not have.
  "unicode-width-0.1.13",
];

Deno.test("the crates that Deno's executable names have the versions of the list", async () => {
  const { buffer } = await Deno.readFile(Deno.execPath());
  const program = Buffer.from(buffer).toString("latin1");
  const named = new Set(
    [...program.matchAll(CRATE)].map(([, crate]) => crate ?? ""),
  );
  const crates = PARTS.components.filter(({ within }) => within === undefined);
  const names = new Set(crates.map(({ name }) => name));
  const listed = new Set(crates.map((one) => `${one.name}-${one.version}`));
  const known = [...named].filter((crate) =>
    names.has(crate.replace(/-\d+\..*$/, ""))
  );
  assert.ok(known.length > 300, `${known.length}`);
  assert.deepEqual(
    known.filter((crate) => !listed.has(crate)).toSorted(),
    OTHER_VERSIONS.toSorted(),
  );
});
