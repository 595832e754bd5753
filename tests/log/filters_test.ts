import assert from "node:assert/strict";
import { passes, readFilters } from "../../lib/log/filters.ts";
import { LOG_LEVELS } from "../../lib/log/log.ts";
import { parseProperties } from "../../lib/log/properties.ts";
import { logEvent, problemList } from "./events.ts";

const DENY_ALL = "log4cplus::spi::DenyAllFilter";

/** The levels that pass, by their letters. */
function passing(...filters: readonly string[]): string {
  const text = filters.map((filter, index) => {
    const [name, ...settings] = filter.split(" ");
    return [
      `filters.${index + 1}=${name}`,
      ...settings.map((one) => `filters.${index + 1}.${one}`),
    ].join("\n");
  }).join("\n");
  const { problems, report } = problemList();
  const read = readFilters(parseProperties(text), report);
  assert.deepEqual(problems, []);
  return LOG_LEVELS.filter((level) => passes(read, logEvent({ level })))
    .map((level) => level.charAt(0)).join("");
}

Deno.test("without filters everything passes, with DenyAll nothing", () => {
  assert.equal(passing(), "tdiwef");
  assert.equal(passing(DENY_ALL), "");
});

Deno.test("a level that matches is accepted or denied, others are left", () => {
  const match = "log4cplus::spi::LogLevelMatchFilter LogLevelToMatch=Warn";
  assert.equal(passing(match), "tdief");
  assert.equal(passing(`${match} AcceptOnMatch=true`), "tdiwef");
  assert.equal(passing(`${match} AcceptOnMatch=true`, DENY_ALL), "w");
  assert.equal(passing(`${match} AcceptOnMatch=yes`, DENY_ALL), "");
  assert.equal(passing("log4cplus::spi::LogLevelMatchFilter"), "tdiwef");
});

Deno.test("a range denies what is outside", () => {
  const range = "log4cplus::spi::LogLevelRangeFilter";
  const both = `${range} LogLevelMin=info LogLevelMax=error`;
  assert.equal(passing(both), "iwe");
  assert.equal(passing(both, DENY_ALL), "");
  assert.equal(passing(`${both} AcceptOnMatch=1`, DENY_ALL), "iwe");
  assert.equal(passing(`${range} LogLevelMin=warn`), "wef");
  assert.equal(passing(`${range} LogLevelMax=debug`), "td");
  assert.equal(passing(`${range} LogLevelMin=off`), "");
  assert.equal(passing(`${range} LogLevelMax=off`), "tdiwef");
});

Deno.test("a string is looked for in the message", () => {
  const match = "log4cplus::spi::StringMatchFilter StringToMatch=Association";
  const other = "log4cplus::spi::StringMatchFilter StringToMatch=association";
  assert.equal(passing(match), "");
  assert.equal(passing(other), "tdiwef");
  assert.equal(passing(`${match} AcceptOnMatch=true`, DENY_ALL), "tdiwef");
  assert.equal(passing("log4cplus::spi::StringMatchFilter"), "tdiwef");
});

Deno.test("the first filter that is not neutral decides", () => {
  assert.equal(
    passing(
      "log4cplus::spi::LogLevelMatchFilter LogLevelToMatch=fatal",
      "log4cplus::spi::LogLevelRangeFilter LogLevelMin=warn AcceptOnMatch=true",
      DENY_ALL,
    ),
    "we",
  );
});

Deno.test("a filter that there is not is told and left out; a gap ends them", () => {
  const { problems, report } = problemList();
  const filters = readFilters(
    parseProperties(`filters.1=Foo\nfilters.2=${DENY_ALL}\nfilters.4=Bar`),
    report,
  );
  assert.deepEqual(problems, [
    "ERROR Appender::ctor()- Cannot find FilterFactory: Foo",
  ]);
  assert.equal(filters.length, 1);
});

Deno.test("settings are gone through as often for many filters as for one", () => {
  let times = 0;
  class Counted extends Map<string, string> {
    override [Symbol.iterator](): MapIterator<[string, string]> {
      times++;
      return super[Symbol.iterator]();
    }
  }
  const read = (count: number): number => {
    times = 0;
    const settings = new Counted();
    for (let number = 1; number <= count; number++) {
      settings.set(`filters.${number}`, DENY_ALL);
    }
    assert.equal(readFilters(settings, () => {}).length, count);
    return times;
  };
  assert.equal(read(100), read(1));
});
