/** The `openssl` program, looked for once, by whoever wants it first. */

import { type Deadline, ExpiredError } from "../net/deadline.ts";
import type { EngineChoice, MissingEngine } from "../tls/connect/secure.ts";
import type { TlsMachine } from "../tls/deno/machine.ts";

/** What a search needs of the machine. */
type Searched = Pick<TlsMachine, "programs" | "system">;

interface Search {
  readonly found: Promise<Found | MissingEngine>;
}

interface Found extends EngineChoice {
  readonly settled: () => Promise<void>;
}

/**
 * One engine for all connections of a run. What was not found, or was not found
 * in time, is looked for again by the next who wants it: that may pass.
 */
export class SharedOpenssl {
  #search: Search | undefined;

  /** @throws {ExpiredError} when the bound comes first. */
  async find(
    machine: Searched,
    deadline: Deadline,
  ): Promise<EngineChoice | MissingEngine> {
    for (;;) {
      const search = this.#search;
      if (search === undefined) return await this.#begin(machine, deadline);
      try {
        return await deadline.race(search.found);
      } catch (error) {
        if (!(error instanceof ExpiredError)) throw error;
        // Else it was the time of whoever had begun the search.
        if (this.#search === search) throw error;
      }
    }
  }

  /** When nothing is left of connections that were closed. */
  async settled(): Promise<void> {
    const found = await this.#search?.found;
    if (found !== undefined && "engine" in found) await found.settled();
  }

  async #begin(
    machine: Searched,
    deadline: Deadline,
  ): Promise<Found | MissingEngine> {
    const search = { found: find(machine, deadline) };
    this.#search = search;
    let useful = false;
    try {
      const found = await search.found;
      useful = "engine" in found && found.ability.versions.length > 0;
      return found;
    } finally {
      if (!useful) this.#search = undefined;
    }
  }
}

async function find(
  { programs, system }: Searched,
  deadline: Deadline,
): Promise<Found | MissingEngine> {
  const { findOpenssl } = await import("../tls/openssl/openssl-program.ts");
  const search = await findOpenssl(programs, system, deadline);
  if (search.kind === "missing") return { reason: search.reason };
  const { OpensslEngine } = await import("../tls/openssl/openssl-engine.ts");
  const { program } = search;
  const engine = new OpensslEngine(programs, program);
  const settled = (): Promise<void> => engine.settled();
  return { engine, ability: program.ability, settled };
}
