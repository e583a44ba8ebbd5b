/**
 * Desk: the self-test of a running house, asked for by a page or by a command.
 *
 * One run at a time. What it tells is passed on to whoever asked, and kept as long as it is the newest, so that
 * a page which comes late sees all of it. A report that could not be kept is still handed out, with the fault.
 */
import { Fault, toFault } from "../../../hal/fault.ts";
import type { Settings } from "../../../config/schema.ts";
import type { Clock } from "../../../hal/sensors.ts";
import type { Check } from "../../selftest/check.ts";
import { allChecks } from "../../selftest/checks/all.ts";
import type { Machine } from "../../selftest/machine.ts";
import { chosen, headOf, runSelftest } from "../../selftest/run.ts";
import type { SelftestState } from "../../wire/api-selftest.ts";
import type { Progress, SelftestAsk, SelftestReport } from "../../wire/selftest.ts";
import { version } from "../../wire/sill-version.ts";
import { houseDoor, type HouseDoorParts } from "./house-door.ts";
import type { SelftestShelf } from "./shelf.ts";

export interface SelftestDeskParts extends HouseDoorParts {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly machine: Machine;
  readonly shelf: SelftestShelf;
  readonly checks?: readonly Check[];
}

export interface Finished {
  readonly report: SelftestReport;
  /** Base64 of an age file. */
  readonly picture: string | null;
  /** Why it was not kept. */
  readonly fault: Fault | null;
}

export class SelftestDesk {
  readonly #parts: SelftestDeskParts;
  readonly #checks: readonly Check[];
  #running: AbortController | null = null;
  #state: SelftestState = {
    running: false,
    startedWallMs: null,
    checks: [],
    now: null,
    done: [],
    last: null,
  };

  constructor(parts: SelftestDeskParts) {
    this.#parts = parts;
    this.#checks = parts.checks ?? allChecks;
  }

  get heads(): Pick<Check, "id" | "group" | "title">[] {
    return this.#checks.map(headOf);
  }

  /** How far the newest run is. */
  get state(): SelftestState {
    return this.#state;
  }

  /** Throws Fault `unavailable` while another one runs, `invalid` for a check that there is not. */
  async run(
    ask: SelftestAsk,
    onProgress: (progress: Progress) => void,
    signal: AbortSignal,
  ): Promise<Finished> {
    const { settings, clock, machine } = this.#parts;
    if (this.#running !== null)
      throw new Fault("unavailable", "a self-test is running already", { hint: "wait a minute, or end it" });
    chosen(this.#checks, ask.only);
    const running = new AbortController();
    this.#running = running;
    this.#state = { ...this.#state, running: true, startedWallMs: Math.round(clock.wallMs()) };
    using door = houseDoor(this.#parts);
    try {
      const { report, picture } = await runSelftest({
        checks: this.#checks,
        ask,
        settings,
        clock,
        machine,
        door,
        sill: version,
        signal: AbortSignal.any([signal, running.signal]),
        onProgress: (progress) => {
          this.#note(progress);
          onProgress(progress);
        },
      });
      const fault = await this.#keep(report, picture?.age ?? null);
      this.#state = { ...this.#state, last: fault === null ? report.id : this.#state.last };
      return { report, picture: picture?.age ?? null, fault };
    } finally {
      this.#running = null;
      this.#state = { ...this.#state, running: false, now: null };
    }
  }

  /** Gives up a run that is under way. */
  cancel(): void {
    this.#running?.abort();
  }

  async #keep(report: SelftestReport, picture: string | null): Promise<Fault | null> {
    try {
      await this.#parts.shelf.keep(report, picture === null ? null : Buffer.from(picture, "base64"));
      return null;
    } catch (error) {
      return toFault(error, "the report was not kept");
    }
  }

  #note(progress: Progress): void {
    const state = this.#state;
    switch (progress.type) {
      case "selftest-begun":
        this.#state = { ...state, checks: progress.checks, done: [], now: null };
        return;
      case "check-begun":
        this.#state = { ...state, now: { id: progress.id, request: null } };
        return;
      case "check-asks":
        this.#state = { ...state, now: { id: progress.id, request: progress.request } };
        return;
      case "check-done":
        this.#state = { ...state, now: null, done: [...state.done, progress.check] };
        return;
    }
  }
}
