/** One `openssl s_client` at work, from its start to its end. */

import { errorText } from "../../base/text.ts";
import { ExpiredError } from "../../net/deadline.ts";
import type { HandshakeRequest, Offer } from "../engine.ts";
import { OPENSSL_ENVIRONMENT, type OpensslProgram } from "./openssl-program.ts";
import type { Programs, RunningProgram } from "../programs.ts";
import { Relay } from "./relay.ts";
import { PASSWORD_VARIABLE, sClientArguments } from "./sclient-arguments.ts";
import { makeSClientFiles, type SClientFiles } from "./sclient-files.ts";
import { SClientReport } from "./sclient-report.ts";

/** No honest handshake has as many bytes. */
const HANDSHAKE_LIMIT = 256 * 1024;

/** It could not be started, or ended before it connected. */
export class StartError extends Error {
  override readonly name = "StartError";
}

/**
 * The program, the relay to the peer, and what the program reports. Whoever has
 * one must end it by {@linkcode SClient.close}.
 */
export class SClient {
  readonly report = new SClientReport();
  /** When nothing more will be reported. */
  readonly reported: Promise<void>;
  readonly output: ReadableStreamDefaultReader<Uint8Array>;
  readonly input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #program: RunningProgram;
  readonly #agreed = Promise.withResolvers<void>();
  #relay: Relay | undefined;
  #closing: Promise<void> | undefined;

  constructor(program: RunningProgram) {
    this.#program = program;
    this.output = program.output.getReader();
    this.input = program.input.getWriter();
    // Faults of the input show where it is written.
    this.input.closed.catch(() => {});
    this.reported = this.#readReport();
  }

  get relay(): Relay | undefined {
    return this.#relay;
  }

  /** Once, when the program has connected. */
  connect(relay: Relay): void {
    this.#relay = relay;
  }

  /** Waits until the handshake is done, or nothing more will come of it. */
  async shaken(): Promise<void> {
    await Promise.race([
      this.#agreed.promise,
      this.#relay?.programEnded ?? this.reported,
      this.reported,
    ]);
    if (this.report.agreed !== undefined) return;
    // It has given up, and would wait for the peer to close.
    this.#program.kill();
    await this.reported;
  }

  async #readReport(): Promise<void> {
    try {
      for await (const bytes of this.#program.errors) {
        this.report.push(bytes);
        if (this.report.agreed !== undefined) this.#agreed.resolve();
      }
    } catch {
      // What was read until now has to do.
    }
  }

  /** Ends the program and both its connections; resolves when it is gone. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#program.kill();
    this.#relay?.close();
    await Promise.allSettled([
      this.output.cancel(),
      this.input.abort(),
      this.reported,
      this.#relay?.peerEnded,
      this.#relay?.programEnded,
      this.#program.ended,
    ]);
  }
}

/**
 * Starts the program and lets it connect to us, with the peer behind. When this
 * is done, or has failed, nothing is on the disk any more.
 *
 * @throws {StartError} when it does not come so far.
 * @throws {ExpiredError} when the bound comes first.
 */
export async function startSClient(
  programs: Programs,
  openssl: OpensslProgram,
  request: HandshakeRequest,
  offer: Offer,
): Promise<SClient> {
  let files: SClientFiles | undefined;
  try {
    files = await makeSClientFiles(request.clientCertificate);
    return await start(programs, openssl, request, offer, files);
  } catch (error) {
    if (error instanceof StartError || error instanceof ExpiredError) {
      throw error;
    }
    const words = `it needs a temporary folder and a socket in it (see TMPDIR)`;
    throw new StartError(`${words}: ${errorText(error)}`, { cause: error });
  } finally {
    files?.remove();
  }
}

async function start(
  programs: Programs,
  openssl: OpensslProgram,
  { transport, serverName, deadline }: HandshakeRequest,
  offer: Offer,
  { paths, password }: SClientFiles,
): Promise<SClient> {
  using listener = Deno.listen({ transport: "unix", path: paths.socket });
  const client = new SClient(startProgram(programs, {
    path: openssl.path,
    args: sClientArguments(openssl, offer, serverName, paths),
    environment: { ...OPENSSL_ENVIRONMENT, [PASSWORD_VARIABLE]: password },
  }));
  const accepted = listener.accept();
  try {
    const connection = await deadline.race(Promise.race([
      accepted,
      client.reported.then(() => undefined),
    ]));
    if (connection === undefined) {
      throw new StartError(client.report.error ?? "it has ended at once");
    }
    client.connect(new Relay(connection, transport, HANDSHAKE_LIMIT));
    return client;
  } catch (error) {
    listener.close();
    accepted.then((connection) => connection.close(), () => {});
    await client.close();
    throw error;
  }
}

/** @throws {StartError} */
function startProgram(
  programs: Programs,
  call: Parameters<Programs["start"]>[0],
): RunningProgram {
  try {
    return programs.start(call);
  } catch (error) {
    throw new StartError(errorText(error), { cause: error });
  }
}
