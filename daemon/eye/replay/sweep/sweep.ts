/**
 * Sweep: what every sensitivity would have made of one video, from one pass over it.
 *
 * A sensitivity is only compared at the very end (daemon/sight), so the levels of each frame are kept and
 * asked again for each. It is tried in all zones alike: numbers of their own, and rules, are left out.
 */
import { eventsOf } from "../../../calibration/events.ts";
import { TracksBuilder } from "../../../calibration/tracks-builder.ts";
import type { Tracks } from "../../../calibration/tracks.ts";
import type { Grid } from "../../../sight/grid.ts";
import { levelAsked } from "../../../sight/levels.ts";
import type { EventTiming } from "../../../sight/machine.ts";
import type { MotionSettings } from "../../../sight/zones.ts";
import { foundIn, type Labels } from "./labels.ts";

export interface SweepRow {
  readonly sensitivity: number;
  readonly events: number;
  /** Time in which there was motion. */
  readonly motionMs: number;
  /** When there was motion for the first time; null = never. */
  readonly firstMs: number | null;
  /** With labels: of what really moved, found, and events where nothing did. */
  readonly found?: number;
  readonly false?: number;
}

export interface SweepOptions {
  readonly grid: Grid;
  readonly fps: number;
  readonly settings: MotionSettings;
  readonly timing: EventTiming;
}

/** A video is no longer than this part of a year. */
const allTime = { fromWallMs: 0, toWallMs: 2 ** 31 - 1 };

export class Sweep {
  readonly #options: SweepOptions;
  readonly #builder: TracksBuilder;
  #tracks: Tracks | null = null;

  constructor(options: SweepOptions) {
    this.#options = options;
    const { grid, fps, settings, timing } = options;
    this.#builder = new TracksBuilder({ areas: settings.zones, span: allTime, timing });
    this.#builder.session({ wallMs: 0, grid, fps, settings });
  }

  /** What motion saw; a frame that was not analysed repeats the one before. */
  frame(ptsUs: number, { levels, analysed }: { levels: Uint8Array; analysed: boolean }): void {
    const quiet = levels.every((level) => level === 0);
    this.#builder.frame({
      ptsUs,
      wallMs: ptsUs / 1_000,
      light: "bright",
      minute: null,
      levels,
      quiet,
      analysed,
      held: false, // nobody is asked what moved
      changed: analysed,
    });
  }

  press(ptsUs: number): void {
    this.#builder.press(ptsUs);
  }

  rows(sensitivities: readonly number[], labels: Labels | null): SweepRow[] {
    this.#tracks ??= this.#builder.done();
    const tracks = this.#tracks;
    const moving = movingOf(tracks);
    return sensitivities.map((sensitivity) => {
      const times = moving.flatMap(({ ptsUs, most }) =>
        most >= levelAsked(sensitivity) ? [ptsUs / 1_000_000] : [],
      );
      const [first] = times;
      return {
        sensitivity,
        events: eventsOf(tracks, this.#with(sensitivity)).length,
        motionMs: Math.round((1_000 * times.length) / this.#options.fps),
        firstMs: first === undefined ? null : Math.round(first * 1_000),
        ...(labels === null ? {} : foundIn(labels, times)),
      };
    });
  }

  #with(sensitivity: number): MotionSettings {
    const zones = this.#options.settings.zones.map(({ name, polygon }) => ({ name, polygon }));
    return { sensitivity, zones };
  }
}

/** Frames that stir in any zone, with their best level there. */
function movingOf({ chunks }: Tracks): { readonly ptsUs: number; readonly most: number }[] {
  return chunks.flatMap((chunk) =>
    Array.from({ length: chunk.count }, (_, i) => ({
      ptsUs: chunk.startPtsUs + (chunk.ptsUs[i] ?? 0),
      most: chunk.most[i] ?? 0,
    })).filter(({ most }) => most > 0),
  );
}
