/**
 * Times as strftime() writes them in the C locale, with two conversions more:
 * `%q` are the milliseconds, `%Q` the milliseconds with three digits more.
 * Pure, but for the time zone of this machine.
 */

const DAYS = [
  "Sunday",
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
] as const;

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** A time in its parts; of a zone, its name and its minutes ahead of UTC. */
interface Parts {
  readonly year: number;
  /** 0 to 11. */
  readonly month: number;
  readonly day: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** 0 is the first of January. */
  readonly dayOfYear: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  readonly offset: number;
  readonly time: Date;
  readonly utc: boolean;
}

const DAY = 24 * 60 * 60 * 1000;

function partsOf(time: Date, utc: boolean): Parts {
  const offset = utc ? 0 : -time.getTimezoneOffset();
  const shifted = new Date(time.getTime() + offset * 60_000);
  const year = shifted.getUTCFullYear();
  return {
    year,
    month: shifted.getUTCMonth(),
    day: shifted.getUTCDate(),
    weekday: shifted.getUTCDay(),
    dayOfYear: Math.floor((shifted.getTime() - Date.UTC(year, 0, 1)) / DAY),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    millisecond: shifted.getUTCMilliseconds(),
    offset,
    time,
    utc,
  };
}

/** ISO 8601: week 1 has the year's first Thursday. */
function isoWeek(parts: Parts): { year: number; week: number } {
  const { year, month, day, weekday } = parts;
  const thursday = new Date(
    Date.UTC(year, month, day + 4 - (weekday === 0 ? 7 : weekday)),
  );
  const ofYear = thursday.getUTCFullYear();
  const days = (thursday.getTime() - Date.UTC(ofYear, 0, 1)) / DAY;
  return { year: ofYear, week: Math.floor(days / 7) + 1 };
}

/** Locales that together have a short name for most zones. */
const LOCALES = ["en-US", "en-GB", "en-IN", "en-AU", "en-NZ", "en-ZA"];

/** By minutes ahead of UTC: looking a name up takes long. */
const zoneNames = new Map<number, string>();

function zoneName({ time, utc, offset }: Parts): string {
  if (utc) return "GMT";
  const name = zoneNames.get(offset) ?? lookUpZone(time, offset);
  zoneNames.set(offset, name);
  return name;
}

function lookUpZone(time: Date, offset: number): string {
  for (const locale of LOCALES) {
    const name = new Intl.DateTimeFormat(locale, { timeZoneName: "short" })
      .formatToParts(time)
      .find(({ type }) => type === "timeZoneName")?.value;
    if (name !== undefined && /^[A-Z]+$/.test(name)) return name;
  }
  const text = zoneOffset(offset);
  return text.endsWith("00") ? text.slice(0, 3) : text;
}

function zoneOffset(offset: number): string {
  const minutes = Math.abs(offset);
  return (offset < 0 ? "-" : "+") + pad(Math.floor(minutes / 60), 2) +
    pad(minutes % 60, 2);
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, "0");
}

/** A number with the width and the filling that it has by default. */
interface Numeric {
  readonly value: number;
  readonly width: number;
  readonly fill: "0" | " ";
}

function zeros(value: number, width = 2): Numeric {
  return { value, width, fill: "0" };
}

function blanks(value: number): Numeric {
  return { value, width: 2, fill: " " };
}

function twelve(hour: number): number {
  return hour % 12 === 0 ? 12 : hour % 12;
}

type Convert = (parts: Parts) => Numeric | string;

/** Conversions that stand for others. */
const COMPOSED: Readonly<Record<string, string>> = {
  c: "%a %b %e %H:%M:%S %Y",
  D: "%m/%d/%y",
  F: "%Y-%m-%d",
  r: "%I:%M:%S %p",
  R: "%H:%M",
  T: "%H:%M:%S",
  x: "%m/%d/%y",
  X: "%H:%M:%S",
};

const CONVERSIONS: Readonly<Record<string, Convert>> = {
  a: (p) => (DAYS[p.weekday] ?? "").slice(0, 3),
  A: (p) => DAYS[p.weekday] ?? "",
  b: (p) => (MONTHS[p.month] ?? "").slice(0, 3),
  B: (p) => MONTHS[p.month] ?? "",
  C: (p) => zeros(Math.floor(p.year / 100)),
  d: (p) => zeros(p.day),
  e: (p) => blanks(p.day),
  g: (p) => zeros(isoWeek(p).year % 100),
  G: (p) => zeros(isoWeek(p).year, 4),
  h: (p) => (MONTHS[p.month] ?? "").slice(0, 3),
  H: (p) => zeros(p.hour),
  I: (p) => zeros(twelve(p.hour)),
  j: (p) => zeros(p.dayOfYear + 1, 3),
  k: (p) => blanks(p.hour),
  l: (p) => blanks(twelve(p.hour)),
  m: (p) => zeros(p.month + 1),
  M: (p) => zeros(p.minute),
  n: () => "\n",
  p: (p) => p.hour < 12 ? "AM" : "PM",
  P: (p) => p.hour < 12 ? "am" : "pm",
  q: (p) => pad(p.millisecond, 3),
  Q: (p) => `${pad(p.millisecond, 3)}.000`,
  s: (p) => zeros(Math.floor(p.time.getTime() / 1000), 1),
  S: (p) => zeros(p.second),
  t: () => "\t",
  u: (p) => zeros(p.weekday === 0 ? 7 : p.weekday, 1),
  U: (p) => zeros(Math.floor((p.dayOfYear + 7 - p.weekday) / 7)),
  V: (p) => zeros(isoWeek(p).week),
  w: (p) => zeros(p.weekday, 1),
  W: (p) => zeros(Math.floor((p.dayOfYear + 7 - (p.weekday + 6) % 7) / 7)),
  y: (p) => zeros(p.year % 100),
  Y: (p) => zeros(p.year, 4),
  z: (p) => zoneOffset(p.offset),
  Z: zoneName,
  "%": () => "%",
};

/** Widest field, and longest time that is more than its format. */
const WIDEST = 1024;
const LONGEST = 64 * 1024;

/** Flags, width, modifier and letter; the last one may be missing. */
const CONVERSION = /%([_0^#-]*)([0-9]*)([EO]?)(.?)/gsu;

/** Conversions that strftime() does not know: they take no flags. */
const OURS = /[qQ]/;

/** What `#` does: the case that is not usual, as a flag. */
function otherCase(letter: string): string {
  return /[aAbBh]/.test(letter) ? "^" : /[pZ]/.test(letter) ? "v" : "";
}

function field(
  value: Numeric | string,
  flags: string,
  width: string,
): string {
  const digits = typeof value === "string" ? value : String(value.value);
  const last = /[_0-](?=[\^#v]*$)/.exec(flags)?.[0];
  const ownWidth = typeof value === "string" ? 0 : value.width;
  const ownFill = typeof value === "string" ? " " : value.fill;
  const fill = last === "0" ? "0" : last === undefined ? ownFill : " ";
  const wanted = width !== ""
    ? Math.min(Number(width), WIDEST)
    : last === "-"
    ? 0
    : ownWidth;
  const padded = digits.padStart(wanted, fill);
  if (flags.includes("^")) return padded.toUpperCase();
  return flags.includes("v") ? padded.toLowerCase() : padded;
}

/**
 * A time in a format. What is no conversion stays as it stands; a single `%`
 * at the end is dropped.
 *
 * @param utc whether the time is Greenwich's, and not that of this machine.
 */
export function formatTime(format: string, time: Date, utc: boolean): string {
  return formatParts(format, partsOf(time, utc));
}

function formatParts(format: string, parts: Parts): string {
  let output = "";
  let end = 0;
  for (const match of format.matchAll(CONVERSION)) {
    output += format.slice(end, match.index) + converted(match, parts);
    end = match.index + match[0].length;
    if (output.length > LONGEST) return output.slice(0, LONGEST);
  }
  return output + format.slice(end);
}

function converted(match: RegExpExecArray, parts: Parts): string {
  const [whole, flags = "", width = "", , letter = ""] = match;
  if (whole === "%") return "";
  const composed = COMPOSED[letter];
  if (composed !== undefined) {
    return field(formatParts(composed, parts), flags, width);
  }
  const convert = CONVERSIONS[letter];
  if (convert === undefined || (OURS.test(letter) && whole.length > 2)) {
    return field(whole, flags, width);
  }
  const changed = flags.includes("#") ? otherCase(letter) : "";
  return field(convert(parts), flags + changed, width);
}
