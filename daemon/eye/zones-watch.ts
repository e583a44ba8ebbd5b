/**
 * Zones watch: where motion counts, as drawn on the page, read now and at every change.
 *
 * `zones.json` wins over the settings' zones once it is there. A file that is broken counts as none, and
 * `fault` says so: zones decide what is told, never what is seen. They are not signed.
 */
import { readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { Fault, toFault } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import { motionOf } from "../sight/drawn.ts";
import type { MotionSettings } from "../sight/zones.ts";
import { zonesSchema, type Zones } from "../wire/api-household.ts";
import { Rereader } from "./trust/rereader.ts";
import { watchFolder } from "./trust/watch-folder.ts";

export interface ZonesState {
  readonly settings: MotionSettings;
  readonly fault: Fault | null;
}

export interface ZonesWatchOptions {
  readonly path: string;
  readonly clock: Clock;
  /** Used where the file says nothing. */
  readonly settings: MotionSettings;
  readonly onChange: (state: ZonesState) => void;
}

export class ZonesWatch implements AsyncDisposable {
  readonly #options: ZonesWatchOptions;
  readonly #rereader = new Rereader(() => this.#read());
  #state: ZonesState;
  #stop: () => void = () => {};

  constructor(options: ZonesWatchOptions) {
    this.#options = options;
    this.#state = { settings: options.settings, fault: null };
  }

  get state(): ZonesState {
    return this.#state;
  }

  /** Resolves when the file was read for the first time. */
  async start(): Promise<void> {
    const { path, clock } = this.#options;
    this.#stop = watchFolder({
      folder: dirname(path),
      clock,
      concerns: (name) => name === basename(path),
      onStir: () => void this.reload(),
    });
    await this.reload();
  }

  /** Reads again; calls onChange only when something changed. */
  reload(): Promise<void> {
    return this.#rereader.again();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop();
    await this.#rereader.idle();
  }

  async #read(): Promise<void> {
    const before = keyOf(this.#state);
    this.#state = await this.#judge();
    if (keyOf(this.#state) !== before) this.#options.onChange(this.#state);
  }

  async #judge(): Promise<ZonesState> {
    const { path, settings } = this.#options;
    try {
      const drawn = await readZones(path);
      return { settings: drawn === null ? settings : motionOf(drawn, settings), fault: null };
    } catch (error) {
      return { settings, fault: toFault(error) };
    }
  }
}

const hint = "draw the motion zones again; until then those of the settings count";

/** Null when there is no file. */
async function readZones(path: string): Promise<Zones | null> {
  try {
    return zonesSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    const fault = toFault(error, "the motion zones cannot be read");
    if (fault.kind === "not-found") return null;
    const isBroken = fault.kind === "bug"; // not JSON, or not zones
    throw new Fault(
      isBroken ? "corrupt" : fault.kind,
      isBroken ? "the motion zones are broken" : fault.message,
      {
        cause: error,
        hint,
      },
    );
  }
}

function keyOf({ settings, fault }: ZonesState): string {
  return JSON.stringify([settings, fault?.message]);
}
