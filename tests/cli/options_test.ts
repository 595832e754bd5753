import assert from "node:assert/strict";
import { DESCRIPTIONS, GROUPS } from "../../lib/cli/descriptions.ts";
import {
  headerText,
  helpText,
  usageErrorText,
  versionText,
} from "../../lib/cli/help.ts";
import { parseCommandLine } from "../../lib/cli/parse.ts";
import { OPTIONS } from "../../lib/cli/options.ts";
import { fakeFiles } from "./fake-files.ts";

/** Every option that a user of the reference or of its manual may know. */
const KNOWN =
  `-h --help, --version, --arguments, -q --quiet, -v --verbose, -d --debug,
  -ll --log-level, -lc --log-config, -i4 --ipv4, -i6 --ipv6, -i0 --ip-auto,
  -aet --aetitle, -aec --call, -pts --propose-ts, -ppc --propose-pc,
  -to --timeout, -ts --socket-timeout, -ta --acse-timeout, -td --dimse-timeout,
  -pdu --max-pdu, --repeat, --abort, -tls --disable-tls, +tls --enable-tls,
  +tla --anonymous-tls, +ps --std-passwd, +pw --use-passwd, -pw --null-passwd,
  -pem --pem-keys, -der --der-keys, +cf --add-cert-file, +cd --add-cert-dir,
  +crl --add-crl-file, +crv --enable-crl-vfy, +cra --enable-crl-all,
  +ph --list-profiles, +pg --profile-8996, +pm --profile-8996-mod,
  +py --profile-bcp195-nd, +px --profile-bcp195, +pz --profile-bcp195-ex,
  +pb --profile-basic, +pa --profile-aes, +pn --profile-null,
  +cc --list-ciphers, +cs --cipher, +dp --dhparam, --no-sni, --request-sni,
  +rs --seed, +ws --write-seed, +wf --write-seed-file,
  -rc --require-peer-cert, -vc --verify-peer-cert, -ic --ignore-peer-cert,
  --verify-hostname,
  +vc --verify-cert, +rc --is-root-cert,
  --explain, --deadline, --retry, --retry-delay, --format, --output, --warning,
  --critical, --cert-warning, --cert-critical, --interval, --reconnect, --peers,
  --concurrency, --probe, --listen, --metrics`.split(",").map((pair) =>
    pair.trim()
  );

Deno.test("the table has every option, by its short and its long name", () => {
  const table = OPTIONS.map(({ short, long }) =>
    short === undefined ? long : `${short} ${long}`
  );
  assert.deepEqual(table.toSorted(), KNOWN.toSorted());
});

Deno.test("no two options have a name in common", () => {
  const names = OPTIONS.flatMap(({ long, short }) =>
    short === undefined ? [long] : [long, short]
  );
  assert.equal(new Set(names).size, names.length);
});

Deno.test("every name in the table can be told from a parameter", () => {
  for (const { long, short = "-x" } of OPTIONS) {
    assert.match(long, /^--[a-z]/);
    assert.match(short, /^[+-][a-z]/);
  }
});

Deno.test("a number is the only value of its option", () => {
  for (const { long, range, values } of OPTIONS) {
    if (range !== undefined) assert.equal(values?.length, 1, long);
  }
});

Deno.test("a family has at least two members and at most one default", () => {
  const families = Map.groupBy(OPTIONS, ({ family }) => family);
  families.delete(undefined);
  for (const [family, members] of families) {
    assert.ok(members.length > 1, family);
    const defaults = members.filter((one) => one.default === true);
    assert.ok(defaults.length <= 1, family);
  }
});

Deno.test("an option that takes a value is told to lack it", async () => {
  for (const { long, short = long, values = [] } of OPTIONS) {
    const files = fakeFiles();
    for (const name of [long, short]) {
      for (let given = 0; given < values.length; given++) {
        const argv = [name, ...values.slice(0, given)];
        const command = await parseCommandLine(argv, files);
        assert.equal(command.kind, "error");
        assert.equal(
          command.kind === "error" && command.message,
          `Missing value for option ${long}`,
        );
      }
    }
  }
});

Deno.test("the help text shows every option with its values, once", () => {
  const lines = helpText().split("\n");
  for (const { short = "", long, values = [] } of OPTIONS) {
    const head = `    ${short.padEnd(4)}  ${[long, ...values].join(" ")}  `;
    const found = lines.filter((line) => line.startsWith(head));
    assert.equal(found.length, 1, head);
  }
});

Deno.test("the help text has bounds, defaults and repetition from the table", () => {
  const text = helpText().replaceAll(/\s+/g, " ");
  for (const { long, range, default: fallback, repeatable } of OPTIONS) {
    const from = text.indexOf(` ${long} `);
    const entry = text.slice(from, text.indexOf(")", from) + 1);
    if (range?.max !== undefined) {
      assert.ok(entry.includes(`(${range.min}..${range.max}`), long);
    }
    if (repeatable) assert.ok(entry.includes("may be repeated)"), long);
    if (typeof fallback === "string" || typeof fallback === "number") {
      assert.ok(entry.includes(`default ${fallback})`), long);
    }
  }
});

Deno.test("the help text fits a terminal of 80 columns", () => {
  for (const line of helpText().split("\n")) {
    assert.ok(line.length <= 80, line);
    assert.equal(line, line.trimEnd());
  }
});

Deno.test("every section of the table has its place in the help text", () => {
  const placed = GROUPS.flatMap(([, sections]) =>
    sections.map(({ section }) => section)
  );
  assert.deepEqual(
    placed.toSorted(),
    [...new Set(OPTIONS.map(({ section }) => section))].toSorted(),
  );
});

Deno.test("descriptions are one line each", () => {
  for (const text of Object.values(DESCRIPTIONS)) {
    assert.match(text, /^[^\s].*[^\s.]$/);
  }
});

Deno.test("help, version and usage errors begin with banner and purpose", () => {
  assert.match(
    headerText(),
    /^\$echoscu: echoscu v[0-9.]+ [0-9-]{10} \$\n\nechoscu: DICOM verification \(C-ECHO\) SCU\n$/,
  );
  const runtime = { deno: "2.0.0", v8: "9.9", target: "some-machine" };
  for (const text of [helpText(), versionText(runtime), usageErrorText("")]) {
    assert.ok(text.startsWith(headerText()));
  }
});

Deno.test("a usage error stands on the line after the purpose", () => {
  assert.equal(
    usageErrorText("Unknown option -x"),
    `${headerText()}error: Unknown option -x\n`,
  );
});

Deno.test("the version text names runtime, machine and commit", () => {
  const runtime = { deno: "2.0.0", v8: "9.9", target: "some-machine" };
  assert.equal(
    versionText(runtime),
    `${headerText()}\nHost type: some-machine\nRuntime: Deno 2.0.0, V8 9.9\n` +
      "Commit: unknown\n",
  );
  assert.ok(versionText().includes(Deno.version.deno));
});

Deno.test("the usage line names both parameters", () => {
  assert.ok(helpText().includes("\nusage: echoscu [options] peer port\n"));
});
