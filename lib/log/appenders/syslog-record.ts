/** Records for syslog, as the reference and its C library write them. Pure. */

import type { LogEvent } from "../appender.ts";
import { formatTime } from "../date-format.ts";
import type { LogLevel } from "../log.ts";
import { encodeRaw } from "../raw-text.ts";

/** Numerical codes of RFC 5424, section 6.2.1. */
const FACILITIES: ReadonlyMap<string, number> = new Map([
  ["kern", 0],
  ["user", 1],
  ["mail", 2],
  ["daemon", 3],
  ["auth", 4],
  ["syslog", 5],
  ["lpr", 6],
  ["news", 7],
  ["uucp", 8],
  ["cron", 9],
  ["authpriv", 10],
  ["ftp", 11],
  ["local0", 16],
  ["local1", 17],
  ["local2", 18],
  ["local3", 19],
  ["local4", 20],
  ["local5", 21],
  ["local6", 22],
  ["local7", 23],
]);

export const USER = 1;

/** @param name in lower case. */
export function facilityCode(name: string): number | undefined {
  return FACILITIES.get(name);
}

/** Numerical codes of RFC 5424, section 6.2.1. */
const SEVERITIES: Readonly<Record<LogLevel, number>> = {
  trace: 7,
  debug: 7,
  info: 6,
  warn: 4,
  error: 3,
  fatal: 2,
};

/** Where a record comes from. */
export interface Sender {
  /** A numerical code. */
  readonly facility: number;
  readonly ident: string;
  readonly hostname: string;
  readonly pid: number;
}

function priority({ facility }: Sender, { level }: LogEvent): string {
  return `<${facility * 8 + SEVERITIES[level]}>`;
}

/** As syslog() of the C library sends it to the local service. */
export function localRecord(
  sender: Sender,
  event: LogEvent,
  output: string,
): string {
  const time = formatTime("%h %e %T", event.time, false);
  return `${priority(sender, event)}${time} ${sender.ident}: ${output}`;
}

/**
 * RFC 5424, section 6, with the logger as MSGID. An identification that is not
 * set is empty, as with the reference, and not "-".
 */
export function remoteRecord(
  sender: Sender,
  event: LogEvent,
  output: string,
): string {
  return `${priority(sender, event)}1 ${event.time.toISOString()} ` +
    `${sender.hostname} ${sender.ident} ${sender.pid} ${event.logger} - ` +
    output;
}

/** A record for a connection, with its length before it (RFC 6587, 3.4.1). */
export function counted(record: string): string {
  return `${encodeRaw(record).byteLength} ${record}`;
}
