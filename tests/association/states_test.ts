import assert from "node:assert/strict";
import {
  type Action,
  actionFor,
  type Event,
  EVENTS,
  ForbiddenTransitionError,
  NEXT_STATE,
  type State,
  stateAfter,
  TABLE,
} from "../../lib/association/states.ts";

/**
 * PS3.8 Table 9-10, one row an event and one column a state, Sta1 to Sta13;
 * a dot is an empty cell. Written from the standard, not from the program.
 */
const TABLE_9_10 = `
A-ASSOCIATE request               AE-1 .    .    .    .    .    .    .    .    .     .    .     .
transport connection confirmation .    .    .    AE-2 .    .    .    .    .    .     .    .     .
A-ASSOCIATE-AC PDU                .    AA-1 AA-8 .    AE-3 AA-8 AA-8 AA-8 AA-8 AA-8  AA-8 AA-8  AA-6
A-ASSOCIATE-RJ PDU                .    AA-1 AA-8 .    AE-4 AA-8 AA-8 AA-8 AA-8 AA-8  AA-8 AA-8  AA-6
transport connection indication   AE-5 .    .    .    .    .    .    .    .    .     .    .     .
A-ASSOCIATE-RQ PDU                .    AE-6 AA-8 .    AA-8 AA-8 AA-8 AA-8 AA-8 AA-8  AA-8 AA-8  AA-7
A-ASSOCIATE response (accept)     .    .    AE-7 .    .    .    .    .    .    .     .    .     .
A-ASSOCIATE response (reject)     .    .    AE-8 .    .    .    .    .    .    .     .    .     .
P-DATA request                    .    .    .    .    .    DT-1 .    AR-7 .    .     .    .     .
P-DATA-TF PDU                     .    AA-1 AA-8 .    AA-8 DT-2 AR-6 AA-8 AA-8 AA-8  AA-8 AA-8  AA-6
A-RELEASE request                 .    .    .    .    .    AR-1 .    .    .    .     .    .     .
A-RELEASE-RQ PDU                  .    AA-1 AA-8 .    AA-8 AR-2 AR-8 AA-8 AA-8 AA-8  AA-8 AA-8  AA-6
A-RELEASE-RP PDU                  .    AA-1 AA-8 .    AA-8 AA-8 AR-3 AA-8 AA-8 AR-10 AR-3 AA-8  AA-6
A-RELEASE response                .    .    .    .    .    .    .    AR-4 AR-9 .     .    AR-4  .
A-ABORT request                   .    .    AA-1 AA-2 AA-1 AA-1 AA-1 AA-1 AA-1 AA-1  AA-1 AA-1  .
A-ABORT PDU                       .    AA-2 AA-3 .    AA-3 AA-3 AA-3 AA-3 AA-3 AA-3  AA-3 AA-3  AA-2
transport connection closed       .    AA-5 AA-4 AA-4 AA-4 AA-4 AA-4 AA-4 AA-4 AA-4  AA-4 AA-4  AR-5
ARTIM timer expired               .    AA-2 .    .    .    .    .    .    .    .     .    .     AA-2
unrecognized or invalid PDU       .    AA-1 AA-8 .    AA-8 AA-8 AA-8 AA-8 AA-8 AA-8  AA-8 AA-8  AA-7
`;

/** PS3.8 Tables 9-6 to 9-9: the state after each action, choices last. */
const NEXT_STATES = `
AE-1 4   AE-2 5   AE-3 6   AE-4 1   AE-5 2   AE-7 6   AE-8 13  AE-6 3/13
DT-1 6   DT-2 6
AR-1 7   AR-2 8   AR-3 1   AR-4 13  AR-5 1   AR-6 7   AR-7 8   AR-8 9/10
AR-9 11  AR-10 12
AA-1 13  AA-2 1   AA-3 1   AA-4 1   AA-5 1   AA-6 13  AA-7 13  AA-8 13
`;

interface Row {
  readonly event: string;
  readonly cells: readonly string[];
}

const ROWS: readonly Row[] = TABLE_9_10.trim().split("\n").map((line) => {
  const words = line.split(/\s+/);
  return {
    event: words.slice(0, -13).join(" "),
    cells: words.slice(-13),
  };
});

function eventNamed(name: string): Event {
  const event = EVENTS.find((one) => one === name);
  assert.ok(event, `no event "${name}"`);
  return event;
}

function stateNumber(number: number): State {
  const name = `Sta${number}`;
  const states = Object.keys(TABLE) as State[];
  const state = states.find((one) => one === name);
  assert.ok(state, `no state ${name}`);
  return state;
}

Deno.test("the machine has 13 states and 19 events, in the standard's order", () => {
  assert.equal(ROWS.length, 19);
  assert.deepEqual(EVENTS, ROWS.map(({ event }) => event));
  assert.deepEqual(
    Object.keys(TABLE),
    Array.from({ length: 13 }, (_, index) => `Sta${index + 1}`),
  );
});

for (const { event, cells } of ROWS) {
  Deno.test(`every state answers "${event}" as Table 9-10 says`, () => {
    assert.equal(cells.length, 13);
    for (const [index, cell] of cells.entries()) {
      const state = stateNumber(index + 1);
      const what = `${state}, ${event}`;
      if (cell !== ".") {
        assert.equal(actionFor(state, eventNamed(event)), cell, what);
        continue;
      }
      assert.throws(
        () => actionFor(state, eventNamed(event)),
        (error: unknown) =>
          error instanceof ForbiddenTransitionError &&
          error.state === state && error.event === event,
        what,
      );
    }
  });
}

Deno.test("every action leads to the state of Tables 9-6 to 9-9", () => {
  const words = NEXT_STATES.trim().split(/\s+/);
  const seen: string[] = [];
  for (let i = 0; i < words.length; i += 2) {
    const [name = "", numbers = ""] = words.slice(i, i + 2);
    const action = (Object.keys(NEXT_STATE) as Action[])
      .find((one) => one === name);
    assert.ok(action, name);
    const [first = "", second = first] = numbers.split("/");
    assert.equal(stateAfter(action, false), `Sta${first}`, name);
    assert.equal(stateAfter(action, true), `Sta${second}`, name);
    seen.push(name);
  }
  assert.deepEqual(Object.keys(NEXT_STATE).toSorted(), seen.toSorted());
});

Deno.test("a forbidden pair is named in the error", () => {
  assert.throws(
    () => actionFor("Sta1", "P-DATA request"),
    /"P-DATA request" in Sta1/,
  );
});
