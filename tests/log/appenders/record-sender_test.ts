import assert from "node:assert/strict";
import { RecordSender } from "../../../lib/log/appenders/record-sender.ts";
import type { LogSocket } from "../../../lib/log/machine.ts";

/** A log service that can be out of order, and what it got. */
class Service {
  readonly got: string[] = [];
  readonly failures: string[] = [];
  opened = 0;
  closed = 0;
  open: "yes" | "no" | "never" = "yes";
  send: "yes" | "no" | "never" | "once more" = "yes";
  time = 0;
  /** How long each record takes. */
  pace = 0;

  readonly sender = new RecordSender({
    open: () => {
      this.opened++;
      if (this.open === "never") return new Promise(() => {});
      if (this.open === "no") return Promise.reject(new Error());
      return Promise.resolve(this.#socket());
    },
    failed: (_error, phase) => this.failures.push(phase),
    limit: 1,
    now: () => this.time,
  });

  #socket(): LogSocket {
    return {
      send: (bytes) => {
        if (this.send === "never") return new Promise(() => {});
        if (this.send !== "yes") {
          if (this.send === "once more") this.send = "yes";
          return Promise.reject(new Error());
        }
        this.time += this.pace;
        this.got.push(new TextDecoder().decode(bytes));
        return Promise.resolve();
      },
      close: () => {
        this.closed++;
      },
    };
  }
}

Deno.test("records are sent one after the other over one socket", async () => {
  const service = new Service();
  service.sender.send("one");
  service.sender.send("two");
  assert.equal(service.sender.backlog, 6);
  await service.sender.sent;
  assert.equal(service.sender.backlog, 0);
  service.sender.send("three");
  await service.sender.close();
  assert.deepEqual(service.got, ["one", "two", "three"]);
  assert.equal(service.opened, 1);
  assert.equal(service.closed, 1);
  assert.deepEqual(service.failures, []);
});

Deno.test("nothing is opened for no record", async () => {
  const service = new Service();
  await service.sender.close();
  assert.equal(service.opened, 0);
});

Deno.test("a service that was started anew gets the record after all", async () => {
  const service = new Service();
  service.sender.send("one");
  await service.sender.sent;
  service.send = "once more";
  service.sender.send("two");
  await service.sender.close();
  assert.deepEqual(service.got, ["one", "two"]);
  assert.equal(service.opened, 2);
  assert.equal(service.closed, 2);
  assert.deepEqual(service.failures, []);
});

Deno.test("a record that is refused is dropped, and the next one is sent", async () => {
  const service = new Service();
  service.send = "once more";
  service.sender.send("too large");
  service.sender.send("two");
  await service.sender.close();
  assert.deepEqual(service.got, ["two"]);
  assert.deepEqual(service.failures, ["sending"]);
});

Deno.test("if there is no service, all that waits is dropped at once", async () => {
  const service = new Service();
  service.open = "no";
  service.sender.send("one");
  service.sender.send("two");
  await service.sender.sent;
  assert.equal(service.opened, 1);
  assert.equal(service.sender.backlog, 0);
  service.open = "yes";
  service.sender.send("three");
  await service.sender.close();
  assert.deepEqual(service.got, ["three"]);
  assert.deepEqual(service.failures, ["opening"]);
});

Deno.test("a service that does not answer is given up", async () => {
  const service = new Service();
  service.open = "never";
  service.sender.send("one");
  await service.sender.sent;
  service.sender.send("two");
  await service.sender.close();
  assert.equal(service.opened, 1);
  assert.equal(service.sender.backlog, 0);
  assert.deepEqual(service.failures, ["opening"]);
});

Deno.test("a service that takes nothing more is given up", async () => {
  const service = new Service();
  service.sender.send("one");
  await service.sender.sent;
  service.send = "never";
  service.sender.send("two");
  service.sender.send("three");
  await service.sender.sent;
  service.sender.send("four");
  await service.sender.close();
  assert.equal(service.sender.backlog, 0);
  assert.equal(service.closed, 1);
  assert.deepEqual(service.failures, ["sending"]);
});

Deno.test("a service that takes each record just in time is given up", async () => {
  const service = new Service();
  service.pace = 0.4;
  for (const record of ["one", "two", "three", "four", "five"]) {
    service.sender.send(record);
  }
  await service.sender.close();
  // After the third one, all have waited for longer than the limit.
  assert.deepEqual(service.got, ["one", "two", "three"]);
  assert.equal(service.sender.backlog, 0);
  assert.deepEqual(service.failures, ["sending"]);
});
