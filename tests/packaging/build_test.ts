/** The parts of a build that need no compiler. */

import assert from "node:assert/strict";
import { withCommit } from "../../scripts/build/bundle.ts";
import {
  changelog,
  control,
  copyright,
  dependencies,
  maintainer,
} from "../../scripts/build/debian.ts";
import { fromIntegrity, sumsOf } from "../../scripts/build/digests.ts";
import { runtimeVersions, V8_FLAGS } from "../../scripts/build/executable.ts";
import { packagesIn, textsOf } from "../../scripts/build/packages.ts";
import {
  PERMISSIONS,
  permissionsFor,
} from "../../scripts/build/permissions.ts";
import { isoTime, provenanceOf } from "../../scripts/build/provenance.ts";
import { BuildError, reason } from "../../scripts/build/run.ts";
import { buildSettings } from "../../scripts/build/settings.ts";
import {
  fileName,
  fits,
  targetByName,
  TARGETS,
} from "../../scripts/build/targets.ts";
import { temporaryDirectory } from "../support/run.ts";
import configuration from "../../deno.json" with { type: "json" };

const HERE = {
  root: "/project/",
  deno: "deno",
  target: "x86_64-unknown-linux-gnu",
};

Deno.test("the permissions are those of deno.json, and no more than named", () => {
  assert.ok(
    configuration.tasks.demo.command.includes(` ${PERMISSIONS.join(" ")} `),
  );
  const guide = Deno.readTextFileSync(
    new URL("../../docs/install.md", import.meta.url),
  );
  assert.ok(guide.includes(`  ${PERMISSIONS.join(" ")} \\\n`));
  assert.ok(guide.includes(`  --v8-flags=${V8_FLAGS.join(",")} \\\n`));
  for (const target of TARGETS) {
    const extra = permissionsFor(target).slice(PERMISSIONS.length);
    assert.ok(!permissionsFor(target).includes("--allow-all"));
    for (const one of extra) assert.match(one, /^--allow-(ffi|run)=./);
    assert.equal(
      extra.some((one) => one.startsWith("--allow-ffi=C:\\Windows\\")),
      target.os === "windows",
    );
  }
});

Deno.test("a target goes by triple and by short name", () => {
  for (const target of TARGETS) {
    assert.equal(targetByName(target.triple), target);
    assert.equal(targetByName(`${target.os}-${target.arch}`), target);
  }
  const names = TARGETS.map((target) => fileName("p", "1.2.3", target));
  assert.deepEqual(names, [
    "p-1.2.3-linux-x64",
    "p-1.2.3-linux-arm64",
    "p-1.2.3-macos-x64",
    "p-1.2.3-macos-arm64",
    "p-1.2.3-windows-x64.exe",
  ]);
});

/** How an executable for each of the targets begins. */
function header(name: string): Uint8Array {
  const view = new DataView(new ArrayBuffer(256));
  const [os, arch] = name.split("-");
  if (os === "linux") {
    view.setUint32(0, 0x7f454c46);
    view.setUint16(18, arch === "x64" ? 62 : 183, true);
  } else if (os === "macos") {
    view.setUint32(0, 0xcffaedfe);
    view.setUint32(4, arch === "x64" ? 0x01000007 : 0x0100000c, true);
  } else {
    view.setUint16(0, 0x4d5a);
    view.setUint32(0x3c, 128, true);
    view.setUint32(128, 0x50450000);
    view.setUint16(132, 0x8664, true);
  }
  return new Uint8Array(view.buffer);
}

Deno.test("a base runtime is used only for the system that it is of", () => {
  for (const target of TARGETS) {
    for (const other of TARGETS) {
      assert.equal(
        fits(header(`${other.os}-${other.arch}`), target),
        target === other,
      );
    }
    assert.ok(!fits(new Uint8Array(), target));
    assert.ok(!fits(new Uint8Array(64).fill(0xff), target));
  }
});

Deno.test("without a target this system's is built, for a release all", () => {
  assert.deepEqual(
    buildSettings([], HERE).targets.map(({ triple }) => triple),
    [HERE.target],
  );
  assert.equal(buildSettings(["--release"], HERE).targets, TARGETS);
  const one = buildSettings(["--release", "--target", "macos-arm64"], HERE);
  assert.deepEqual(one.targets.map(({ os }) => os), ["macos"]);
  assert.equal(one.folder, "/project/dist");
  assert.equal(one.codeCache, false);
});

Deno.test("a wrong command line of the build is told in one line", () => {
  for (const args of [["--target"], ["--target", "amiga"], ["-x"]]) {
    assert.throws(() => buildSettings(args, HERE), BuildError);
  }
});

Deno.test("the commit is put in, and a bundle without a place for it is refused", () => {
  assert.equal(withCommit('a="@COMMIT@"', "12ab"), 'a="12ab"');
  assert.throws(() => withCommit("a=1", "12ab"), BuildError);
});

Deno.test("outside of a checkout the commit is unknown", async () => {
  await using folder = await temporaryDirectory();
  const { commit, seconds } = await provenanceOf(folder.path, undefined);
  assert.equal(commit, "unknown");
  assert.equal(seconds % 86400, 0);
});

Deno.test("SOURCE_DATE_EPOCH is the date of all that is made", async () => {
  await using folder = await temporaryDirectory();
  const provenance = await provenanceOf(folder.path, "86400");
  assert.equal(isoTime(provenance), "1970-01-02T00:00:00Z");
  await assert.rejects(provenanceOf(folder.path, "today"), BuildError);
});

Deno.test("of the runtime's report the line that says why is shown", () => {
  const stderr = "error: Writing to temporary file\n\nCaused by:\n" +
    "    0: Setting up base binary.\n" +
    "    1: error sending request for url (https://example.org/x.zip): no\n" +
    "    2: dns error\n\nStack backtrace:\n   0: <unknown>\n";
  assert.equal(
    reason(stderr),
    "error sending request for url (https://example.org/x.zip): no",
  );
  assert.equal(reason("error: something else\n"), "something else");
  assert.equal(reason(""), "failed without a word");
});

const SOURCES = [
  "/home/me/main.ts",
  "/home/me/.cache/deno/npm/registry.example/@a/b/2.0.0/build/x.js",
  "/home/me/.cache/deno/npm/registry.example/@a/b/2.0.0/build/y.js",
  "/home/me/.cache/deno/npm/registry.example/c/1.0.0-rc.1/index.js",
  "C:\\deno\\npm\\registry.example\\d\\3.4.5\\index.js",
];

Deno.test("the packages in a bundle are known from what was bundled", () => {
  const found = packagesIn(SOURCES)
    .map(({ name, version }) => `${name} ${version}`);
  assert.deepEqual(found, ["@a/b 2.0.0", "c 1.0.0-rc.1", "d 3.4.5"]);
  assert.match(packagesIn(SOURCES)[0]?.folder ?? "", /\/@a\/b\/2\.0\.0$/);
});

Deno.test("a package's licence and its text are read", async () => {
  await using folder = await temporaryDirectory({
    "package.json": '{"license":"MIT"}',
    "LICENSE.md": "the text",
  });
  const one = { name: "a", version: "1.0.0", folder: folder.path };
  assert.deepEqual(await textsOf(one), {
    licence: "MIT",
    licenceText: "the text",
  });
  await Deno.remove(`${folder.path}/LICENSE.md`);
  const { licenceText } = await textsOf(one);
  assert.equal(licenceText, undefined);
});

Deno.test("digests are written as other programs read them", async () => {
  assert.equal(fromIntegrity("sha512-AAH/"), "0001ff");
  await using folder = await temporaryDirectory({ b: "", a: "abc" });
  assert.equal(
    await sumsOf(folder.path, ["b", "a"]),
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a\n" +
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b\n",
  );
});

Deno.test("the versions inside are those of the Deno that compiles", () => {
  assert.deepEqual(runtimeVersions("deno 2.4.2 (stable)\nv8 13.7\n"), {
    deno: "2.4.2",
    v8: "13.7",
  });
});

Deno.test("the Debian package does not take the name of DCMTK's program", () => {
  const text = control({
    architecture: "amd64",
    maintainer: "A <a@example.org>",
    size: 1,
    depends: "libc6",
  });
  assert.match(text, /^Package: echoscu-deno\n/);
  assert.doesNotMatch(text, /^(Conflicts|Replaces|Provides):/m);
});

Deno.test("the Debian package needs the newest C library that is asked for", () => {
  assert.equal(
    dependencies("GLIBC_2.4\0GLIBC_2.27\0GLIBC_2.9\0libgcc_s.so.1\0"),
    "libc6 (>= 2.27), libgcc-s1",
  );
});

Deno.test("changelog and copyright have the forms that Debian reads", () => {
  assert.match(
    changelog("A <a@example.org>"),
    /\n -- A <a@example\.org> {2}\w{3}, \d\d \w{3} \d{4} 00:00:00 \+0000\n$/,
  );
  const text = copyright("Copyright (c) 2026 us\n\nDo it.\n", "x\n\ny\n");
  assert.match(text, /\nCopyright: 2026 us\nLicense: Expat\n/);
  assert.match(text, /\n x\n \.\n y\n/);
});

Deno.test("a licence that Debian has is referred to, and no other", () => {
  const rule = "=".repeat(78);
  const section = (head: string, text: string): string =>
    `${rule}\n${head}\n${rule}\n\n${text}\n`;
  const all = [
    "What is inside.\n",
    section("ISC\n\none", "isc text"),
    section("Licence: Apache-2.0\n\ntwo 1.0\nthree", "apache text"),
    section("MIT", "mit text"),
    section("Licence: MPL-2.0\n\nfour", "mpl text"),
  ].join("\n");
  const text = copyright("Copyright (c) 2026 us\n", all);
  assert.match(text, /isc text[^]*mit text/);
  assert.match(text, / two 1\.0\n three\n =+\n \.\n See .*\/Apache-2\.0\.\n/);
  assert.match(text, / four\n =+\n \.\n See .*\/MPL-2\.0\.\n/);
  assert.doesNotMatch(text, /apache text|mpl text/);
});

Deno.test("the maintainer is who the variables of Debian's tools name", () => {
  const of = (variables: Record<string, string>): string =>
    maintainer((name) => variables[name]).address;
  assert.equal(
    of({ DEBFULLNAME: "A B", DEBEMAIL: "a@example.org" }),
    "A B <a@example.org>",
  );
  assert.equal(of({ DEBEMAIL: "C <c@example.org>" }), "C <c@example.org>");
  assert.deepEqual(maintainer(() => undefined), {
    address: "echoscu developers <developers@echoscu.invalid>",
    known: false,
  });
});
