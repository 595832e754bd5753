import assert from "node:assert/strict";
import { denoMachine } from "../../lib/log/deno-machine.ts";

const { files, ...machine } = denoMachine({
  environment: () => undefined,
  writeError: () => {},
  errorBacklog: () => 7,
  errorsWritten: () => undefined,
});

async function inFolder(
  test: (path: (name: string) => string) => Promise<void> | void,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test((name) => `${folder}/${name}`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function write(path: string, text: string, mode: "append" | "truncate"): void {
  const file = files.open(path, mode);
  file.write(new TextEncoder().encode(text));
  file.close();
  file.close();
}

Deno.test("a log file is made, added to and emptied", async () => {
  await inFolder(async (path) => {
    const log = path("log");
    assert.equal(files.size(log), undefined);
    write(log, "abc", "append");
    write(log, "d", "append");
    assert.equal(await Deno.readTextFile(log), "abcd");
    assert.equal(files.size(log), 4);
    write(log, "e", "truncate");
    assert.equal(await Deno.readTextFile(log), "e");
  });
});

Deno.test("a log file that cannot be opened throws, all else does not", async () => {
  await inFolder((path) => {
    assert.throws(() => files.open(path("none/log"), "append"));
    assert.throws(() => files.openLock(path("none/lock")));
    assert.equal(files.rename(path("none"), path("other")), 2);
    assert.equal(files.remove(path("none")), false);
    write(path("file"), "", "append");
    assert.equal(files.makeFolder(path("file/folder")), false);
  });
});

Deno.test("a log file is renamed over another, and removed", async () => {
  await inFolder(async (path) => {
    write(path("a"), "a", "append");
    write(path("b"), "b", "append");
    assert.equal(files.rename(path("a"), path("b")), 0);
    assert.equal(await Deno.readTextFile(path("b")), "a");
    assert.ok(files.remove(path("b")));
    assert.equal(files.size(path("b")), undefined);
  });
});

Deno.test("folders are made with all above them, and may be there", async () => {
  await inFolder((path) => {
    assert.ok(files.makeFolder(path("x/y/z")));
    assert.ok(files.makeFolder(path("x/y/z")));
    write(path("x/y/z/log"), "a", "append");
  });
});

Deno.test("a lock can be had again once it is given back", async () => {
  await inFolder((path) => {
    for (let turn = 0; turn < 2; turn++) {
      const lock = files.openLock(path("lock"));
      lock.lock();
      lock.unlock();
      lock.lock();
      lock.close();
      lock.close();
    }
  });
});

Deno.test("what waits for standard error is counted", () => {
  assert.equal(machine.backlog(), 7);
  assert.equal(machine.written(), undefined);
});

Deno.test("the machine's full name begins with its name", () => {
  assert.ok(machine.fullHostname().length > 0);
  assert.equal(
    machine.fullHostname().split(".")[0],
    machine.hostname().split(".")[0],
  );
});
