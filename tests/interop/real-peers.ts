/** Starts real peers on free ports and waits until they listen. */

import {
  type Background,
  type Program,
  runBeside,
  type RunOptions,
  temporaryDirectory,
} from "../support/run.ts";

/** A port of 127.0.0.1 at which nobody listens now. */
export function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}

/** A running peer; disposing of it ends its process. */
export interface RealPeer extends AsyncDisposable {
  readonly port: number;
  /** What it has logged until now. */
  readonly output: string;
}

/** How long a peer may take to listen; Orthanc is the slow one. */
const START_LIMIT = 30_000;
const RETRY = 50;

/** Runs `program` beside the test and waits until `port` answers. */
export async function startPeerProcess(
  program: Program,
  args: readonly string[],
  port: number,
  options: Pick<RunOptions, "env" | "cwd"> = {},
): Promise<RealPeer> {
  let process: Background;
  try {
    process = runBeside(program, args, options);
  } catch (error) {
    throw new Error(
      `the peer ${program.name} cannot be started: is ${program.command} ` +
        "installed?",
      { cause: error },
    );
  }
  try {
    await untilListening(process, program.name, port);
  } catch (error) {
    await process[Symbol.asyncDispose]();
    throw error;
  }
  return {
    port,
    get output(): string {
      return process.output;
    },
    [Symbol.asyncDispose]: () => process[Symbol.asyncDispose](),
  };
}

/** A port that opens tells nobody: it has to be tried. */
async function untilListening(
  process: Background,
  name: string,
  port: number,
): Promise<void> {
  const attempts = START_LIMIT / RETRY;
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (process.ended) break;
    try {
      const connection = await Deno.connect({ hostname: "127.0.0.1", port });
      connection.close();
      return;
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY));
  }
  const what = process.ended ? "ended" : "does not listen";
  throw new Error(`the peer ${name} ${what}; it said:\n${process.output}`);
}

/** DCMTK programs answer in two writes: Nagle's algorithm would delay them. */
const PROMPTLY = { TCP_NODELAY: "1" };

/** DCMTK's storage SCP; it answers C-ECHO to any AE title. */
export function startStorescp(): Promise<RealPeer> {
  const port = freePort();
  return startPeerProcess(
    {
      name: "storescp",
      command: "/usr/bin/storescp",
      leadingArguments: [],
    },
    ["--ignore", String(port)],
    port,
    { env: PROMPTLY },
  );
}

/** A peer with files of its own, which go with it. */
async function startWithFiles(
  files: Readonly<Record<string, string>>,
  start: (directory: string) => Promise<RealPeer>,
): Promise<RealPeer> {
  const directory = await temporaryDirectory(files);
  try {
    const peer = await start(directory.path);
    return {
      port: peer.port,
      get output(): string {
        return peer.output;
      },
      async [Symbol.asyncDispose](): Promise<void> {
        await peer[Symbol.asyncDispose]();
        await directory[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await directory[Symbol.asyncDispose]();
    throw error;
  }
}

/** DCMTK's image archive, which knows one AE title, `title`. */
export function startDcmqrscp(title: string): Promise<RealPeer> {
  const port = freePort();
  const config = [
    `NetworkTCPPort = ${port}`,
    "MaxPDUSize = 16384",
    "MaxAssociations = 16",
    "HostTable BEGIN",
    "HostTable END",
    "VendorTable BEGIN",
    "VendorTable END",
    "AETable BEGIN",
    `${title} . RW (9, 1024mb) ANY`,
    "AETable END",
    "",
  ].join("\n");
  return startWithFiles(
    { "dcmqrscp.cfg": config },
    (directory) =>
      startPeerProcess(
        {
          name: "dcmqrscp",
          command: "/usr/bin/dcmqrscp",
          leadingArguments: ["--config", "dcmqrscp.cfg"],
        },
        [],
        port,
        { cwd: directory, env: PROMPTLY },
      ),
  );
}

/** Orthanc without web server and plugins; its AE title is `title`. */
export function startOrthanc(title: string): Promise<RealPeer> {
  const port = freePort();
  const config = {
    Name: "echoscu tests",
    StorageDirectory: ".",
    IndexDirectory: ".",
    Plugins: [],
    HttpServerEnabled: false,
    DicomServerEnabled: true,
    DicomPort: port,
    DicomAet: title,
    DicomCheckCalledAet: true,
    DicomAlwaysAllowEcho: true,
  };
  return startWithFiles(
    { "orthanc.json": JSON.stringify(config) },
    (directory) =>
      startPeerProcess(
        {
          name: "Orthanc",
          command: "/usr/sbin/Orthanc",
          leadingArguments: ["orthanc.json"],
        },
        [],
        port,
        { cwd: directory },
      ),
  );
}

/** The server of `dcmjs-dimse`, from npm; its AE title is `title`. */
export function startDcmjsDimse(title: string): Promise<RealPeer> {
  const port = freePort();
  return startPeerProcess(
    {
      name: "dcmjs-dimse",
      command: Deno.execPath(),
      leadingArguments: [
        "run",
        "-A",
        `${import.meta.dirname}/dcmjs-scp.ts`,
      ],
    },
    [String(port), title],
    port,
  );
}
