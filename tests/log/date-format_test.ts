import assert from "node:assert/strict";
import { formatTime } from "../../lib/log/date-format.ts";
import { NOW } from "./machine.ts";

function utc(format: string, time: Date = NOW): string {
  return formatTime(format, time, true);
}

Deno.test("every conversion of strftime is there", () => {
  const cases: Readonly<Record<string, string>> = {
    "%a %A %b %B %h": "Wed Wednesday Mar March Mar",
    "%c": "Wed Mar  4 05:06:07 2026",
    "%C %d %e %j": "20 04  4 063",
    "%D %F %x": "03/04/26 2026-03-04 03/04/26",
    "%g %G %V %u %w": "26 2026 10 3 3",
    "%U %W": "09 09",
    "%H %I %k %l %M %S %p %P": "05 05  5  5 06 07 AM am",
    "%r %R %T %X": "05:06:07 AM 05:06 05:06:07 05:06:07",
    "%m %y %Y": "03 26 2026",
    "%s": String(Math.floor(NOW.getTime() / 1000)),
    "%z %Z": "+0000 GMT",
    "%n%t%%": "\n\t%",
  };
  for (const [format, text] of Object.entries(cases)) {
    assert.equal(utc(format), text, format);
  }
});

Deno.test("milliseconds have three digits, and three more", () => {
  assert.equal(utc("%q|%Q"), "089|089.000");
});

Deno.test("midnight and noon are twelve", () => {
  assert.equal(utc("%I %p", new Date(Date.UTC(2026, 0, 1, 0))), "12 AM");
  assert.equal(utc("%I %p", new Date(Date.UTC(2026, 0, 1, 12))), "12 PM");
  assert.equal(utc("%I %p", new Date(Date.UTC(2026, 0, 1, 23))), "11 PM");
});

Deno.test("the first days of a year may be of the last year's weeks", () => {
  const first = new Date(Date.UTC(2027, 0, 1));
  assert.equal(utc("%G %g %V %U %W %j", first), "2026 26 53 00 00 001");
  const last = new Date(Date.UTC(2024, 11, 30));
  assert.equal(utc("%G %V %j", last), "2025 01 365");
});

Deno.test("flags and widths are those of the C library", () => {
  const cases: Readonly<Record<string, string>> = {
    "%_d %-d %0e": " 4 4 04",
    "%5Y %_5d %05e %-5m": "02026     4 00004     3",
    "%^a %^B %#a %#p %#Z": "WED MARCH WED am gmt",
    "%6a|%010F|%^c": "   Wed|2026-03-04|WED MAR  4 05:06:07 2026",
    "%Ey %Od": "26 04",
  };
  for (const [format, text] of Object.entries(cases)) {
    assert.equal(utc(format), text, format);
  }
});

Deno.test("what is no conversion stays as it stands", () => {
  assert.equal(utc("%N %f %L %E %J %+"), "%N %f %L %E %J %+");
  assert.equal(utc("%%q %%%%"), "%q %%");
});

Deno.test("a single percent sign at the end is dropped", () => {
  assert.equal(utc("%Y%"), "2026");
  assert.equal(utc("%"), "");
});

Deno.test("a width that is out of all proportion is limited", () => {
  assert.ok(utc("%999999999d").length <= 1024);
});

Deno.test("local time has the offset of this machine", () => {
  const local = formatTime("%Y-%m-%dT%H:%M:%S%z", NOW, false);
  assert.equal(
    new Date(local.replace(/(..)$/, ":$1")).getTime(),
    Math.floor(NOW.getTime() / 1000) * 1000,
  );
});

Deno.test("a format cannot make a time of any length", () => {
  const time = formatTime("%1024d".repeat(10_000), new Date(0), true);
  assert.equal(time.length, 65536);
  assert.match(time, /^0+/);
});
