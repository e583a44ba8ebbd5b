/**
 * Occupancy: in which cells may somebody stand, so that the background must not learn them away?
 *
 * A changed cell is occupied while anything near it stirs, and for a while after. Changed but
 * stirless for long is furniture: a parked car, a moved chair, the hole where one stood. When most
 * of the picture changed at once and nothing stirs, it is another light (a lamp, the camera's own
 * switch between day and night): that is accepted within seconds.
 */
import type { Tuning } from "./tuning.ts";

export interface Occupancy {
  /** 1 = occupied. */
  readonly occupied: Uint8Array;
  /** Pictures in a row in which the cell was changed and nothing near it stirred. */
  readonly still: Uint16Array;
}

export interface Patience {
  readonly pictures: number;
  readonly allPictures: number;
}

export function emptyOccupancy(cells: number): Occupancy {
  return { occupied: new Uint8Array(cells), still: new Uint16Array(cells) };
}

export function patienceOf(tuning: Tuning, fps: number): Patience {
  const pictures = (ms: number): number => Math.min(65_535, Math.max(1, Math.round((ms * fps) / 1_000)));
  return { pictures: pictures(tuning.absorbMs), allPictures: pictures(tuning.absorbAllMs) };
}

export interface Near {
  /** Change and stir, each the largest of a cell and its neighbours. */
  readonly change: Uint8Array;
  readonly stir: Uint8Array;
}

export function occupy({ occupied, still }: Occupancy, near: Near, plan: OccupyPlan): void {
  const { tuning, patience } = plan;
  const cells = occupied.length;
  let changed = 0;
  for (let k = 0; k < cells; k += 1) {
    const here = (near.change[k] ?? 0) >= tuning.occupied ? 1 : 0;
    occupied[k] = here;
    changed += here;
  }
  const enough = changed > cells * tuning.absorbAllFrac ? patience.allPictures : patience.pictures;
  for (let k = 0; k < cells; k += 1) {
    const dead = occupied[k] === 1 && (near.stir[k] ?? 0) < tuning.alive;
    const waited = dead ? Math.min(65_535, (still[k] ?? 0) + 1) : 0;
    still[k] = waited;
    if (waited >= enough) occupied[k] = 0;
  }
}

export interface OccupyPlan {
  readonly tuning: Tuning;
  readonly patience: Patience;
}
