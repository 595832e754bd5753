import assert from "node:assert/strict";
import type { TlsSettings } from "../../lib/tls/settings.ts";
import { parseCommandLine } from "../../lib/cli/parse.ts";
import { fakeFiles } from "./fake-files.ts";

/** The settings of a connection; undefined: it is to be plain TCP. */
async function tls(
  text: string,
): Promise<TlsSettings | undefined> {
  const argv = [...text.split(" ").filter((one) => one !== ""), "h", "104"];
  const command = await parseCommandLine(argv, fakeFiles());
  if (command.kind !== "verify") throw new Error(JSON.stringify(command));
  return command.transport.kind === "tls" ? command.transport.tls : undefined;
}

const ANONYMOUS: TlsSettings = {
  clientCertificate: undefined,
  fileFormat: "pem",
  certificateFiles: [],
  certificateDirectories: [],
  crlFiles: [],
  revocation: "none",
  profile: "8996",
  cipherSuites: [],
  dhParameterFile: undefined,
  serverName: { sni: "none" },
  seed: undefined,
  peerAuthentication: "require",
  verifyHostname: false,
};

const CLIENT = {
  keyFile: "k",
  certificateFile: "c",
  password: { from: "standard-input" },
} as const;

/** Arguments, and what they change in the settings without any. */
const CASES: Readonly<
  Record<string, readonly (readonly [string, Partial<TlsSettings>])[]>
> = {
  "a certificate of our own, or none": [
    ["+tla", {}],
    ["+tls k c", { clientCertificate: CLIENT }],
    ["-tls +tls k c", { clientCertificate: CLIENT }],
    ["+tla +tls k c", { clientCertificate: CLIENT }],
    ["+tls k c +tla", { clientCertificate: CLIENT }],
    ["+tls k c -tls +tla", {}],
    ["+tls x y +tls k c", { clientCertificate: CLIENT }],
    ["+tls -v -tls", {
      clientCertificate: { ...CLIENT, keyFile: "-v", certificateFile: "-tls" },
    }],
  ],
  "the rightmost source of the password": [
    ["+tls k c +ps", { clientCertificate: CLIENT }],
    ["+tls k c -pw", {
      clientCertificate: { ...CLIENT, password: { from: "empty" } },
    }],
    ["+tls k c -pw +ps +pw one +pw two", {
      clientCertificate: {
        ...CLIENT,
        password: { from: "command-line", password: "two" },
      },
    }],
    ["+pw one +ps +tls k c", { clientCertificate: CLIENT }],
    ["+tls k c +tla -pw", {
      clientCertificate: { ...CLIENT, password: { from: "empty" } },
    }],
  ],
  "the rightmost file format": [
    ["+tla -der", { fileFormat: "der" }],
    ["+tla -der -pem", {}],
    ["-der +tla", { fileFormat: "der" }],
  ],
  "who is trusted, from left to right": [
    ["+tla +cf b +cd d +cf a +cd c", {
      certificateFiles: ["b", "a"],
      certificateDirectories: ["d", "c"],
    }],
  ],
  "revocation lists": [
    ["+tla +crl b +crl a", { crlFiles: ["b", "a"], revocation: "leaf" }],
    ["+tla +crv", { revocation: "leaf" }],
    ["+tla +cra", { revocation: "chain" }],
    ["+tla +cra +crl a", { crlFiles: ["a"], revocation: "chain" }],
  ],
  "the rightmost profile": [
    ["+tla +pg", {}],
    ["+tla +pm", { profile: "8996-mod" }],
    ["+tla +py", { profile: "bcp195-nd" }],
    ["+tla +px", { profile: "bcp195" }],
    ["+tla +pz", { profile: "bcp195-ex" }],
    ["+tla +pb", { profile: "basic" }],
    ["+tla +pa", { profile: "aes" }],
    ["+tla +pn", { profile: "null" }],
    ["+tla +pn +px +pa +px", { profile: "bcp195" }],
    ["+tla +pn +pg", {}],
  ],
  "cipher suites, unless the profile forbids them": [
    ["+tla +cs B +cs A", { cipherSuites: ["B", "A"] }],
    ["+tla +pz +cs A +px", { cipherSuites: ["A"], profile: "bcp195" }],
  ],
  "Diffie-Hellman parameters": [
    ["+tla +dp a +dp b", { dhParameterFile: "b" }],
  ],
  "the name of the server": [
    ["+tla --no-sni", {}],
    ["+tla --request-sni a --request-sni b", {
      serverName: { sni: "given", name: "b" },
    }],
  ],
  "random seed": [
    ["+tla +rs s", { seed: { file: "s", writeTo: undefined } }],
    ["+tla +ws +rs s", { seed: { file: "s", writeTo: "s" } }],
    ["+tla +rs s +wf f", { seed: { file: "s", writeTo: "f" } }],
    ["+tla +rs s +ws +wf f", { seed: { file: "s", writeTo: "f" } }],
    ["+tla +rs s +wf f +ws", { seed: { file: "s", writeTo: "s" } }],
  ],
  "the rightmost way to treat the peer's certificate": [
    ["+tla -ic", { peerAuthentication: "ignore" }],
    ["+tla --verify-hostname", { verifyHostname: true }],
    ["+tla -ic -rc", {}],
    ["+tla -ic -vc", { peerAuthentication: "if-shown" }],
    ["+tla -vc -rc -ic", { peerAuthentication: "ignore" }],
  ],
};

for (const [what, cases] of Object.entries(CASES)) {
  Deno.test(`TLS options: ${what}`, async () => {
    for (const [text, changes] of cases) {
      assert.deepEqual(await tls(text), { ...ANONYMOUS, ...changes }, text);
    }
  });
}

Deno.test("TLS options: the rightmost may switch TLS off", async () => {
  assert.equal(await tls(""), undefined);
  assert.equal(await tls("-tls"), undefined);
  assert.equal(await tls("+tla -tls"), undefined);
  assert.equal(await tls("+tls k c -tls"), undefined);
  assert.equal(await tls("+tls k c +tla -tls"), undefined);
});

Deno.test("TLS options: the server name alone does not ask for TLS", async () => {
  assert.equal(await tls("--request-sni x"), undefined);
  assert.equal(await tls("--no-sni"), undefined);
});

Deno.test("a certificate is checked against anchors without a TLS option", async () => {
  for (const kind of ["verify-certificate", "is-root-certificate"] as const) {
    const option = kind === "verify-certificate" ? "+vc" : "+rc";
    const command = await parseCommandLine(
      [option, "x", option, "cert", "-der", "+cf", "a", "+crl", "l", "+cra"],
      fakeFiles(),
    );
    assert.deepEqual(command, {
      kind,
      file: "cert",
      log: {
        level: "warn",
        config: undefined,
      },
      tls: {
        ...ANONYMOUS,
        fileFormat: "der",
        certificateFiles: ["a"],
        crlFiles: ["l"],
        revocation: "chain",
      },
      echo: undefined,
    });
  }
});

Deno.test("checking a certificate still needs what belongs to a connection", async () => {
  const cases: readonly (readonly [string, string])[] = [
    ["+ps", "--std-passwd only allowed with --enable-tls"],
    ["+cs a", "--cipher only allowed with --enable-tls or --anonymous-tls"],
    ["-to 0", "Invalid value for option --timeout (underflow: 0)"],
    ["-ll x", "Invalid log level for --log-level option"],
  ];
  for (const [text, message] of cases) {
    const argv = ["+vc", "f", ...text.split(" ")];
    const command = await parseCommandLine(argv, fakeFiles());
    assert.equal(command.kind === "error" && command.message, message, text);
  }
});
