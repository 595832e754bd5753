/** Everything that reads what others have written, a layer at a time. */

import { concatenate } from "../../lib/base/writer.ts";
import assert from "node:assert/strict";
import { pemBlocks, toPem } from "../../lib/base/pem.ts";
import { printable } from "../../lib/base/text.ts";
import { splitCommandFile } from "../../lib/cli/command-file.ts";
import { parseCommandLine } from "../../lib/cli/parse.ts";
import { DataDictionary } from "../../lib/dictionary/data-dictionary.ts";
import { parseLine } from "../../lib/dictionary/line.ts";
import { readDictionary } from "../../lib/dictionary/read.ts";
import {
  decodeCommandSet,
  encodeCommandSet,
} from "../../lib/dimse/command-set.ts";
import {
  additivities,
  appenderEntries,
  loggerEntries,
  ownSettings,
} from "../../lib/log/config.ts";
import {
  parseProperties,
  propertiesProblem,
} from "../../lib/log/properties.ts";
import { decodePdu, encodePdu } from "../../lib/pdu/codec.ts";
import { dumpPdu } from "../../lib/pdu/dump.ts";
import { PduError } from "../../lib/pdu/error.ts";
import { certificatesIn } from "../../lib/tls/wire/certificate-message.ts";
import { readDhParameters } from "../../lib/tls/files/dh-parameters.ts";
import { openPrivateKey } from "../../lib/tls/files/private-key.ts";
import { PlainRecords } from "../../lib/tls/wire/records.ts";
import { TlsSetupError } from "../../lib/tls/setup-error.ts";
import { parseCertificate } from "../../lib/x509/certificate.ts";
import { readTrustFile } from "../../lib/x509/files.ts";
import { X509Error } from "../../lib/x509/types.ts";
import { fakeFiles } from "../../tests/cli/fake-files.ts";
import { authority, issue } from "../../tests/support/certificates.ts";
import {
  bytes,
  GOLDEN,
  P_DATA_ECHO_RQ,
  P_DATA_ECHO_RSP,
} from "../../tests/support/golden.ts";
import { mutate } from "./mutate.ts";
import type { Random } from "./random.ts";
import type { Target } from "./target.ts";

/** Runs `work`; the error of its layer is what a bad input is to give. */
async function only(
  expected: new (...rest: never[]) => Error,
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof expected)) throw error;
  }
}

function target(
  name: string,
  samples: readonly Uint8Array[],
  run: (input: Uint8Array) => Promise<void> | void,
): Target {
  const [first = bytes(), ...rest] = samples;
  return {
    name,
    make: (random: Random) => [mutate(random.oneOf([first, ...rest]), random)],
    run: ([input = bytes()]) => run(input),
  };
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function latin1(input: Uint8Array): string {
  return new TextDecoder("latin1").decode(input);
}

const pdus = target("PDU, there and back", Object.values(GOLDEN), (input) => {
  try {
    const warnings: string[] = [];
    const [type = 0] = input;
    const pdu = decodePdu(type, input.subarray(6), (one) => warnings.push(one));
    dumpPdu(input);
    const again = encodePdu(pdu);
    assert.deepEqual(decodePdu(type, again.subarray(6)), pdu);
    // A byte of the input makes a bounded number of objects and lines.
    assert.ok(warnings.length <= input.byteLength + 1);
    assert.ok(again.byteLength <= input.byteLength + 256);
  } catch (error) {
    if (!(error instanceof PduError)) throw error;
    // Only for a layer below: it is escaped where it is printed.
    printable(error.message);
  }
});

const commands = target(
  "command set, there and back",
  [P_DATA_ECHO_RQ.subarray(12), P_DATA_ECHO_RSP.subarray(12)],
  (input) => {
    const { elements, fault } = decodeCommandSet(input);
    assert.ok(elements.length <= input.byteLength / 8);
    if (fault !== undefined || elements.length === 0) return;
    // The group length is the encoder's own.
    const others = elements.filter(({ tag }) => tag !== 0);
    const again = decodeCommandSet(encodeCommandSet(others));
    assert.equal(again.fault, undefined);
  },
);

const DICTIONARY = utf8(
  "(0008,0016)\tUI\tSOPClassUID\t1\tDICOM\n# comment\n" +
    "(6000-60ff,3000)\tox\tOverlayData\t1-n\tDICOM\n" +
    '(0029,"SIEMENS CSA HEADER",08)\tCS\tCSAImageHeaderType\t1\tPrivateTag\n' +
    "(0020-o-00ff,0000-u-0010)\tLO\tX\t2-2n\tretired\n",
);

const dictionary = target("dictionary", [DICTIONARY], (input) => {
  const faults: string[] = [];
  const text = latin1(input);
  for (const line of text.split("\n")) parseLine(line);
  const found = new DataDictionary();
  readDictionary(found, "x.dic", input, (fault) => faults.push(fault));
  assert.ok(faults.length <= 4 * (text.split("\n").length + input.byteLength));
});

const COMMAND_LINES = [
  '-v -d -aet ME -aec "ANY SCP" localhost 104 --repeat 3 -ts -1',
  "-ll trace -pts 3 -ppc 4 -td 0x10 -ta 010 'a b' +5 -- 11112",
  "+tla +cf a.pem -ic -pw +ps +vc x.pem host 2762",
  "+tls key cert -lc log.cfg @nested --arguments peer 65536",
];

const commandLines = target(
  "command file and line",
  COMMAND_LINES.map(utf8),
  async (input) => {
    const argv = splitCommandFile(latin1(input));
    assert.ok(argv.length <= input.byteLength);
    const files = fakeFiles({ "log.cfg": latin1(input), nested: input });
    const direct = await parseCommandLine(argv, files);
    const command = await parseCommandLine(["@f", "h", "1"], {
      ...files,
      read: () => ({ kind: "content", bytes: input }),
    });
    assert.ok(typeof direct.kind === "string" && command.kind !== undefined);
  },
);

const LOG_CONFIG = utf8(
  "log4cplus.rootLogger = INFO, console, F\n# x\nA=${B}\nB=${A}\n" +
    "log4cplus.appender.console = log4cplus::ConsoleAppender\n" +
    "log4cplus.appender.F=log4cplus::RollingFileAppender\n" +
    "log4cplus.appender.F.MaxFileSize=10MB\n" +
    "log4cplus.appender.F.layout=log4cplus::PatternLayout\n" +
    "log4cplus.appender.F.layout.ConversionPattern=%D{%Y} %-5p %.9c - %m%n\n" +
    "log4cplus.logger.dcmtk.net = DEBUG, F\nlog4cplus.additivity.x = FALSE\n",
);

const logConfig = target("log configuration", [LOG_CONFIG], (input) => {
  const properties = parseProperties(latin1(input));
  propertiesProblem(properties);
  const own = ownSettings(properties);
  const appenders = appenderEntries(own);
  const problems: string[] = [];
  const known = new Set(appenders.map(({ name }) => name));
  loggerEntries(own, known, (problem) => problems.push(problem));
  additivities(own);
  assert.ok(problems.length <= input.byteLength);
});

const ROOT = authority({ name: "Root" });
const LEAF = issue(ROOT, {
  name: "pacs",
  dns: ["pacs.test"],
  ip: ["127.0.0.1"],
});

const certificates = target(
  "X.509 certificate",
  [ROOT.der, LEAF.der],
  (input) => only(X509Error, () => parseCertificate(input)),
);

const trustFiles = target(
  "PEM and trust file",
  [utf8(ROOT.pem + LEAF.pem), utf8(toPem("X509 CRL", new Uint8Array(40)))],
  (input) => {
    assert.ok(pemBlocks(input).length <= input.byteLength);
    return only(X509Error, () => readTrustFile(input, "pem"));
  },
);

const keys = target("key file", [utf8(LEAF.keyPem)], async (input) => {
  const ask = () => Promise.resolve(utf8("wrong"));
  await only(TlsSetupError, () => openPrivateKey("k", input, "pem", ask));
  const der = pemBlocks(input)[0]?.bytes ?? input;
  await only(TlsSetupError, () => openPrivateKey("k", der, "der", ask));
  await readDhParameters(input);
});

const records = target(
  "TLS records and certificate message",
  [
    concatenate([bytes("16 0303 0004 0e000000 15 0303 0002 0228"), ROOT.der]),
    concatenate([
      bytes("0b"),
      u24(ROOT.der.byteLength + 6),
      u24(ROOT.der.byteLength + 3),
      u24(ROOT.der.byteLength),
      ROOT.der,
    ]),
  ],
  (input) => {
    const seen = new PlainRecords();
    seen.push(input.subarray(0, 3));
    seen.push(input.subarray(3));
    assert.ok(seen.first.byteLength <= 64);
    assert.ok((certificatesIn(input)?.length ?? 0) <= 64);
  },
);

function u24(value: number): Uint8Array {
  return Uint8Array.of(value >> 16, value >> 8, value);
}

export const CODEC: readonly Target[] = [
  pdus,
  commands,
  dictionary,
  commandLines,
  logConfig,
  certificates,
  trustFiles,
  keys,
  records,
];
