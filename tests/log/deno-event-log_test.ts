import assert from "node:assert/strict";
import {
  type EventLogLibrary,
  openEventLog,
} from "../../lib/log/deno-event-log.ts";
import type { EventLogSink } from "../../lib/log/machine.ts";

/** Where in memory the library pretends that all data begins. */
const ADDRESS = 0x7fff_0000_1000n;
const HANDLE = 0xcafen;
const KEY = 0xbeefn;

type Data = AllowSharedBufferSource | null;

function bytesOf(data: Data): Uint8Array {
  if (data === null) return new Uint8Array(0);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}

/** What stands there as the library would read it, up to the NUL. */
function textOf(data: Data): string {
  const text = new TextDecoder("utf-16le", { ignoreBOM: true })
    .decode(bytesOf(data));
  const end = text.indexOf("\0");
  assert.notEqual(end, -1, "no NUL at the end");
  return text.slice(0, end);
}

function addressIn(data: Data): bigint {
  const bytes = bytesOf(data);
  return new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
}

function setAddress(data: Data, value: bigint): void {
  const bytes = bytesOf(data);
  new DataView(bytes.buffer, bytes.byteOffset).setBigUint64(0, value, true);
}

interface Answers {
  readonly source?: bigint;
  readonly report?: number;
  readonly user?: number;
  /** 0 is success for the registry. */
  readonly open?: number;
  readonly create?: number;
}

interface FakeLibrary extends EventLogLibrary {
  /** What was asked of it, in order. */
  readonly calls: string[];
}

function fakeLibrary(answers: Answers = {}): FakeLibrary {
  const { source = HANDLE, report = 1, user = 1, open = 2, create = 0 } =
    answers;
  const calls: string[] = [];
  return {
    calls,
    close: () => calls.push("close"),
    symbols: {
      RegisterEventSourceW: (server, name) => {
        const at = server === null ? "here" : textOf(server);
        calls.push(`source ${at} ${textOf(name)}`);
        return source;
      },
      GetTokenInformation: (token, kind, data, room) => {
        assert.deepEqual([token, kind], [-4n, 1]);
        assert.equal(bytesOf(data).byteLength, room);
        setAddress(data, user === 0 ? 1n : ADDRESS + 16n);
        return user;
      },
      GetSidSubAuthorityCount: (data) => {
        assert.deepEqual([...bytesOf(data).subarray(0, 2)], [1, 1]);
        return ADDRESS + 1n;
      },
      ReportEventW: (handle, type, category, id, sid, count, length, texts) => {
        assert.deepEqual([handle, count, length], [HANDLE, 1, 0]);
        const bytes = bytesOf(texts);
        const offset = Number(addressIn(texts) - ADDRESS);
        const text = textOf(new Uint8Array(bytes.buffer).subarray(offset));
        calls.push(`report ${type} ${category} ${id} ${sid} ${text}`);
        return report;
      },
      DeregisterEventSource: (handle) => {
        assert.equal(handle, HANDLE);
        calls.push("deregister");
        return 1;
      },
      RegOpenKeyExW: (parent, name, _options, access, key) => {
        assert.deepEqual([parent, access], [0xffff_ffff_8000_0002n, 1]);
        calls.push(`look for ${textOf(name)}`);
        if (open === 0) setAddress(key, KEY);
        return open;
      },
      RegCreateKeyExW: (parent, name, _0, _class, options, access, _s, key) => {
        assert.deepEqual(
          [parent, options, access],
          [0xffff_ffff_8000_0002n, 0, 2],
        );
        calls.push(`create ${textOf(name)}`);
        if (create === 0) setAddress(key, KEY);
        return create;
      },
      RegSetValueExW: (key, name, _0, type, data, length) => {
        assert.deepEqual([key, length], [KEY, bytesOf(data).byteLength]);
        const value = type === 4
          ? bytesOf(data).toString()
          : `${type} ${textOf(data)}`;
        calls.push(`set ${textOf(name)} ${value}`);
        return 0;
      },
      RegCloseKey: (key) => {
        assert.equal(key, KEY);
        calls.push("close key");
        return 0;
      },
    },
  };
}

const SETTINGS = { source: "echoscu ä", log: "Application", server: "" };
const NAME =
  "SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\echoscu ä";

function open(library: EventLogLibrary): EventLogSink {
  return openEventLog(SETTINGS, undefined, library);
}

Deno.test("an unknown source is registered, then opened", () => {
  const library = fakeLibrary();
  assert.ok(open(library).isRegistered);
  assert.deepEqual(library.calls, [
    `look for ${NAME}`,
    `create ${NAME}`,
    "set EventMessageFile 2 %SystemRoot%\\Microsoft.NET\\Framework\\" +
    "v4.0.30319\\EventLogMessages.dll",
    "set TypesSupported 7,0,0,0",
    "close key",
    "source here echoscu ä",
  ]);
});

Deno.test("a source that is registered is left as it is", () => {
  const library = fakeLibrary({ open: 0 });
  assert.ok(open(library).isRegistered);
  assert.deepEqual(library.calls, [
    `look for ${NAME}`,
    "close key",
    "source here echoscu ä",
  ]);
});

Deno.test("a source that may not be registered is opened all the same", () => {
  const library = fakeLibrary({ create: 5 });
  assert.ok(!open(library).isRegistered);
  assert.deepEqual(library.calls.slice(1), [
    `create ${NAME}`,
    "source here echoscu ä",
  ]);
});

Deno.test("the source of another machine is not registered on this one", () => {
  const library = fakeLibrary();
  openEventLog({ ...SETTINGS, server: "ward" }, undefined, library);
  assert.deepEqual(library.calls, ["source ward echoscu ä"]);
});

Deno.test("an event is reported with its numbers, its user and its text", () => {
  const library = fakeLibrary();
  const sink = open(library);
  const event = {
    type: "error",
    category: 2,
    id: 4096,
    text: "é\n😀",
  } as const;
  sink.report(event);
  sink.report({ ...event, type: "warning", text: "" });
  sink.report({ ...event, type: "information" });
  assert.deepEqual(library.calls.slice(-3), [
    `report 1 2 4096 ${ADDRESS + 16n} é\n😀`,
    `report 2 2 4096 ${ADDRESS + 16n} `,
    `report 4 2 4096 ${ADDRESS + 16n} é\n😀`,
  ]);
});

Deno.test("without a known user, an event is reported all the same", () => {
  const library = fakeLibrary({ user: 0 });
  open(library).report({ type: "error", category: 1, id: 2, text: "x" });
  assert.equal(library.calls.at(-1), "report 1 1 2 0 x");
});

Deno.test("an event that is not taken is an error", () => {
  const sink = open(fakeLibrary({ report: 0 }));
  assert.throws(() =>
    sink.report({ type: "error", category: 1, id: 2, text: "x" })
  );
});

Deno.test("a source that cannot be opened is an error, and nothing stays open", () => {
  const library = fakeLibrary({ source: 0n });
  assert.throws(
    () => open(library),
    /^Error: Event source registration failed/,
  );
  assert.equal(library.calls.at(-1), "close");
});

Deno.test("closing is done once, and nothing is reported after it", () => {
  const library = fakeLibrary();
  const sink = open(library);
  library.calls.length = 0;
  sink.close();
  sink.close();
  assert.throws(() =>
    sink.report({ type: "error", category: 1, id: 2, text: "x" })
  );
  assert.deepEqual(library.calls, ["deregister", "close"]);
});
