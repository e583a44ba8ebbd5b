/**
 * Feed: live units of the keeper as frames, to everybody who watches here.
 *
 * Keeps the stream's configuration and the newest keyframe, while a view is noted and not a moment longer; what comes late,
 * after the last, is dropped. A unit that cannot be read is counted and dropped: the next keyframe begins anew.
 */
import { toFault, type Fault } from "../../../hal/fault.ts";
import { decodeLive } from "../../wire/live.ts";
import { configOf, nalsOf, withParameterSets, type AccessUnit, type AvcConfig } from "./avc.ts";
import { avcCOf, sampleOf } from "./boxes.ts";

export type OnUnit = (unit: AccessUnit) => void;

export class Feed {
  readonly #watchers = new Set<OnUnit>();
  #config: AvcConfig | null = null;
  #newestKey: AccessUnit | null = null;
  #isOpen = false;
  in = 0;
  dropped = 0;
  lastError: Fault | null = null;

  /** null = none has come yet. */
  get config(): AvcConfig | null {
    return this.#config;
  }

  get newestKey(): AccessUnit | null {
    return this.#newestKey;
  }

  /** Every frame from now on; returns its end. */
  watch(onUnit: OnUnit): () => void {
    this.#watchers.add(onUnit);
    return () => void this.#watchers.delete(onUnit);
  }

  /** The first view is noted: units come. */
  open(): void {
    this.#isOpen = true;
  }

  /** The last view is over. */
  close(): void {
    this.#isOpen = false;
    this.clear();
  }

  /** The picture is gone, or nobody may see it any more. */
  clear(): void {
    this.#config = null;
    this.#newestKey = null;
  }

  handle(bytes: Uint8Array): void {
    this.in += 1;
    if (!this.#isOpen) return this.#drop();
    try {
      const { kind, ptsUs, wallMs, payload } = decodeLive(bytes);
      if (kind === "init") {
        this.clear();
        this.#config = configOf(avcCOf(payload));
        return;
      }
      if (this.#config === null) return this.#drop();
      const nals = nalsOf(sampleOf(payload));
      const keyframe = kind === "key";
      const unit = { keyframe, ptsUs, wallMs, nals: keyframe ? withParameterSets(nals, this.#config) : nals };
      if (keyframe) this.#newestKey = unit;
      for (const watcher of this.#watchers) watcher(unit);
    } catch (error) {
      this.lastError = toFault(error);
      this.#drop();
    }
  }

  #drop(): void {
    this.dropped += 1;
  }
}
