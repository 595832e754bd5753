import assert from "node:assert/strict";
import type { LogEvent } from "../../../lib/log/appender.ts";
import {
  counted,
  facilityCode,
  localRecord,
  remoteRecord,
  type Sender,
} from "../../../lib/log/appenders/syslog-record.ts";
import { LOG_LEVELS, type LogLevel } from "../../../lib/log/log.ts";

const SENDER: Sender = {
  facility: 19,
  ident: "my id",
  hostname: "host.example",
  pid: 17,
};

function event(
  level: LogLevel,
  time = new Date(2026, 10, 4, 7, 3, 9),
): LogEvent {
  return { logger: "dcmtk.dcmnet", level, text: "", time };
}

Deno.test("a local record begins as the C library begins it", () => {
  assert.equal(
    localRecord(SENDER, event("info"), "a\nb\n"),
    "<158>Nov  4 07:03:09 my id: a\nb\n",
  );
});

Deno.test("a remote record has the fields of RFC 5424", () => {
  const time = new Date(Date.UTC(2026, 10, 4, 7, 3, 9, 87));
  assert.equal(
    remoteRecord(SENDER, event("fatal", time), "a\n"),
    "<154>1 2026-11-04T07:03:09.087Z host.example my id 17 dcmtk.dcmnet - a\n",
  );
});

Deno.test("levels become severities", () => {
  const codes = LOG_LEVELS.map((level) =>
    Number(
      /[0-9]+/.exec(
        localRecord({ ...SENDER, facility: 0 }, event(level), ""),
      )?.[0],
    )
  );
  assert.deepEqual(codes, [7, 7, 6, 4, 3, 2]);
});

Deno.test("facilities have their codes", () => {
  const names = "kern user mail daemon auth syslog lpr news uucp cron " +
    "authpriv ftp local0 local1 local2 local3 local4 local5 local6 local7";
  assert.deepEqual(
    names.split(" ").map(facilityCode),
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 16, 17, 18, 19, 20, 21, 22, 23],
  );
  assert.equal(facilityCode("console"), undefined);
});

Deno.test("a record for a connection has its bytes counted", () => {
  assert.equal(counted("é\n"), "3 é\n");
});
