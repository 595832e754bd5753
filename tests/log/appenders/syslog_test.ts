import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createSysLogAppender } from "../../../lib/log/appenders/syslog.ts";
import {
  openTcp,
  openUdp,
  openUnixDatagram,
} from "../../../lib/log/deno-sockets.ts";
import { MemoryMachine } from "../machine.ts";
import { setUp } from "./set-up.ts";

/** It is 2026-11-24 07:30:15.250 here. */
function iso(): string {
  return new MemoryMachine().time.toISOString();
}

/** What is sent to each address; those in `nobody` take nothing. */
function addresses(
  machine: MemoryMachine,
  nobody: readonly string[] = [],
  open = new Set<string>(),
): Record<string, string[]> {
  const got: Record<string, string[]> = {};
  machine.openSocket = (address) => {
    open.add(address);
    return Promise.resolve({
      send: (bytes) => {
        if (nobody.includes(address)) {
          return Promise.reject(new Error("nobody"));
        }
        (got[address] ??= []).push(new TextDecoder().decode(bytes));
        return Promise.resolve();
      },
      close: () => open.delete(address),
    });
  };
  return got;
}

Deno.test("without a host, records go to /dev/log", async () => {
  const machine = new MemoryMachine();
  const got = addresses(machine);
  const { appender, write, problems } = setUp(createSysLogAppender, {
    ident: "my id",
    facility: "LOCAL3",
  }, machine);
  write("one\n");
  write("two\n", "error");
  await appender.close();
  assert.deepEqual(got, {
    "/dev/log": [
      "<158>Nov 24 07:30:15 my id: one\n",
      "<155>Nov 24 07:30:15 my id: two\n",
    ],
  });
  assert.deepEqual(problems, []);
});

Deno.test("without an ident, a local record has the program's name", async () => {
  const machine = new MemoryMachine();
  const got = addresses(machine);
  const { appender, write } = setUp(
    createSysLogAppender,
    { ident: "" },
    machine,
  );
  write("one\n");
  await appender.close();
  assert.deepEqual(got, {
    "/dev/log": ["<14>Nov 24 07:30:15 echoscu: one\n"],
  });
});

Deno.test("the local service may listen elsewhere", async () => {
  const machine = new MemoryMachine();
  const open = new Set<string>();
  const got = addresses(machine, ["/dev/log", "/var/run/syslog"], open);
  const { appender, write, problems } = setUp(
    createSysLogAppender,
    {},
    machine,
  );
  write("one\n");
  write("two\n");
  await appender.close();
  assert.deepEqual(Object.keys(got), ["/run/systemd/journal/dev-log"]);
  assert.equal(got["/run/systemd/journal/dev-log"]?.length, 2);
  assert.deepEqual([...open], []);
  assert.deepEqual(problems, []);
});

Deno.test("that there is no local service is told once, and why", async () => {
  const { appender, write, problems } = setUp(createSysLogAppender, {});
  write("one\n");
  await appender.written?.();
  write("two\n");
  await appender.close();
  assert.deepEqual(problems, [
    "ERROR SysLogAppender- local syslog not available: nobody at /dev/log",
  ]);
});

Deno.test("an unknown facility is told, and is user", async () => {
  const machine = new MemoryMachine();
  const got = addresses(machine);
  const { appender, write, problems } = setUp(createSysLogAppender, {
    facility: "Foo",
  }, machine);
  write("one\n");
  await appender.close();
  assert.ok(got["/dev/log"]?.[0]?.startsWith("<14>"));
  assert.deepEqual(problems, ["ERROR Unknown syslog facility: foo"]);
});

Deno.test("the port is 514 unless it is a number", async () => {
  const ports = { "": 514, abc: 514, "99999999999": 514, "65537": 1, "42": 42 };
  for (const [port, expected] of Object.entries(ports)) {
    const machine = new MemoryMachine();
    const got = addresses(machine);
    const { appender, write } = setUp(createSysLogAppender, {
      host: "h",
      port,
    }, machine);
    write("one\n");
    await appender.close();
    assert.deepEqual(Object.keys(got), [`udp h ${expected}`]);
  }
});

Deno.test("a host that cannot be reached is told once", async () => {
  const expected = {
    true: "WARN SysLogAppender::appendRemote- socket write failed",
    false: "ERROR SysLogAppender- failed to connect to h:514",
  };
  for (const [udp, problem] of Object.entries(expected)) {
    const { appender, write, problems } = setUp(createSysLogAppender, {
      host: "h",
      udp,
    });
    write("one\n");
    await appender.written?.();
    write("two\n");
    await appender.close();
    assert.deepEqual(problems, [problem]);
  }
});

Deno.test("a receiver of UDP gets a record in each datagram", async () => {
  const receiver = createSocket("udp4");
  receiver.bind(0, "127.0.0.1");
  await once(receiver, "listening");
  const got: string[] = [];
  const all = new Promise<void>((resolve) =>
    receiver.on("message", (bytes) => {
      got.push(new TextDecoder().decode(bytes));
      if (got.length === 3) resolve();
    })
  );
  const machine = new MemoryMachine();
  machine.openSocket = (address) => {
    const [, host = "", port] = address.split(" ");
    return openUdp(host, Number(port));
  };
  const { appender, write, problems } = setUp(createSysLogAppender, {
    host: "localhost",
    port: String(receiver.address().port),
    ident: "my-id",
    facility: "daemon",
  }, machine);
  for (const text of ["one\n", "é\n", "three\nlines\n"]) write(text, "warn");
  await appender.close();
  await all;
  receiver.close();
  const head = `<28>1 ${iso()} ward.example my-id 4711 dcmtk.apps.echoscu - `;
  assert.deepEqual(got.toSorted(), [
    `${head}one\n`,
    `${head}three\nlines\n`,
    `${head}é\n`,
  ]);
  assert.deepEqual(problems, []);
});

Deno.test("a receiver of TCP gets records with their lengths", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const reading = listener.accept().then((connection) =>
    new Response(connection.readable).text()
  );
  const machine = new MemoryMachine();
  machine.openSocket = (address) => {
    const [, host = "", port] = address.split(" ");
    return openTcp(host, Number(port));
  };
  const { appender, write, problems } = setUp(createSysLogAppender, {
    host: "127.0.0.1",
    port: String(listener.addr.port),
    udp: "false",
  }, machine);
  write("one\n");
  write("é\n", "debug");
  await appender.close();
  const one = `<14>1 ${iso()} ward.example  4711 dcmtk.apps.echoscu - one\n`;
  const two = `<15>1 ${iso()} ward.example  4711 dcmtk.apps.echoscu - é\n`;
  assert.equal(
    await reading,
    `${one.length} ${one}${two.length + 1} ${two}`,
  );
  assert.deepEqual(problems, []);
});

Deno.test({
  name: "a receiver on a Unix socket gets a record in each datagram",
  ignore: Deno.build.os === "windows" ||
    typeof Deno.listenDatagram !== "function",
  fn: async () => {
    const folder = await Deno.makeTempDir();
    const path = `${folder}/log`;
    const receiver = Deno.listenDatagram({ transport: "unixpacket", path });
    const machine = new MemoryMachine();
    machine.openSocket = () => openUnixDatagram(path);
    const { appender, write, problems } = setUp(
      createSysLogAppender,
      {},
      machine,
    );
    write("one\n");
    write("two\nlines\n");
    await appender.close();
    const got: string[] = [];
    for (let count = 0; count < 2; count++) {
      const [bytes] = await receiver.receive();
      got.push(new TextDecoder().decode(bytes));
    }
    receiver.close();
    await Deno.remove(folder, { recursive: true });
    assert.deepEqual(got, [
      "<14>Nov 24 07:30:15 echoscu: one\n",
      "<14>Nov 24 07:30:15 echoscu: two\nlines\n",
    ]);
    assert.deepEqual(problems, []);
  },
});
