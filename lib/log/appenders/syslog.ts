/** SysLogAppender: to the syslog service of this machine or of another. */

import { errorText } from "../../base/text.ts";
import { NAME } from "../../base/product.ts";
import type { Appender, AppenderSettings, ReportProblem } from "../appender.ts";
import type { LogMachine } from "../machine.ts";
import { readBoolean } from "../setting-values.ts";
import { openLocalSyslog } from "./local-syslog.ts";
import { int32 } from "./numbers.ts";
import { RecordSender, type SenderOptions } from "./record-sender.ts";
import { ReportOnce } from "./report-once.ts";
import {
  counted,
  facilityCode,
  localRecord,
  remoteRecord,
  type Sender,
  USER,
} from "./syslog-record.ts";

const DEFAULT_PORT = 514;

function readFacility(
  settings: AppenderSettings,
  problems: ReportOnce,
): number {
  const name = settings.get("facility")?.toLowerCase() ?? "";
  if (name === "") return USER;
  const code = facilityCode(name);
  if (code === undefined) problems.tell(`Unknown syslog facility: ${name}`);
  return code ?? USER;
}

/**
 * Settings: `ident`, `facility` (default "user"), `host`, `port` (default 514)
 * and `udp` (default true). Without a host, records go to the service of this
 * machine; with `udp = false`, over a connection.
 */
export function createSysLogAppender(
  settings: AppenderSettings,
  machine: LogMachine,
  report: ReportProblem,
): Appender {
  const problems = new ReportOnce(report);
  const facility = readFacility(settings, problems);
  const host = settings.get("host") ?? "";
  return host === ""
    ? localAppender(settings, facility, machine, problems)
    : remoteAppender(settings, host, facility, machine, problems);
}

function localAppender(
  settings: AppenderSettings,
  facility: number,
  machine: LogMachine,
  problems: ReportOnce,
): Appender {
  const sender: Sender = {
    facility,
    ident: settings.get("ident") || NAME,
    hostname: "",
    pid: machine.pid,
  };
  return sending({
    open: () => openLocalSyslog(machine),
    failed: (error) =>
      problems.tell(
        `SysLogAppender- local syslog not available: ${errorText(error)}`,
      ),
  }, (event, output) => localRecord(sender, event, output));
}

function remoteAppender(
  settings: AppenderSettings,
  host: string,
  facility: number,
  machine: LogMachine,
  problems: ReportOnce,
): Appender {
  const sender: Sender = {
    facility,
    ident: settings.get("ident") ?? "",
    hostname: machine.fullHostname(),
    pid: machine.pid,
  };
  const port = int32(settings, "port", DEFAULT_PORT) & 0xffff;
  const isDatagram = readBoolean(settings.get("udp")) ?? true;
  return sending({
    open: () =>
      isDatagram ? machine.openUdp(host, port) : machine.openTcp(host, port),
    failed: (_error, phase) => {
      if (phase === "opening" && !isDatagram) {
        problems.tell(`SysLogAppender- failed to connect to ${host}:${port}`);
      } else {
        problems.tell(
          "SysLogAppender::appendRemote- socket write failed",
          "warn",
        );
      }
    },
  }, (event, output) => {
    const record = remoteRecord(sender, event, output);
    return isDatagram ? record : counted(record);
  });
}

function sending(
  options: SenderOptions,
  format: (...event: Parameters<Appender["append"]>) => string,
): Appender {
  const sender = new RecordSender(options);
  return {
    append: (event, output) => sender.send(format(event, output)),
    close: () => sender.close(),
    backlog: () => sender.backlog,
    written: () => sender.sent,
  };
}
