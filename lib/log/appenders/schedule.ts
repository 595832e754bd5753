/** When a DailyRollingFileAppender begins a new file. Pure. */

import { formatTime } from "../date-format.ts";

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What is added to the file's name, as in strftime(). */
const NAMES = {
  MONTHLY: "%Y-%m",
  WEEKLY: "%Y-%W",
  DAILY: "%Y-%m-%d",
  TWICE_DAILY: "%Y-%m-%d-%p",
  HOURLY: "%Y-%m-%d-%H",
  MINUTELY: "%Y-%m-%d-%H-%M",
} as const;

export type Schedule = keyof typeof NAMES;

const LENGTHS: Readonly<Record<Exclude<Schedule, "MONTHLY">, number>> = {
  WEEKLY: 7 * DAY,
  DAILY: DAY,
  TWICE_DAILY: DAY / 2,
  HOURLY: HOUR,
  MINUTELY: MINUTE,
};

const SCHEDULES: readonly Schedule[] = [
  "MONTHLY",
  "WEEKLY",
  "DAILY",
  "TWICE_DAILY",
  "HOURLY",
  "MINUTELY",
];

/** In any case; undefined: there is no such schedule. */
export function readSchedule(name: string): Schedule | undefined {
  return SCHEDULES.find((schedule) => schedule === name.toUpperCase());
}

/** The name of the file that was begun at `time`. */
export function scheduledName(
  schedule: Schedule,
  file: string,
  time: Date,
): string {
  return `${file}.${formatTime(NAMES[schedule], time, false)}`;
}

/**
 * When the month, week, … of `time` began. Of a month or week in which clocks
 * were changed, it is by the clock of `time`, as with the reference.
 */
export function startOf(schedule: Schedule, time: Date): Date {
  const offset = time.getTimezoneOffset() * MINUTE;
  const local = new Date(time.getTime() - offset);
  const [year, month, day] = [
    local.getUTCFullYear(),
    local.getUTCMonth(),
    local.getUTCDate(),
  ];
  const start = schedule === "MONTHLY"
    ? Date.UTC(year, month, 1)
    : schedule === "WEEKLY"
    ? Date.UTC(year, month, day - local.getUTCDay())
    : Math.floor(local.getTime() / LENGTHS[schedule]) * LENGTHS[schedule];
  return new Date(start + offset);
}

/**
 * When the file that was begun at `time` has had its time. A month later is by
 * the clock of the winter, as with the reference.
 */
export function nextRollOver(schedule: Schedule, time: Date): Date {
  if (schedule !== "MONTHLY") {
    return new Date(time.getTime() + LENGTHS[schedule]);
  }
  const year = time.getFullYear();
  const winter = Math.max(
    new Date(year, 0, 1).getTimezoneOffset(),
    new Date(year, 6, 1).getTimezoneOffset(),
  );
  return new Date(
    Date.UTC(
      year,
      time.getMonth() + 1,
      time.getDate(),
      time.getHours(),
      time.getMinutes(),
      time.getSeconds(),
    ) + winter * MINUTE,
  );
}
