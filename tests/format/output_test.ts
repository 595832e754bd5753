import assert from "node:assert/strict";
import { writeOutput } from "../../lib/format/output.ts";
import { temporaryDirectory } from "../support/run.ts";

Deno.test("the text is the file, in UTF-8", async () => {
  await using folder = await temporaryDirectory();
  const path = `${folder.path}/echoscu.prom`;
  assert.equal(writeOutput(path, "東京\n"), undefined);
  assert.equal(Deno.readTextFileSync(path), "東京\n");
});

Deno.test("what cannot be written is told in one line", async () => {
  await using folder = await temporaryDirectory();
  const path = `${folder.path}/no\nfolder/out`;
  assert.equal(
    writeOutput(path, "x"),
    `Cannot write output file '${folder.path}/no\\x0afolder/out': ` +
      "there is no such folder: check the path",
  );
  assert.match(
    writeOutput(folder.path, "x") ?? "",
    /: it is not a file: name another$/,
  );
});
