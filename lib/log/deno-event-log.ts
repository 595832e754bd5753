/**
 * The event log of Windows, through its library, of which no other is needed:
 * Deno may be limited to that file. So there are no addresses of
 * `Deno.UnsafePointer` either, which need leave for all libraries.
 */

import type { EventLogSettings, EventLogSink, SystemEvent } from "./machine.ts";

/** Handles, and addresses inside of data, are numbers of 64 bits. */
const CALLS = {
  RegisterEventSourceW: { parameters: ["buffer", "buffer"], result: "u64" },
  // Handle, type, category, id, user, count of texts, length of data, texts,
  // data.
  ReportEventW: {
    parameters: [
      "u64",
      "u16",
      "u16",
      "u32",
      "u64",
      "u16",
      "u32",
      "buffer",
      "buffer",
    ],
    result: "i32",
  },
  DeregisterEventSource: { parameters: ["u64"], result: "i32" },
  // Token, class, information, its room, its length.
  GetTokenInformation: {
    parameters: ["i64", "i32", "buffer", "u32", "buffer"],
    result: "i32",
  },
  GetSidSubAuthorityCount: { parameters: ["buffer"], result: "u64" },
  // Key, name, 0, access, opened key.
  RegOpenKeyExW: {
    parameters: ["u64", "buffer", "u32", "u32", "buffer"],
    result: "i32",
  },
  // Key, name, 0, class, options, access, security, opened key, what was done.
  RegCreateKeyExW: {
    parameters: [
      "u64",
      "buffer",
      "u32",
      "buffer",
      "u32",
      "u32",
      "buffer",
      "buffer",
      "buffer",
    ],
    result: "i32",
  },
  // Key, name, 0, type, data, length of it.
  RegSetValueExW: {
    parameters: ["u64", "buffer", "u32", "u32", "buffer", "u32"],
    result: "i32",
  },
  RegCloseKey: { parameters: ["u64"], result: "i32" },
} as const;

/** The library: what is called here of it. */
export interface EventLogLibrary {
  readonly symbols: Deno.DynamicLibrary<typeof CALLS>["symbols"];
  close(): void;
}

type Calls = EventLogLibrary["symbols"];

const TYPE_NUMBERS = { error: 1, warning: 2, information: 4 } as const;

/** @throws {Error} if there is none, or it may not be used. */
function loadLibrary(systemRoot = "C:\\Windows"): EventLogLibrary {
  return Deno.dlopen(`${systemRoot}\\System32\\advapi32.dll`, CALLS);
}

/**
 * Registers the source if it is not, and if that is allowed.
 *
 * @param systemRoot the folder of Windows; "C:\Windows" by default.
 * @throws {Error} if there is no event log, or it may not be used.
 */
export function openEventLog(
  settings: EventLogSettings,
  systemRoot?: string,
  library = loadLibrary(systemRoot),
): EventLogSink {
  const calls = library.symbols;
  const { source, log, server } = settings;
  // Sources are registered where the events are.
  const isRegistered = server !== "" || registerSource(log, source, calls);
  const handle = calls.RegisterEventSourceW(
    server === "" ? null : wide(server),
    wide(source),
  );
  if (handle === 0n) {
    library.close();
    throw new Error("Event source registration failed.");
  }
  const user = currentUser(calls);
  let isOpen = true;
  return {
    isRegistered,
    report: (event) => {
      if (!isOpen || !reportEvent(event, handle, user, calls)) {
        throw new Error("The event was not taken.");
      }
    },
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      calls.DeregisterEventSource(handle);
      library.close();
    },
  };
}

/** A null SID: what stands first where an address is to be found out. */
const NULL_SID = [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] as const;
/** Of the count of sub-authorities in a SID. */
const COUNT_OFFSET = 1n;
/** In bytes, from the start of the data; both are aligned. */
const LIST_OFFSET = 16;
const TEXT_OFFSET = 24;

/** The text has to be given as a list of addresses, of just one here. */
function reportEvent(
  event: SystemEvent,
  handle: bigint,
  user: Uint8Array<ArrayBuffer>,
  calls: Calls,
): boolean {
  const text = wide(event.text);
  const data = fixedBytes(TEXT_OFFSET + text.byteLength);
  data.set(NULL_SID);
  data.set(text, TEXT_OFFSET);
  // The call tells where in memory a part of what it is given is.
  const address = calls.GetSidSubAuthorityCount(data) - COUNT_OFFSET;
  new DataView(data.buffer)
    .setBigUint64(LIST_OFFSET, address + BigInt(TEXT_OFFSET), true);
  return calls.ReportEventW(
    handle,
    TYPE_NUMBERS[event.type],
    event.category,
    event.id,
    firstAddress(user),
    1,
    0,
    data.subarray(LIST_OFFSET),
    null,
  ) !== 0;
}

/** Of the process, without a handle that would have to be closed. */
const CURRENT_PROCESS_TOKEN = -4n;
const TOKEN_USER = 1;
/** Enough for the longest SID. */
const TOKEN_USER_LENGTH = 128;

/**
 * Begins with the address of the user's SID, which is inside of it, so this
 * must be kept as long as that is used. 0: the user is not known.
 */
function currentUser(calls: Calls): Uint8Array<ArrayBuffer> {
  const user = fixedBytes(TOKEN_USER_LENGTH);
  const isKnown = calls.GetTokenInformation(
    CURRENT_PROCESS_TOKEN,
    TOKEN_USER,
    user,
    user.byteLength,
    new Uint8Array(4),
  );
  return isKnown === 0 ? new Uint8Array(8) : user;
}

/** Whose address stays as it is: short arrays without a buffer may be moved. */
function fixedBytes(length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new ArrayBuffer(length));
}

function firstAddress(data: Uint8Array<ArrayBuffer>): bigint {
  return new DataView(data.buffer).getBigUint64(0, true);
}

const HKEY_LOCAL_MACHINE = 0xffff_ffff_8000_0002n;
const KEY_QUERY_VALUE = 1;
const KEY_SET_VALUE = 2;
const REG_EXPAND_SZ = 2;
const REG_DWORD = 4;

/** Comes with Windows; its message for every id is the text itself. */
const MESSAGE_FILE =
  "%SystemRoot%\\Microsoft.NET\\Framework\\v4.0.30319\\EventLogMessages.dll";
/** Errors, warnings and information. */
const TYPES_SUPPORTED = 7;

/**
 * Leaves a source as it is that is there.
 *
 * @returns whether it is there now.
 */
function registerSource(log: string, source: string, calls: Calls): boolean {
  const name = wide(
    `SYSTEM\\CurrentControlSet\\Services\\EventLog\\${log}\\${source}`,
  );
  const opened = new Uint8Array(8);
  const isThere = calls.RegOpenKeyExW(
    HKEY_LOCAL_MACHINE,
    name,
    0,
    KEY_QUERY_VALUE,
    opened,
  ) === 0;
  if (!isThere) {
    const result = calls.RegCreateKeyExW(
      HKEY_LOCAL_MACHINE,
      name,
      0,
      null,
      0,
      KEY_SET_VALUE,
      null,
      opened,
      null,
    );
    if (result !== 0) return false;
  }
  const key = firstAddress(opened);
  const set = (name: string, type: number, data: Uint8Array<ArrayBuffer>) =>
    calls.RegSetValueExW(key, wide(name), 0, type, data, data.byteLength);
  if (!isThere) {
    set("EventMessageFile", REG_EXPAND_SZ, wide(MESSAGE_FILE));
    set("TypesSupported", REG_DWORD, Uint8Array.of(TYPES_SUPPORTED, 0, 0, 0));
  }
  calls.RegCloseKey(key);
  return true;
}

/** UTF-16 in the order of Windows, with a NUL at its end. */
function wide(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array((text.length + 1) * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < text.length; index++) {
    view.setUint16(index * 2, text.charCodeAt(index), true);
  }
  return bytes;
}
