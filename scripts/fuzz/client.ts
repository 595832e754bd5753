/** The whole client against peers whose good bytes are mutated. */

import { BuiltInDictionary } from "../../lib/dictionary/built-in.ts";
import { consoleLog } from "../../lib/log/log.ts";
import { connectTcp } from "../../lib/net/tcp.ts";
import type { Connect } from "../../lib/net/transport.ts";
import { exitCode } from "../../lib/report/exit-code.ts";
import { logReporter } from "../../lib/report/reporter.ts";
import type { VerificationSettings } from "../../lib/verify/settings.ts";
import { verify } from "../../lib/verify/verify.ts";
import {
  ASSOCIATE_AC,
  ASSOCIATE_RJ,
  P_DATA_ECHO_RSP,
  RELEASE_RP,
} from "../../tests/support/golden.ts";
import { associateAccept, echoResponse } from "../../tests/support/pdus.ts";
import { MemoryPeer } from "./memory-peer.ts";
import { mutate } from "./mutate.ts";
import type { Random } from "./random.ts";
import { mayBeVerified } from "./reference.ts";
import type { Input, Target } from "./target.ts";

const CONVERSATIONS: readonly [Input, ...Input[]] = [
  [ASSOCIATE_AC, P_DATA_ECHO_RSP, RELEASE_RP],
  [associateAccept(), echoResponse(), RELEASE_RP],
  [
    associateAccept({ contexts: [{ id: 1 }, { id: 3, result: 3 }] }),
    echoResponse(),
    RELEASE_RP,
  ],
  [ASSOCIATE_RJ, new Uint8Array(), new Uint8Array()],
];

const SETTINGS = {
  peer: "127.0.0.1",
  port: 104,
  addressFamily: "auto",
  callingAeTitle: "ECHOSCU",
  calledAeTitle: "ANY-SCP",
  transferSyntaxCount: 1,
  presentationContextCount: 1,
  connectTimeout: 5,
  socketTimeout: 2,
  acseTimeout: 2,
  dimseTimeout: 2,
  maximumLength: 16384,
  repeat: 1,
  ending: "release",
} as const;

/** Nothing of a log may move a cursor or turn the direction of writing. */
const HARMFUL = /[^\n\P{Cc}]|\p{Cf}|\p{Zl}|\p{Zp}/u;

/** More than twice the longest PDU that is taken. */
const LONGEST_BUFFER = 4 * 1024 * 1024;

const DICTIONARY = new BuiltInDictionary(() =>
  Deno.readFileSync(new URL("../../dicom.dic", import.meta.url))
);

function mutated(random: Random): Input {
  const conversation = [...random.oneOf(CONVERSATIONS)];
  // Mostly one piece, so that the others are there to lead to a success.
  for (let count = random.below(8) === 0 ? 2 : 1; count > 0; count--) {
    const index = random.below(conversation.length);
    conversation[index] = mutate(conversation[index] ?? ASSOCIATE_AC, random);
  }
  return [...conversation, Uint8Array.of(random.below(256))];
}

async function judge(
  pieces: Input,
  connect: Connect,
  settings: Partial<VerificationSettings> = {},
): Promise<void> {
  let log = "";
  const level = (pieces[3]?.[0] ?? 0) % 4 === 0 ? "trace" : "warn";
  const report = await logReporter(
    consoleLog(level, (text) => log += text),
    { calling: "ECHOSCU", called: "ANY-SCP" },
    () => DICTIONARY,
  );
  const outcome = await verify({ ...SETTINGS, ...settings }, {
    connect,
    now: () => performance.now(),
    observe: report,
    signal: undefined,
    dictionaryFault: undefined,
  });
  const exit = exitCode(outcome);
  if (exit === 0 && !mayBeVerified(pieces)) throw new Error("exit code 0");
  if (![0, 1, 70].includes(exit)) throw new Error(`exit code ${exit}`);
  if (HARMFUL.test(log)) throw new Error(`harmful: ${JSON.stringify(log)}`);
  const lines = log.split("\n").slice(0, -1);
  const odd = lines.find((line) => !/^[FEWIDT]: /.test(line));
  if (odd !== undefined) throw new Error(`a line without level: ${odd}`);
  if (exit !== 0 && !lines.some((line) => /^[FE]: /.test(line))) {
    throw new Error("a failure without a word");
  }
}

export const clientInMemory: Target = {
  name: "client, in memory",
  make: mutated,
  async run(input): Promise<void> {
    // Byte by byte, in small pieces, or all at once.
    const chunk = [1, 7, 65536, 65536][(input[3]?.[0] ?? 0) >> 6] ?? 65536;
    const peer = new MemoryPeer([], input.slice(0, 3), chunk);
    await judge(input, () => Promise.resolve(peer));
    if (peer.longestBuffer > LONGEST_BUFFER) throw new Error("a long buffer");
    const bytes = input.reduce((sum, piece) => sum + piece.byteLength, 0);
    if (peer.reads > bytes + 16) throw new Error(`${peer.reads} reads`);
  },
};

/** Many peers say nothing more, and are waited for: there is no more to see. */
const IMPATIENT = {
  socketTimeout: 0.25,
  acseTimeout: 0.25,
  dimseTimeout: 0.25,
} as const;

/**
 * The same over sockets of loopback.
 *
 * @param listening told of the peer's port before the client is.
 */
export function overSockets(
  listening: (port: number) => void = () => {},
): Target {
  return {
    name: "client, over sockets",
    parallel: true,
    make: mutated,
    async run(input): Promise<void> {
      const peer = startPeer(input.slice(0, 3));
      listening(peer.port);
      try {
        await judge(input, connectTcp, { ...IMPATIENT, port: peer.port });
      } finally {
        // Whoever was accepted: a stranger may have come first, for whose end
        // nobody is to wait.
        await peer.close();
      }
    },
  };
}

export const clientOverSockets = overSockets();

interface Peer {
  readonly port: number;
  close(): Promise<void>;
}

/** Says its pieces, one after each of what it is told, to one client. */
function startPeer(said: Input): Peer {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  let connection: Deno.TcpConn | undefined;
  const serve = async (): Promise<void> => {
    connection = await listener.accept();
    const buffer = new Uint8Array(4096);
    for (const piece of said) {
      if (await connection.read(buffer) === null) return;
      for (let at = 0; at < piece.byteLength;) {
        at += await connection.write(piece.subarray(at));
      }
    }
    await connection.closeWrite();
    while (await connection.read(buffer) !== null);
  };
  // The client may close, or never come.
  const serving = serve().catch(() => {});
  return {
    port: listener.addr.port,
    close: async () => {
      listener.close();
      connection?.close();
      await serving;
    },
  };
}
