import assert from "node:assert/strict";
import { type Turn, Turns } from "../../lib/peers/turns.ts";

interface Job {
  readonly host: string;
}

/** @param hosts of each job one letter. */
function turns(hosts: string, most: number): Turns<Job> {
  const jobs = Array.from(hosts, (host) => ({ host }));
  return new Turns(jobs, ({ host }) => host, most);
}

/** All that may begin now. */
function begin(all: Turns<Job>, end = Infinity): Turn<Job>[] {
  const begun: Turn<Job>[] = [];
  for (let one = all.next(end); one; one = all.next(end)) begun.push(one);
  return begun;
}

const indexes = (begun: readonly Turn<Job>[]): number[] =>
  begun.map(({ index }) => index);

Deno.test("jobs begin in order while their address has room", () => {
  const all = turns("abab", 2);
  assert.deepEqual(indexes(begin(all)), [0, 1, 2, 3]);
  assert.ok(all.over);
});

Deno.test("a job whose address is full lets others pass, and is next when one ends", () => {
  const all = turns("aaabab", 1);
  const [first, other] = begin(all);
  assert.ok(first && other);
  assert.deepEqual([first.index, other.index], [0, 3]);
  assert.ok(!all.over);
  all.ended(first);
  assert.deepEqual(indexes(begin(all)), [1]);
  all.ended(other);
  assert.deepEqual(indexes(begin(all)), [5]);
  assert.ok(!all.over);
});

Deno.test("one that is next comes before those that have not had their turn", () => {
  const all = turns("aab", 1);
  const first = all.next(2);
  assert.equal(all.next(2), undefined);
  assert.ok(first);
  all.ended(first);
  assert.deepEqual(indexes(begin(all)), [1, 2]);
});

Deno.test("the place that one leaves is not given twice", () => {
  const all = turns("aaaa", 1);
  const [first] = begin(all);
  assert.ok(first);
  all.ended(first);
  const [second, ...more] = begin(all);
  assert.deepEqual(more, []);
  assert.equal(second?.index, 1);
});

Deno.test("no job at or after the end begins", () => {
  const all = turns("abc", 1);
  assert.deepEqual(indexes(begin(all, 2)), [0, 1]);
  assert.ok(!all.over);
  assert.deepEqual(indexes(begin(all, 3)), [2]);
});

Deno.test("a hundred thousand for one address are looked at once each", () => {
  let looked = 0;
  const jobs = Array.from({ length: 100_000 }, () => ({ host: "a" }));
  const all = new Turns(jobs, ({ host }) => {
    looked++;
    return host;
  }, 32);
  const order: number[] = [];
  for (let open = begin(all); open.length > 0;) {
    order.push(...indexes(open));
    for (const one of open) all.ended(one);
    open = begin(all);
  }
  assert.deepEqual(order, jobs.map((_, index) => index));
  assert.ok(all.over);
  // At the beginning and at the end, and once for each address.
  assert.ok(looked <= 2 * jobs.length + 1, String(looked));
});
