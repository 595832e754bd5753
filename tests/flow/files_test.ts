import assert from "node:assert/strict";
import { denoHost } from "../../lib/host.ts";

const LIMIT = 100;

Deno.test("a folder lists its files in order, through links, and nothing else", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const { list } = denoHost.files;
    assert.deepEqual(list(folder, LIMIT), { kind: "files", paths: [] });
    for (const name of ["b", "a"]) {
      Deno.writeTextFileSync(`${folder}/${name}`, "");
    }
    Deno.mkdirSync(`${folder}/sub`);
    Deno.symlinkSync(`${folder}/a`, `${folder}/link`);
    Deno.symlinkSync(`${folder}/none`, `${folder}/broken`);
    assert.deepEqual(list(folder, LIMIT), {
      kind: "files",
      paths: ["a", "b", "link"].map((name) => `${folder}/${name}`),
    });
    assert.deepEqual(list(folder, 4), { kind: "unreadable" });
    assert.deepEqual(list(`${folder}/a`, LIMIT), { kind: "no-folder" });
    assert.deepEqual(list(`${folder}/none`, LIMIT), { kind: "missing" });
    assert.deepEqual(list("", LIMIT), { kind: "missing" });
    assert.deepEqual(list("a\0b", LIMIT), { kind: "missing" });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
