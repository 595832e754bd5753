import assert from "node:assert/strict";
import { createFileAppender } from "../../../lib/log/appenders/file.ts";
import { decodeRaw } from "../../../lib/log/raw-text.ts";
import { MemoryMachine } from "../machine.ts";
import { type Setup, setUp } from "./set-up.ts";

function start(
  values: Readonly<Record<string, string>>,
  machine?: MemoryMachine,
): Setup {
  return setUp(createFileAppender, { File: "log", ...values }, machine);
}

function withFile(text: string): MemoryMachine {
  const machine = new MemoryMachine();
  machine.put("log", text);
  return machine;
}

Deno.test("a file is emptied, and each line is in it at once", () => {
  const { machine, write, problems } = start({}, withFile("old\n"));
  assert.deepEqual(machine.contents, { log: "" });
  write("one\n");
  assert.deepEqual(machine.contents, { log: "one\n" });
  write("two é\n");
  assert.deepEqual(machine.contents, { log: "one\ntwo é\n" });
  assert.deepEqual(problems, []);
});

Deno.test("with Append, a file is kept", () => {
  for (const value of ["true", "TRUE", "1"]) {
    const { machine, write } = start({ Append: value }, withFile("old\n"));
    write("new\n");
    assert.deepEqual(machine.contents, { log: "old\nnew\n" }, value);
  }
  const { machine } = start({ Append: "yes" }, withFile("old\n"));
  assert.deepEqual(machine.contents, { log: "" });
});

Deno.test("without ImmediateFlush, closing writes what is left", async () => {
  const { machine, write, appender } = start({ ImmediateFlush: "false" });
  write("one\n");
  assert.deepEqual(machine.contents, { log: "" });
  await appender.close();
  assert.deepEqual(machine.contents, { log: "one\n" });
  await appender.close();
});

Deno.test("lines longer than the buffer stay in order", async () => {
  const { machine, write, appender } = start({
    ImmediateFlush: "false",
    BufferSize: "10",
  });
  write("123456\n");
  write("abcdefghijklmnopqrstuvwxyz\n");
  write("7\n");
  assert.deepEqual(machine.contents, {
    log: "123456\nabcdefghijklmnopqrstuvwxyz\n",
  });
  await appender.close();
  assert.deepEqual(machine.contents, {
    log: "123456\nabcdefghijklmnopqrstuvwxyz\n7\n",
  });
});

Deno.test("a missing folder is told once and stops nothing", async () => {
  const { write, problems, appender } = start({ File: "no/log" });
  write("one\n");
  write("two\n");
  await appender.close();
  assert.deepEqual(problems, ["ERROR Unable to open file: no/log"]);
});

Deno.test("with CreateDirs, folders are made", () => {
  const { machine, write, problems } = start({
    File: "a/b/log",
    CreateDirs: "true",
  });
  write("one\n");
  assert.deepEqual([...machine.folders], ["a/b"]);
  assert.deepEqual(machine.contents, { "a/b/log": "one\n" });
  assert.deepEqual(problems, []);
});

Deno.test("no file name is told once", async () => {
  const { machine, write, problems, appender } = start({ File: "" });
  write("one\n");
  machine.after(2000);
  write("two\n");
  await appender.close();
  assert.deepEqual(problems, ["ERROR Invalid filename"]);
  assert.deepEqual(machine.contents, {});
});

Deno.test("a file that could not be opened is opened after a while, and kept", () => {
  const machine = withFile("old\n");
  machine.denied.add("log");
  const { write, problems } = start({ Append: "true" }, machine);
  write("one\n");
  machine.denied.clear();
  machine.after(999);
  write("two\n");
  machine.after(1);
  write("three\n");
  assert.deepEqual(machine.contents, { log: "old\nthree\n" });
  assert.deepEqual(problems, ["ERROR Unable to open file: log"]);
});

Deno.test("a file that cannot grow is told once, and written again later", () => {
  const { machine, write, problems } = start({ ReopenDelay: "3" });
  write("one\n");
  machine.full.add("log");
  write("two\n");
  write("three\n");
  write("four\n");
  machine.full.clear();
  machine.after(3000);
  write("five\n");
  assert.deepEqual(machine.contents, { log: "one\nfive\n" });
  assert.deepEqual(problems, ["ERROR file is not open: log"]);
  machine.full.add("log");
  write("six\n");
  assert.equal(problems.length, 2);
});

Deno.test("what cannot be written at the end is told", async () => {
  const { machine, write, problems, appender } = start({
    ImmediateFlush: "false",
  });
  write("one\n");
  machine.full.add("log");
  await appender.close();
  assert.deepEqual(problems, ["ERROR file is not open: log"]);
});

Deno.test("a locale that is none is told", () => {
  for (const locale of ["", "DEFAULT", "USER", "C", "C.UTF-8", "de_DE"]) {
    assert.deepEqual(start({ Locale: locale }).problems, [], locale);
  }
  assert.deepEqual(start({ Locale: "nonsense" }).problems, [
    "ERROR Failed to create locale nonsense",
  ]);
});

Deno.test("a lock file is held while a line is written", async () => {
  const { machine, write, appender } = start({
    UseLockFile: "true",
    ImmediateFlush: "false",
  });
  machine.locking.length = 0;
  write("one\n");
  assert.deepEqual(machine.locking, ["lock log.lock", "unlock log.lock"]);
  assert.deepEqual(machine.contents, { log: "one\n" });
  await appender.close();
  assert.deepEqual(machine.locking.slice(2), ["close log.lock"]);
});

Deno.test("a lock file is used only if that is wanted", () => {
  const { machine, write } = start({ LockFile: "mine" });
  write("one\n");
  assert.deepEqual(machine.locking, []);
});

Deno.test("without its lock file, the file is not opened", () => {
  const { machine, write, problems } = start({
    UseLockFile: "true",
    LockFile: "no/lock",
  }, withFile("old\n"));
  write("one\n");
  write("two\n");
  assert.deepEqual(machine.contents, { log: "old\n" });
  assert.deepEqual(problems, [
    "ERROR could not open or create file no/lock",
    "ERROR file is not open: log",
  ]);
});

Deno.test("with a lock file, a file that another process renamed is left", () => {
  const { machine, write } = start({ UseLockFile: "true" });
  write("one\n");
  machine.files.rename("log", "log.1");
  write("two\n");
  assert.deepEqual(machine.contents, { log: "two\n", "log.1": "one\n" });
  machine.files.rename("log", "log.2");
  machine.put("log", "x\n");
  write("three\n");
  assert.equal(machine.contents["log"], "x\nthree\n");
});

Deno.test("while another process has the lock, lines wait", async () => {
  const machine = withFile("old\n");
  machine.held.add("log.lock");
  const { write, appender, problems } = start(
    { UseLockFile: "true" },
    machine,
  );
  write("one\n");
  write("two\n");
  assert.deepEqual(machine.contents, { log: "old\n" });
  assert.equal(appender.backlog?.(), 8);
  machine.held.clear();
  await appender.written?.();
  assert.deepEqual(machine.contents, { log: "one\ntwo\n" });
  machine.held.add("log.lock");
  write("three\n");
  machine.held.clear();
  await appender.close();
  assert.deepEqual(machine.contents, { log: "one\ntwo\nthree\n" });
  assert.deepEqual(problems, []);
});

Deno.test("a file that may not be looked at cannot be followed, which is told once", () => {
  const { machine, write, problems } = start({ UseLockFile: "true" });
  machine.hidden.add("log");
  write("one\n");
  write("two\n");
  assert.deepEqual(machine.contents, { log: "one\ntwo\n" });
  assert.deepEqual(problems, [
    "ERROR cannot follow file log: may not be looked at",
  ]);
});

Deno.test("bytes of the settings that are no UTF-8 are in the file unchanged", () => {
  const written: number[] = [];
  const machine = new MemoryMachine();
  const opened: string[] = [];
  machine.files.open = (path) => {
    opened.push(path);
    return {
      size: 0,
      write: (bytes, settled) => {
        written.push(...bytes);
        settled(undefined);
      },
      close: () => {},
    };
  };
  const stray = decodeRaw(Uint8Array.of(0xfc));
  const { write } = start({ File: `pr${stray}f` }, machine);
  write(`${stray}ü`);
  assert.deepEqual(written, [0xfc, 0xc3, 0xbc]);
  // A name is text.
  assert.deepEqual(opened, ["prüf"]);
});
