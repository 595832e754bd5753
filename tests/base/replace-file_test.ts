import assert from "node:assert/strict";
import { replaceFile } from "../../lib/base/replace-file.ts";
import { temporaryDirectory } from "../support/run.ts";

const NEW = new TextEncoder().encode("new");
const ON_WINDOWS = Deno.build.os === "windows";

function permissions(path: string): number {
  return (Deno.lstatSync(path).mode ?? 0) & 0o777;
}

function names(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).toSorted();
}

Deno.test("a file is new as a whole, and nothing stays beside it", async () => {
  await using folder = await temporaryDirectory({ there: "old and longer" });
  replaceFile(`${folder.path}/there`, NEW, "kept");
  replaceFile(`${folder.path}/fresh`, NEW, "kept");
  for (const name of ["there", "fresh"]) {
    assert.equal(Deno.readTextFileSync(`${folder.path}/${name}`), "new");
  }
  assert.deepEqual(names(folder.path), ["fresh", "there"]);
});

Deno.test("who has the old file open still reads the old", async () => {
  await using folder = await temporaryDirectory({ there: "old" });
  const path = `${folder.path}/there`;
  using file = Deno.openSync(path);
  replaceFile(path, NEW, "kept");
  const buffer = new Uint8Array(8);
  const count = file.readSync(buffer) ?? 0;
  assert.equal(new TextDecoder().decode(buffer.subarray(0, count)), "old");
});

Deno.test({
  name: "permissions are kept, or become the owner's alone",
  ignore: ON_WINDOWS,
  fn: async () => {
    await using folder = await temporaryDirectory({ there: "old" });
    const path = `${folder.path}/there`;
    // More than any usual mask lets through, and less.
    for (const mode of [0o666, 0o640, 0o604, 0o400]) {
      Deno.chmodSync(path, mode);
      replaceFile(path, NEW, "kept");
      assert.equal(permissions(path), mode);
    }
    Deno.chmodSync(path, 0o666);
    replaceFile(path, NEW, "owner-only");
    assert.equal(permissions(path), 0o600);
  },
});

Deno.test({
  name: "where others may write, no rights are set by a file's name",
  ignore: ON_WINDOWS,
  fn: async () => {
    await using folder = await temporaryDirectory({ there: "old" });
    const path = `${folder.path}/there`;
    Deno.chmodSync(path, 0o666);
    Deno.chmodSync(folder.path, 0o777);
    replaceFile(path, NEW, "kept");
    // As much as the mask lets through.
    const probe = `${folder.path}/probe`;
    Deno.openSync(probe, { write: true, createNew: true, mode: 0o666 }).close();
    assert.equal(permissions(path), permissions(probe));
  },
});

Deno.test({
  name: "the owner is kept where the system lets",
  ignore: ON_WINDOWS || Deno.uid() !== 0,
  fn: async () => {
    await using folder = await temporaryDirectory({ there: "old" });
    const path = `${folder.path}/there`;
    Deno.chownSync(path, 65534, 65534);
    replaceFile(path, NEW, "kept");
    const { uid, gid } = Deno.statSync(path);
    assert.deepEqual([uid, gid], [65534, 65534]);
  },
});

Deno.test({
  name: "links and folders stay as they are",
  ignore: ON_WINDOWS,
  fn: async () => {
    await using folder = await temporaryDirectory({ there: "old" });
    const link = `${folder.path}/link`;
    Deno.symlinkSync(`${folder.path}/there`, link);
    assert.throws(() => replaceFile(link, NEW, "kept"), /it is a link/);
    assert.equal(Deno.readTextFileSync(`${folder.path}/there`), "old");
    assert.throws(
      () => replaceFile(folder.path, NEW, "kept"),
      /it is not a file/,
    );
    assert.deepEqual(names(folder.path), ["link", "there"]);
  },
});
