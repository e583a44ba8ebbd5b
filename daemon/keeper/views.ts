/**
 * Views: who watched what, told before the first picture leaves, once and not for every request.
 *
 * Live: one entry for a person's viewing session; a connection that comes back within ten minutes belongs to
 * it, a session of more than a day is told anew. Recordings: one entry for a person and clip in twelve hours.
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

interface Watching {
  readonly toldMonoMs: number;
  readonly told: Promise<unknown>;
  open: number;
  /** When the last connection ended. */
  leftMonoMs: number;
}

export interface ViewsOptions {
  readonly clock: Clock;
  readonly append: (happened: Happened) => Promise<unknown>;
}

export class Views {
  readonly #options: ViewsOptions;
  readonly #live = new Map<string, Watching>();
  readonly #clips = new Map<string, { readonly monoMs: number; readonly told: Promise<unknown> }>();

  constructor(options: ViewsOptions) {
    this.#options = options;
  }

  /** Call what it answers when the connection has ended. */
  async live({ id, name }: Who): Promise<() => void> {
    const { clock } = this.#options;
    const known = this.#live.get(id);
    const watching = known !== undefined && this.#goesOn(known) ? known : this.#begin(id, name);
    watching.open += 1;
    const leave = (): void => {
      watching.open -= 1;
      watching.leftMonoMs = clock.monoMs();
    };
    try {
      await watching.told;
    } catch (error) {
      leave();
      if (this.#live.get(id) === watching) this.#live.delete(id);
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

  #goesOn({ open, toldMonoMs, leftMonoMs }: Watching): boolean {
    const now = this.#options.clock.monoMs();
    if (now - toldMonoMs >= longestSessionMs) return false;
    return open > 0 || now - leftMonoMs < sessionGapMs;
  }

  #begin(id: string, name: string): Watching {
    const { clock, append } = this.#options;
    const told = append({ who: name, what: "live-view", detail: "" });
    const watching = { told, toldMonoMs: clock.monoMs(), open: 0, leftMonoMs: clock.monoMs() };
    this.#live.set(id, watching);
    return watching;
  }

  #remember(key: string, told: Promise<unknown>): void {
    this.#clips.delete(key);
    this.#clips.set(key, { monoMs: this.#options.clock.monoMs(), told });
    const [oldest] = this.#clips.keys();
    if (this.#clips.size > mostClips && oldest !== undefined) this.#clips.delete(oldest);
  }
}
