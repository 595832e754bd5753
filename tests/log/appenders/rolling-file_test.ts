import assert from "node:assert/strict";
import { createRollingFileAppender } from "../../../lib/log/appenders/rolling-file.ts";
import { MemoryMachine } from "../machine.ts";
import { type Setup, setUp } from "./set-up.ts";

const KIB = 1024;

function start(
  values: Readonly<Record<string, string>>,
  machine?: MemoryMachine,
): Setup {
  return setUp(createRollingFileAppender, { File: "log", ...values }, machine);
}

/** A line of that many bytes. */
function line(length: number, letter = "x"): string {
  return letter.repeat(length - 1) + "\n";
}

function sizes(machine: MemoryMachine): Record<string, number> {
  return Object.fromEntries(
    Object.entries(machine.contents).map(([name, { length }]) => [
      name,
      length,
    ]),
  );
}

Deno.test("a file is renamed once it is larger than MaxFileSize", () => {
  const { machine, write } = start({ MaxFileSize: "300KB" });
  write(line(300 * KIB));
  assert.deepEqual(sizes(machine), { log: 300 * KIB });
  write("a\n");
  assert.deepEqual(sizes(machine), { log: 0, "log.1": 300 * KIB + 2 });
  write("b\n");
  assert.equal(machine.contents["log"], "b\n");
});

Deno.test("MaxFileSize is read as the reference reads it", () => {
  const rollsAt: readonly (readonly [string, number])[] = [
    ["1MB", 1024 * KIB],
    ["1 mb", 1024 * KIB],
    ["300kb", 300 * KIB],
    ["300000", 300000],
    ["250000 bytes", 250000],
    ["1", 200 * KIB],
    ["none", 200 * KIB],
    ["-1MB", 200 * KIB],
    ["1GB", 200 * KIB],
    ["KB", 200 * KIB],
    ["", 10 * 1024 * KIB],
  ];
  for (const [text, size] of rollsAt) {
    const { machine, write, problems } = start({ MaxFileSize: text });
    write(line(size));
    assert.deepEqual(sizes(machine), { log: size }, text);
    write("\n");
    assert.deepEqual(sizes(machine), { log: 0, "log.1": size + 1 }, text);
    assert.deepEqual(problems, []);
  }
});

Deno.test("no more backups are kept than MaxBackupIndex", () => {
  const { machine, write } = start({ MaxFileSize: "1", MaxBackupIndex: "3" });
  for (const letter of "abcde") write(line(200 * KIB + 1, letter));
  const first = Object.entries(machine.contents).map(([name, text]) => [
    name,
    text.charAt(0),
  ]);
  assert.deepEqual(first, [
    ["log", ""],
    ["log.1", "e"],
    ["log.2", "d"],
    ["log.3", "c"],
  ]);
});

Deno.test("there is always one backup", () => {
  for (const most of ["0", "-1", "x", "99999999999"]) {
    const { machine, write } = start({
      MaxBackupIndex: most,
      MaxFileSize: "1",
    });
    for (const letter of "abc") write(line(200 * KIB + 1, letter));
    assert.deepEqual(Object.keys(machine.contents), ["log", "log.1"], most);
  }
});

Deno.test("what the file holds already counts", () => {
  const machine = new MemoryMachine();
  machine.put("log", line(200 * KIB));
  const { write } = start({ MaxFileSize: "1" }, machine);
  write("a\n");
  assert.deepEqual(sizes(machine), { log: 0, "log.1": 200 * KIB + 2 });
});

Deno.test("without Append, the file is emptied first", () => {
  const machine = new MemoryMachine();
  machine.put("log", line(200 * KIB));
  const { write } = start({ MaxFileSize: "1", Append: "false" }, machine);
  write(line(200 * KIB, "a"));
  assert.deepEqual(machine.contents, { log: line(200 * KIB, "a") });
});

Deno.test("bytes count, and lines that wait count as well", () => {
  const { machine, write } = start({
    MaxFileSize: "1",
    ImmediateFlush: "false",
    BufferSize: "1000000",
  });
  write("é".repeat(100 * KIB));
  assert.deepEqual(machine.contents, { log: "" });
  write("\n");
  assert.deepEqual(sizes(machine), { log: 0, "log.1": 100 * KIB + 1 });
});

Deno.test("every line is in one of the files, once and in order", async () => {
  const { machine, write, appender } = start({
    MaxFileSize: "1",
    MaxBackupIndex: "100",
    ImmediateFlush: "false",
  });
  const lines = Array.from({ length: 40000 }, (_, i) => `line number ${i}\n`);
  for (const text of lines) write(text);
  await appender.close();
  const names = Object.keys(machine.contents).filter((name) => name !== "log")
    .toSorted((a, b) => Number(b.slice(4)) - Number(a.slice(4)));
  assert.equal(names.length, 3);
  const all = [...names, "log"].map((name) => machine.contents[name]).join("");
  assert.equal(all, lines.join(""));
});

Deno.test("a file that cannot be renamed loses nothing, and it is told once", () => {
  const machine = new MemoryMachine();
  machine.denied.add("log.1");
  const { write, problems } = start({ MaxFileSize: "1" }, machine);
  for (const letter of "abc") write(line(200 * KIB + 1, letter));
  assert.deepEqual(sizes(machine), { log: 3 * (200 * KIB + 1) });
  assert.deepEqual(problems, [
    "ERROR Failed to rename file from log to log.1; error 13",
  ]);
});

Deno.test("a file that could not be renamed is, when it has grown as much again", () => {
  const machine = new MemoryMachine();
  machine.denied.add("log.1");
  const { write } = start({ MaxFileSize: "1" }, machine);
  write(line(200 * KIB + 1));
  machine.denied.clear();
  write(line(200 * KIB));
  assert.deepEqual(sizes(machine), { log: 400 * KIB + 1 });
  write("\n");
  assert.deepEqual(sizes(machine), { log: 0, "log.1": 400 * KIB + 2 });
});

Deno.test("a file that cannot be opened is not renamed", () => {
  const { machine, write, problems } = start({
    File: "no/log",
    MaxFileSize: "1",
  });
  write(line(300 * KIB));
  assert.deepEqual(machine.contents, {});
  assert.deepEqual(problems, ["ERROR Unable to open file: no/log"]);
});

Deno.test("a file that may not be looked at still rolls by its size", () => {
  const machine = new MemoryMachine();
  machine.put("log", line(190 * KIB));
  machine.hidden.add("log");
  const { write, problems } = start({ MaxFileSize: "200KB" }, machine);
  write(line(20 * KIB));
  assert.deepEqual(sizes(machine), { log: 0, "log.1": 210 * KIB });
  assert.deepEqual(problems, []);
});

Deno.test("if no backup can be renamed, that is told once", () => {
  const machine = new MemoryMachine();
  for (let number = 2; number <= 9; number++) {
    machine.denied.add(`log.${number}`);
  }
  const { write, problems } = start({ MaxBackupIndex: "9" }, machine);
  for (let time = 0; time < 2; time++) write(line(11 * 1024 * KIB));
  assert.deepEqual(problems, [
    "ERROR Failed to rename file from log.8 to log.9; error 13",
  ]);
});
