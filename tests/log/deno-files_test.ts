import assert from "node:assert/strict";
import { DenoFiles } from "../../lib/log/deno-files.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Keeps what became of what was written: undefined, or an error. */
function outcomes(): {
  readonly told: readonly unknown[];
  readonly settled: (error: unknown) => void;
} {
  const told: unknown[] = [];
  return { told, settled: (error) => told.push(error) };
}

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

/** A test with a pipe that has a name, which not every system has. */
function pipeTest(
  name: string,
  test: (pipe: string) => Promise<void>,
): void {
  Deno.test({
    name,
    ignore: Deno.build.os === "windows",
    fn: () =>
      inFolder(async (path) => {
        const pipe = path("pipe");
        await new Deno.Command("mkfifo", { args: [pipe] }).output();
        await test(pipe);
      }),
  });
}

const files = new DenoFiles();

function write(path: string, text: string, mode: "append" | "truncate"): void {
  const file = files.open(path, mode);
  file.write(encoder.encode(text), () => {});
  file.close();
  file.close();
}

pipeTest(
  "a pipe gets what is written before and after its reader comes",
  async (pipe) => {
    const file = files.open(pipe, "append");
    const { told, settled } = outcomes();
    file.write(encoder.encode("one\n"), settled);
    file.write(encoder.encode("two\n"), settled);
    assert.ok(files.backlog > 0);
    const reading = Deno.readTextFile(pipe);
    await files.done;
    assert.equal(files.backlog, 0);
    assert.equal(files.done, undefined);
    file.write(encoder.encode("three\n"), settled);
    file.close();
    assert.equal(await reading, "one\ntwo\nthree\n");
    assert.ok(told.length > 0 && told.every((error) => error === undefined));
  },
);

pipeTest("a pipe that nobody reads is given up", async (pipe) => {
  const files = new DenoFiles(1);
  const { told, settled } = outcomes();
  // The second one does not wait for the same again.
  for (let time = 0; time < 2; time++) {
    const file = files.open(pipe, "truncate");
    file.write(encoder.encode("lost\n"), settled);
    await files.done;
    file.close();
  }
  assert.equal(told.length, 2);
  assert.ok(told.every((error) => error instanceof Error));
  // A reader ends the attempt that still waits, and learns that it is over.
  assert.equal(await Deno.readTextFile(pipe), "");
});

pipeTest("a reader of a pipe who leaves is noticed", async (pipe) => {
  const file = files.open(pipe, "append");
  const { told, settled } = outcomes();
  const reader = await Deno.open(pipe);
  reader.close();
  file.write(encoder.encode("lost\n"), settled);
  await files.done;
  file.close();
  assert.ok(told[0] instanceof Deno.errors.BrokenPipe);
});

Deno.test({
  name: "a device that takes nothing is told of",
  ignore: Deno.build.os !== "linux",
  fn: () => {
    const file = files.open("/dev/full", "append");
    const { told, settled } = outcomes();
    file.write(encoder.encode("lost\n"), settled);
    file.close();
    assert.match(String(told[0]), /os error 28/);
  },
});

Deno.test("a regular file is written at once, and has a size", async () => {
  await inFolder((path) => {
    const { told, settled } = outcomes();
    for (
      const [mode, size] of [["append", 0], ["append", 2], [
        "truncate",
        0,
      ]] as const
    ) {
      const file = files.open(path("log"), mode);
      assert.equal(file.size, size);
      file.write(encoder.encode("a\n"), settled);
      assert.equal(files.backlog, 0);
      file.close();
    }
    assert.deepEqual(told, [undefined, undefined, undefined]);
  });
});

Deno.test("a lock that another one has cannot be had meanwhile", async () => {
  await inFolder((path) => {
    const [one, other] = [
      files.openLock(path("lock")),
      files.openLock(path("lock")),
    ];
    assert.ok(one.tryLock());
    assert.ok(!other.tryLock());
    one.unlock();
    assert.ok(other.tryLock());
    one.close();
    other.close();
  });
});

Deno.test({
  name: "a file that may not be looked at is not taken for missing",
  permissions: { read: false, write: true, run: ["cat"] },
  ignore: Deno.build.os === "windows",
  fn: async () => {
    const path = Deno.makeTempFileSync();
    try {
      assert.throws(() => files.size(path), Deno.errors.NotCapable);
      write(path, "abc", "append");
      await files.done;
      write(path, "d", "append");
      await files.done;
      const cat = new Deno.Command("cat", { args: [path] });
      assert.equal(decoder.decode((await cat.output()).stdout), "abcd");
      Deno.removeSync(path);
      // One that was not there is a file from its first byte.
      const file = files.open(path, "append");
      file.write(encoder.encode("abc"), () => {});
      assert.equal(files.done, undefined);
      file.close();
    } finally {
      Deno.removeSync(path);
    }
  },
});

Deno.test({
  name: "a pipe that may not be looked at holds nothing up either",
  permissions: { read: false, write: true, run: ["mkfifo", "cat"] },
  ignore: Deno.build.os === "windows",
  fn: async () => {
    const folder = Deno.makeTempDirSync();
    try {
      const pipe = `${folder}/pipe`;
      await new Deno.Command("mkfifo", { args: [pipe] }).output();
      write(pipe, "one\n", "append");
      assert.notEqual(files.done, undefined);
      const cat = new Deno.Command("cat", { args: [pipe] });
      assert.equal(decoder.decode((await cat.output()).stdout), "one\n");
      await files.done;
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  },
});

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
      assert.ok(lock.tryLock());
      lock.unlock();
      assert.ok(lock.tryLock());
      lock.close();
      lock.close();
    }
  });
});
