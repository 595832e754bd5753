import assert from "node:assert/strict";
import { OutputFile } from "../../lib/format/output.ts";
import { temporaryDirectory } from "../support/run.ts";

function namesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name);
}

Deno.test("what was written bit by bit is the file, in UTF-8", async () => {
  await using folder = await temporaryDirectory();
  const path = `${folder.path}/echoscu.prom`;
  using file = new OutputFile(path);
  for (const text of ["東", "京\n"]) file.write(text);
  assert.equal(file.finish(), undefined);
  assert.equal(Deno.readTextFileSync(path), "東京\n");
});

Deno.test("until it is finished the old file stays, and nothing of one that never is", async () => {
  await using folder = await temporaryDirectory({ out: "old" });
  const path = `${folder.path}/out`;
  {
    using file = new OutputFile(path);
    file.write("new");
    assert.equal(Deno.readTextFileSync(path), "old");
    assert.equal(namesIn(folder.path).length, 2);
  }
  assert.equal(Deno.readTextFileSync(path), "old");
  assert.deepEqual(namesIn(folder.path), ["out"]);
});

Deno.test("what cannot be written is told in one line, in the end", async () => {
  await using folder = await temporaryDirectory();
  const problem = (path: string): string | undefined => {
    using file = new OutputFile(path);
    file.write("x");
    return file.finish();
  };
  assert.equal(
    problem(`${folder.path}/no\nfolder/out`),
    `Cannot write output file '${folder.path}/no\\x0afolder/out': ` +
      "there is no such folder: check the path",
  );
  assert.match(
    problem(folder.path) ?? "",
    /: it is not a file: name another$/,
  );
});
