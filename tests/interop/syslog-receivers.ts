/** Starts receivers of syslog messages and asks them what came. */

import type { LogCase } from "./log-case.ts";

export interface SyslogReceiver extends AsyncDisposable {
  /** 0 for a local socket. */
  readonly port: number;
  /** Ends it: all messages until now, one character a byte. */
  messages(): Promise<readonly string[]>;
}

export const LOCAL_SOCKET = "/dev/log";

/** Reads lines of JSON until the stream ends. */
async function* values(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<unknown> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line);
  }
}

async function start(args: readonly string[]): Promise<SyslogReceiver> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-config",
      "--unstable-net",
      "--allow-all",
      `${import.meta.dirname}/syslog-receiver.ts`,
      ...args,
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const received = values(child.stdout);
  const first = await received.next();
  if (first.done) throw new Error(`no syslog receiver: ${args.join(" ")}`);
  let ended: Promise<readonly string[]> | undefined;
  const end = async (): Promise<readonly string[]> => {
    await child.stdin.close();
    const messages: string[] = [];
    for await (const message of received) messages.push(String(message));
    const { success } = await child.status;
    if (!success) throw new Error(`the receiver failed: ${args.join(" ")}`);
    return messages;
  };
  return {
    port: Number(first.value),
    messages: () => ended ??= end(),
    async [Symbol.asyncDispose](): Promise<void> {
      await (ended ??= end());
    },
  };
}

/** Nobody listens. */
function startNone(): Promise<SyslogReceiver> {
  return Promise.resolve({
    port: 0,
    messages: () => Promise.resolve([]),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  });
}

/** What `begin` starts has the place of the system's socket meanwhile. */
async function inPlaceOfLocal(
  begin: () => Promise<SyslogReceiver>,
): Promise<SyslogReceiver> {
  const aside = `${LOCAL_SOCKET}.${crypto.randomUUID()}`;
  const moved = await Deno.rename(LOCAL_SOCKET, aside).then(
    () => true,
    (error) => {
      if (error instanceof Deno.errors.NotFound) return false;
      throw error;
    },
  );
  const restore = async (): Promise<void> => {
    await Deno.remove(LOCAL_SOCKET).catch(() => {});
    if (moved) await Deno.rename(aside, LOCAL_SOCKET);
  };
  try {
    const receiver = await begin();
    return {
      port: 0,
      messages: () => receiver.messages(),
      async [Symbol.asyncDispose](): Promise<void> {
        try {
          await receiver[Symbol.asyncDispose]();
        } finally {
          await restore();
        }
      },
    };
  } catch (error) {
    await restore();
    throw error;
  }
}

/** A receiver of the kind that a case asks for. */
export function startSyslogReceiver(
  kind: NonNullable<LogCase["receiver"]>,
): Promise<SyslogReceiver> {
  switch (kind) {
    case "/dev/log":
      return inPlaceOfLocal(() => start(["unixpacket", LOCAL_SOCKET]));
    case "no /dev/log":
      return inPlaceOfLocal(startNone);
    default:
      return start([kind]);
  }
}
