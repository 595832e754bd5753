import assert from "node:assert/strict";
import { writeOwnerOnly } from "../../../lib/tls/deno/deno-seed-file.ts";
import { seedNote, writeSeed } from "../../../lib/tls/files/seed.ts";
import { fakeFiles } from "../../cli/fake-files.ts";

async function inFolder(test: (folder: string) => void): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Permissions do not exist on Windows. */
function permissions(path: string): number | undefined {
  const { mode } = Deno.statSync(path);
  return Deno.build.os === "windows" || mode === null ? 0o600 : mode & 0o777;
}

Deno.test("fresh random bytes are written for the owner alone", async () => {
  await inFolder((folder) => {
    const path = `${folder}/seed`;
    const seed = { file: "x", writeTo: path };
    assert.equal(writeSeed(seed, writeOwnerOnly), undefined);
    const first = Deno.readFileSync(path);
    assert.equal(first.byteLength, 1024);
    assert.equal(permissions(path), 0o600);
    assert.equal(writeSeed(seed, writeOwnerOnly), undefined);
    assert.notDeepEqual(Deno.readFileSync(path), first);
  });
});

Deno.test("a file that everybody may read becomes the owner's alone", async () => {
  await inFolder((folder) => {
    const path = `${folder}/seed`;
    Deno.writeTextFileSync(path, "old", { mode: 0o644 });
    writeOwnerOnly(path, new Uint8Array(3));
    assert.equal(permissions(path), 0o600);
    assert.deepEqual(Deno.readFileSync(path), new Uint8Array(3));
  });
});

Deno.test("what a link leads to is not touched, nor is a folder", async () => {
  await inFolder((folder) => {
    const target = `${folder}/target`;
    const link = `${folder}/link`;
    Deno.writeTextFileSync(target, "precious");
    Deno.symlinkSync(target, link);
    for (const [path, expected] of [[link, /a link/], [folder, /not a file/]]) {
      const condition = writeSeed(
        { file: "x", writeTo: String(path) },
        writeOwnerOnly,
      );
      assert.equal(
        `${condition?.code} ${condition?.text}`,
        `000b:0007 Cannot write random seed '${path}'`,
      );
      assert.match(condition?.cause?.text ?? "", new RegExp(expected ?? ""));
    }
    assert.equal(Deno.readTextFileSync(target), "precious");
    assert.ok(Deno.lstatSync(link).isSymlink);
  });
});

Deno.test("a failure is said without the name of a temporary file, which is gone", async () => {
  await inFolder((folder) => {
    assert.throws(
      () => writeOwnerOnly(`${folder}/no/seed`, new Uint8Array(1)),
      /^Error: there is no such folder/,
    );
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  });
});

Deno.test("nothing is written unless it is asked for", () => {
  const write = (): never => assert.fail("something is written");
  assert.equal(writeSeed(undefined, write), undefined);
  assert.equal(writeSeed({ file: "x", writeTo: undefined }, write), undefined);
});

Deno.test("a seed file is looked at and is not needed", () => {
  const files = fakeFiles({ s: "random" });
  const note = (file: string): string =>
    seedNote({ file, writeTo: undefined }, files);
  assert.match(note("s"), /^seed file 's' is not needed/);
  assert.match(note("none"), /^seed file 'none' cannot be read/);
});
