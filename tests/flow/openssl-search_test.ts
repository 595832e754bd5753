/** An openssl program that does not answer while it is looked at. */

import assert from "node:assert/strict";
import { setUpTls } from "../../lib/app/tls-setup.ts";
import { consoleLog } from "../../lib/log/log.ts";
import { Deadlines, ExpiredError } from "../../lib/net/deadline.ts";
import { connectTcp } from "../../lib/net/tcp.ts";
import type { TlsMachine } from "../../lib/tls/deno/machine.ts";
import type { Programs } from "../../lib/tls/programs.ts";
import { startVerificationScp } from "../../lib/scp/server.ts";
import { issue } from "../support/certificates.ts";
import { FakePrograms } from "../tls/fake-programs.ts";
import { asServer } from "../tls/handshakes.ts";
import { fakeMachine, type Machine } from "./fake-host.ts";
import { run } from "../../lib/app/run.ts";
import { tlsSettings } from "../tls/setup.ts";
import { options, PACS, ROOT } from "./tls-host.ts";

class SilentPrograms extends FakePrograms {
  readonly #asked: Programs["output"];

  constructor(asked: Programs["output"]) {
    super({});
    this.#asked = asked;
  }

  override output(
    ...[call, deadline]: Parameters<Programs["output"]>
  ): ReturnType<Programs["output"]> {
    return this.#asked(call, deadline);
  }
}

function machineWith(
  asked: (machine: Machine) => Programs["output"],
): Machine {
  const settings = options();
  const tlsMachine = async (signal: AbortSignal): Promise<TlsMachine> => {
    const made = await settings.host?.tlsMachine?.(signal);
    assert.ok(made);
    return { ...made, programs: new SilentPrograms(asked(machine)) };
  };
  const machine = fakeMachine({ ...settings, host: { tlsMachine } });
  return machine;
}

/** The built-in engine cannot prove the key of this one. */
const OLD = issue(ROOT, { name: "old", version: 1 });

for (
  const [signal, exit] of [
    ["SIGHUP", 129],
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const
) {
  Deno.test(`${signal} while openssl is looked for gives ${exit}`, async () => {
    await using scp = startVerificationScp({ tls: asServer(OLD) });
    const machine = machineWith(({ interrupt }) => (_, deadline) => {
      interrupt(signal);
      return deadline.race(Promise.withResolvers<undefined>().promise);
    });
    const line = ["+tla", "+cf", "root.pem", "127.0.0.1", String(scp.port)];
    assert.equal(await run(line, machine.host), exit);
    assert.equal(machine.stderr(), "F: Interrupted\n");
  });
}

Deno.test("an openssl program that does not answer in time is a failed association", async () => {
  await using scp = startVerificationScp({ tls: asServer(OLD) });
  const machine = machineWith(() => () =>
    Promise.reject(new ExpiredError("timeout"))
  );
  const line = ["+tla", "+cf", "root.pem", "127.0.0.1", String(scp.port)];
  assert.equal(await run(line, machine.host), 1);
  assert.match(machine.stderr(), /^F: Association Request Failed: 000b:000b /);
  assert.doesNotMatch(machine.stderr(), /Internal Error/);
});

Deno.test("lists are given without an openssl program that does not answer", async () => {
  for (const option of ["+cc", "+ph"]) {
    const machine = machineWith(() => () =>
      Promise.reject(new ExpiredError("timeout"))
    );
    assert.equal(await run([option], machine.host), 0);
    assert.match(machine.stdout(), /no openssl program: it does not answer/);
    assert.match(machine.stdout(), /: built-in|TLS_AES_128_GCM_SHA256/);
  }
});

Deno.test("whoever connects is told before a program is wanted for it", async () => {
  const { host } = fakeMachine(options());
  const machine = await options().host?.tlsMachine?.(
    new AbortController().signal,
  );
  assert.ok(machine);
  const settings = tlsSettings({ certificateFiles: ["root.pem"] });
  const log = consoleLog("off", () => {});
  const prepared = await setUpTls(settings, log, host, machine);
  assert.ok(prepared.kind === "ready");
  for (const [certificate, wanted] of [[PACS, false], [OLD, true]] as const) {
    await using scp = startVerificationScp({ tls: asServer(certificate) });
    let told = false;
    const secure = prepared.secure(undefined, () => {
      told = true;
      return undefined;
    });
    using deadlines = new Deadlines();
    using deadline = deadlines.start(undefined);
    const { hostname, port } = scp;
    const transport = await connectTcp({
      host: hostname,
      port,
      addressFamily: "auto",
      deadline,
    });
    const reconnect = (): never => assert.fail("there is no program");
    const request = { transport, reconnect, host: hostname, deadline };
    await secure(request).then((channel) => channel.close(), () => {});
    assert.equal(told, wanted);
  }
});
