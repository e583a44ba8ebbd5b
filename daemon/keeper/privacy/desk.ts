/**
 * Privacy desk: privacy now. Closes the camera's sight at once; opens it when somebody who may says so, or its time is over.
 *
 *   close   eye by word, at once -> ledger noted -> privacy.json -> the eye reads it. A full disk delays the file
 *           alone: tried every second, and an eye that comes meanwhile is told by word
 *   open    may they? -> ledger, durable -> privacy.json -> the eye reads it. What fails leaves it closed
 *   over    in running time; the eye finds out by itself, here it is told
 *
 * A file that cannot be read counts as closed by an owner, and opening writes it anew. Steps of the wall clock never
 * change when it ends; after another start of the machine only a believed clock says how much is left.
 */
import { readFile } from "node:fs/promises";
import { Fault, toFault } from "../../../hal/fault.ts";
import type { RunningTime } from "../../../hal/running-time.ts";
import type { Clock } from "../../../hal/sensors.ts";
import { readableFile } from "../../files/modes.ts";
import { Turns } from "../../files/turns.ts";
import { writeDurableJson } from "../../seal/durable.ts";
import {
  closedAnew,
  countedAnew,
  isClosed,
  mayOpen,
  privacyFileSchema,
  waitsForClock,
  type Asked,
  type Closure,
  type Now,
  type PrivacyState,
} from "../../wire/privacy.ts";
import type { Happened } from "../history.ts";
import type { WireFault } from "../wire-fault.ts";
import { wireFault } from "../wire-fault.ts";
import { adoptedWords, closedWords, openedWords, overWords } from "./words.ts";

const lookEveryMs = 1_000;
/** What the file says of the wall clock is written anew when that went so far. */
const driftMs = 1_000;

export interface PrivacyDeskOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly runningTime: () => RunningTime;
  /** May the wall clock be believed? */
  readonly clockTrusted: () => boolean;
  /** Why the eye keeps it closed whatever we say: it cannot read the file. */
  readonly eyeFault: () => WireFault | null;
  readonly tellEye: (hold: boolean) => void;
  readonly append: (happened: Happened) => Promise<unknown>;
  readonly note: (happened: Happened) => unknown;
  readonly onChange: () => void;
}

const hint = "an owner opens it on the page; that writes it anew";

export class PrivacyDesk implements Disposable {
  readonly #options: PrivacyDeskOptions;
  readonly #turns = new Turns();
  #closure: Closure | null = null;
  /** How often it was closed or opened. */
  #changes = 0;
  /** Not on the disk yet. */
  #isDirty = false;
  #fault: Fault | null = null;
  #cancelLook = (): void => {};

  constructor(options: PrivacyDeskOptions) {
    this.#options = options;
  }

  /** Resolves when the file was read; never rejects. */
  async open(): Promise<void> {
    this.#cancelLook = this.#options.clock.every(lookEveryMs, () => this.#look());
    try {
      const text = await readFile(this.#options.path, "utf8");
      this.#closure = privacyFileSchema.parse(JSON.parse(text)).closure;
    } catch (error) {
      const fault = toFault(error, "the privacy state cannot be read");
      if (fault.kind === "not-found") return;
      this.#closure = this.#ownersOwn();
      this.#fault = new Fault("corrupt", "the privacy state cannot be read: everything stays masked", {
        hint,
        cause: error,
      });
    }
  }

  /** How often it was closed or opened since this keeper started. */
  get changes(): number {
    return this.#changes;
  }

  /** Closed by word: the file does not say it yet. */
  get holds(): boolean {
    return this.#isDirty && isClosed(this.#closure, this.#now());
  }

  get state(): PrivacyState {
    const now = this.#now();
    const eyeFault = this.#options.eyeFault();
    const fault = this.#fault === null ? eyeFault : wireFault(this.#fault);
    const told = fault === null ? {} : { fault };
    const closure = this.#closure;
    if (closure === null || !isClosed(closure, now))
      return { closed: eyeFault !== null, ...nobody, waitsForClock: false, ...told };
    const { by, name, sinceWallMs } = closure;
    const { until } = countedAnew(closure, now, false);
    return {
      closed: true,
      by,
      name,
      sinceWallMs,
      untilWallMs: until?.wallMs ?? null,
      waitsForClock: waitsForClock(closure, now),
      ...told,
    };
  }

  /** In force when it returns; resolves when it is on the disk, or could not be written (`state` says why). */
  close(asked: Asked): Promise<void> {
    const { tellEye, note, onChange } = this.#options;
    const before = this.#inForce();
    const closure = closedAnew(before, asked, this.#now());
    if (closure === before) return Promise.resolve(); // who is nearer closed it for longer
    this.#closure = closure;
    this.#changes += 1;
    this.#isDirty = true;
    tellEye(true);
    onChange();
    void note(closedWords(asked, asked.forMs));
    return this.#save();
  }

  /**
   * The eye was closed by the word of a keeper before this one. Where the file says so too, it counts; where it could not
   * be written then, nobody knows any more who closed it and until when: an owner opens it.
   */
  adopt(): void {
    const { tellEye, note, onChange } = this.#options;
    if (isClosed(this.#closure, this.#now())) return tellEye(false);
    this.#change(this.#ownersOwn());
    tellEye(true);
    onChange();
    void note(adoptedWords);
    void this.#save();
  }

  /** Throws Fault `denied` for who may not, and what ledger and disk throw; then it stays closed. */
  openFor(who: Pick<Asked, "by" | "name">): Promise<void> {
    return this.#turns.take(async () => {
      const closure = this.#inForce();
      if (closure === null || !isClosed(closure, this.#now())) return;
      if (!mayOpen(who.by, closure))
        throw new Fault("denied", `this was closed by ${closure.name ?? `the ${closure.by}`}`, {
          hint: `it is opened by: ${closure.by === "owner" ? "an owner" : "an owner or member"}`,
        });
      const changes = this.#changes;
      await this.#options.append(openedWords(who));
      this.#checkSame(changes);
      await this.#write(null);
      this.#checkSame(changes); // its own file is written next
      this.#opened();
    });
  }

  [Symbol.dispose](): void {
    this.#cancelLook();
  }

  #now(): Now {
    const { clock, runningTime } = this.#options;
    return { ...runningTime(), wallMs: clock.wallMs() };
  }

  /** Where the eye cannot read the file nobody knows who closed it. */
  #inForce(): Closure | null {
    return this.#options.eyeFault() === null || this.#isDirty ? this.#closure : this.#ownersOwn();
  }

  #ownersOwn(): Closure {
    const sinceWallMs = Math.max(0, Math.round(this.#options.clock.wallMs()));
    return { by: "owner", name: null, sinceWallMs, until: null };
  }

  #checkSame(changes: number): void {
    if (changes !== this.#changes)
      throw new Fault("unavailable", "it was closed anew meanwhile", { hint: "look who closed it" });
  }

  #opened(): void {
    this.#closure = null;
    this.#changes += 1;
    this.#isDirty = false;
    this.#fault = null;
    this.#options.tellEye(false);
    this.#options.onChange();
  }

  #look(): void {
    const { note, clockTrusted, onChange } = this.#options;
    const closure = this.#closure;
    const now = this.#now();
    if (closure !== null && !isClosed(closure, now)) {
      void note(overWords);
      this.#change(null);
      onChange();
    } else if (closure !== null) {
      const next = countedAnew(closure, now, clockTrusted());
      const drifted = Math.abs((next.until?.wallMs ?? 0) - (closure.until?.wallMs ?? 0)) > driftMs;
      if (drifted || next.until?.boot !== closure.until?.boot) this.#change(next);
    }
    if (this.#isDirty) void this.#save();
  }

  #change(closure: Closure | null): void {
    this.#closure = closure;
    this.#changes += 1;
    this.#isDirty = true;
  }

  /** Tried again with the next look. */
  #save(): Promise<void> {
    return this.#turns.take(async () => {
      if (!this.#isDirty) return;
      const changes = this.#changes;
      try {
        await this.#write(this.#closure);
        this.#tell(null);
        if (changes !== this.#changes) return; // who changed it saves it
        this.#isDirty = false;
        this.#options.tellEye(false);
      } catch (error) {
        this.#tell(toFault(error));
      }
    });
  }

  #write(closure: Closure | null): Promise<void> {
    return writeDurableJson(this.#options.path, { closure }, readableFile); // by the eye
  }

  #tell(fault: Fault | null): void {
    const isNews = this.#fault?.message !== fault?.message;
    this.#fault = fault;
    if (isNews) this.#options.onChange();
  }
}

const nobody = { by: null, name: null, sinceWallMs: null, untilWallMs: null } as const;
