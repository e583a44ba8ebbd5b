/**
 * Views: who watched what, told before the first picture leaves, once and not for every request.
 *
 * Live: one entry for a person's viewing session; a connection that comes back within ten minutes belongs to
 * it, and it is told anew after each day, while it goes on: what cannot be told then is ended. Recordings: one entry for a person and clip in twelve hours.
 * Rejects when the ledger cannot be written; then nothing may be shown.
 */
import type { Clock } from "../../hal/sensors.ts";
import type { Person } from "../household/record.ts";
import type { Happened } from "./history.ts";

export const sessionGapMs = 10 * 60_000;
export const longestSessionMs = 24 * 3_600_000;
export const clipAgainMs = 12 * 3_600_000;
/** People and clips that are remembered; what is forgotten is told once more. */
const mostClips = 4_096;

type Who = Pick<Person, "id" | "name">;

interface Watching extends Who {
  told: Promise<unknown>;
  /** What ends each connection. */
  readonly open: Set<{ readonly end: () => void }>;
  /** Of the timer. */
  cancel: () => void;
  /** When the last connection ended. */
  leftMonoMs: number;
}

export interface ViewsOptions {
  readonly clock: Clock;
  readonly append: (happened: Happened) => Promise<unknown>;
}

export class Views implements Disposable {
  readonly #options: ViewsOptions;
  readonly #live = new Map<string, Watching>();
  readonly #clips = new Map<string, { readonly monoMs: number; readonly told: Promise<unknown> }>();

  constructor(options: ViewsOptions) {
    this.#options = options;
  }

  /** Call what it answers when the connection has ended; `end` ends it from here. */
  async live(who: Who, end: () => void): Promise<() => void> {
    const { clock } = this.#options;
    const known = this.#live.get(who.id);
    const watching = known !== undefined && this.#goesOn(known) ? known : this.#begin(who, known);
    const connection = { end };
    watching.open.add(connection);
    const leave = (): void => {
      if (watching.open.delete(connection)) watching.leftMonoMs = clock.monoMs();
    };
    try {
      await watching.told;
    } catch (error) {
      leave();
      this.#forget(watching);
      throw error;
    }
    return leave;
  }

  async clip({ id, name }: Who, clip: string): Promise<void> {
    const { clock, append } = this.#options;
    const key = `${id} ${clip}`;
    const known = this.#clips.get(key);
    if (known !== undefined && clock.monoMs() - known.monoMs < clipAgainMs) return void (await known.told);
    const told = append({ who: name, what: "clip-view", detail: "", about: { clip } });
    this.#remember(key, told);
    try {
      await told;
    } catch (error) {
      if (this.#clips.get(key)?.told === told) this.#clips.delete(key);
      throw error;
    }
  }

  [Symbol.dispose](): void {
    for (const watching of this.#live.values()) watching.cancel();
  }

  #goesOn({ open, leftMonoMs }: Watching): boolean {
    return open.size > 0 || this.#options.clock.monoMs() - leftMonoMs < sessionGapMs;
  }

  #begin({ id, name }: Who, before: Watching | undefined): Watching {
    before?.cancel();
    const told = this.#tell(name);
    const leftMonoMs = this.#options.clock.monoMs();
    const watching: Watching = { id, name, told, open: new Set(), leftMonoMs, cancel: () => {} };
    this.#live.set(id, watching);
    this.#tellAfterADay(watching);
    return watching;
  }

  #tell(name: string): Promise<unknown> {
    return this.#options.append({ who: name, what: "live-view", detail: "" });
  }

  #tellAfterADay(watching: Watching): void {
    watching.cancel = this.#options.clock.after(longestSessionMs, () => void this.#tellAnew(watching));
  }

  async #tellAnew(watching: Watching): Promise<void> {
    if (watching.open.size === 0) return this.#forget(watching);
    this.#tellAfterADay(watching);
    watching.told = this.#tell(watching.name);
    try {
      await watching.told;
    } catch {
      this.#forget(watching);
      for (const connection of watching.open) connection.end();
    }
  }

  #forget(watching: Watching): void {
    watching.cancel();
    if (this.#live.get(watching.id) === watching) this.#live.delete(watching.id);
  }

  #remember(key: string, told: Promise<unknown>): void {
    this.#clips.delete(key);
    this.#clips.set(key, { monoMs: this.#options.clock.monoMs(), told });
    const [oldest] = this.#clips.keys();
    if (this.#clips.size > mostClips && oldest !== undefined) this.#clips.delete(oldest);
  }
}
