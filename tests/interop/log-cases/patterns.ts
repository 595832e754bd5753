/** Patterns: every conversion, widths, dates, and what is wrong. */

import { inFile, type LogCase, pattern } from "../log-case.ts";
import {
  LOCAL_TIME,
  type LogMask,
  PROCESS,
  RELATIVE,
  SOURCE,
  THREAD,
} from "../log-masks.ts";
import { HALF_A_CHARACTER, WIDEST, zoneNames } from "../log-deviations.ts";

function shown(
  value: string,
  masks: readonly LogMask[] = [],
  rest: Partial<LogCase> = {},
): LogCase {
  return inFile(`pattern: ${value}`, pattern(value), { masks, ...rest });
}

export const CONVERSIONS: readonly LogCase[] = [
  shown("%m%n"),
  shown("%m"),
  shown("%n"),
  shown("%p %P%n"),
  shown("%c %m%n"),
  ...["0", "1", "2", "3", "4", "-1", "x", "", "1x"].map((precision) =>
    shown(`%c{${precision}} %m%n`)
  ),
  shown("[pid %i] %m%n", [PROCESS]),
  shown("[thread %t] %m%n", [THREAD]),
  shown("[thread %T] %m%n", [THREAD]),
  shown("[r %r] %m%n", [RELATIVE]),
  shown("%h %m%n"),
  shown("%H %m%n"),
  shown("[source %F] [source %b] [source %L] [source %l] [source %M] %m%n", [
    SOURCE,
  ]),
  shown("<%x> <%X> <%X{key}> %m%n"),
  shown("%% %%%m%%%n"),
  shown("100 %m 100%n"),
  shown("%p%c%P%n%n%m"),
  shown("literal only%n"),
  shown("a literal without a line end"),
];

export const WIDTHS: readonly LogCase[] = [
  "%10p|%-10p|%2p|%-2p|%m%n",
  "%.2p|%.10p|%.0p|%m%n",
  "%5.3p|%-5.3p|%3.5p|%10.20c|%-30.10c|%m%n",
  "%20c{1}|%-20c{1}|%.3c{2}|%m%n",
  "%.10m|%n",
  "%60m|%n",
  "%-60.60m|%n",
  "%05p|%00p|%-05p|%m%n",
  "%--5p|%-%|%5%|%m%n",
  "%3n%m",
  "%10%%m%n",
  "%60000p|%m%n",
].map((value) => shown(value)).concat(
  shown("%70000p%n", [], { deviation: WIDEST }),
);

const WRONG = [
  "%q %m%n",
  "%m%n %",
  "%m%n%5",
  "%m%n%-",
  "%m%n%.",
  "%.xm%n",
  "%5.m%n",
  "%5.-3m%n",
  "%.-3m%n",
  "%-.5m%n",
  "% m%n",
  "%5q|%m%n",
  "%m%n%c{1",
  "%m%n%d{%Y",
  "%m{option}%n",
  "%c {1} %m%n",
  "%z%y%w%v%u %m%n",
  "%A%B%C%E%G %m%n",
];

export const WRONG_PATTERNS: readonly LogCase[] = [
  ...WRONG.map((value) => shown(value, [LOCAL_TIME])),
  shown("%\u00e9 %m%n", [], { deviation: HALF_A_CHARACTER }),
];

/** Directives of strftime() that a minute does not change. */
const SLOW = "%a %A %b %B %C %d %D %e %F %g %G %h %H %I %j %k %l %m %M %p %P " +
  "%R %t %u %U %V %w %W %x %y %Y %Z %z %% %n";

const TWO_DIGITS: LogMask = {
  why: "seconds",
  finds: /\[s [\d.]+\]/g,
  becomes: "[s]",
};

/** @param ours how ours writes that zone, if otherwise. */
function inZone(zone: string, ours?: string): LogCase {
  return inFile(
    `pattern: time zone "${zone}"`,
    pattern("%D{%F %H:%M %z %Z} %d{%F %H:%M %z %Z} %m%n"),
    {
      env: { TZ: zone },
      ...(ours === undefined ? {} : { deviation: zoneNames(ours) }),
    },
  );
}

export const DATES: readonly LogCase[] = [
  shown("%D %m%n", [LOCAL_TIME]),
  shown("%d %m%n", [LOCAL_TIME]),
  shown("%D{} %d{} %m%n", [LOCAL_TIME]),
  shown("%D{%Y-%m-%d %H:%M:%S.%q} %m%n", [LOCAL_TIME]),
  shown("%D{%Y-%m-%d %H:%M:%S.%Q} %m%n", [LOCAL_TIME]),
  shown("[s %D{%S}] [s %D{%q}] [s %D{%Q}] [s %D{%s}] %m%n", [TWO_DIGITS]),
  shown(`%D{${SLOW}} %m%n`),
  shown(`%d{${SLOW}} %m%n`),
  shown("%D{%c|%r|%T|%X} %m%n", [{
    why: "seconds",
    finds: /(:\d\d):\d\d/g,
    becomes: "$1:<s>",
  }]),
  shown("%D{%Ey %EY %EC %Ex %Od %Oe %OH %OI %Om %OM %Ou %Ow} %m%n"),
  shown("%D{%-d %_d %0e %^a %#Z %10Y %-H %5j} %m%n"),
  shown("%D{%i %J %K %L %N %o %f %v %+} %m%n"),
  shown("%D{%H:%M %} %m%n"),
  shown("%D{no directive} %m%n"),
  shown("%D{ } %m%n"),
  shown("%20D{%H:%M}|%-20D{%H:%M}|%.2D{%H:%M} %m%n"),
  ...[
    "America/New_York",
    "Asia/Kolkata",
    "UTC",
    "EST5EDT",
    ":Europe/Berlin",
  ].map((zone) => inZone(zone)),
  inZone("Australia/Lord_Howe", "\\+1[01]\\d0 LH[SD]T"),
  inZone("", "\\+0000 GMT"),
  inZone("No/Such_Zone", "\\+0000 GMT"),
  inZone("XYZ-5:30", "\\+0000 UTC"),
  inFile("pattern: names of another language", {
    ...pattern("%D{%A %B %p} %m%n"),
  }, { env: { LC_ALL: "de_DE.UTF-8", LANG: "de_DE.UTF-8" } }),
];
