/**
 * Evidence: how strongly a past event moved, per area and moment: all that a sensitivity is asked about it.
 */
import { spanOf, type PastEvent } from "../past.ts";
import { eachFrameIn, type Tracks } from "../tracks.ts";

export interface Evidence {
  readonly event: PastEvent;
  /** Per light and minute of its time, the best level in every area. */
  readonly parts: readonly { readonly when: number; readonly levels: Uint8Array }[];
}

export function evidenceOf(tracks: Tracks, event: PastEvent): Evidence {
  const count = tracks.areas.length;
  const parts = new Map<number, Uint8Array>();
  eachFrameIn(tracks, spanOf(event), (chunk, i) => {
    if ((chunk.most[i] ?? 0) === 0) return;
    const when = chunk.when[i] ?? 0;
    const levels = parts.get(when) ?? new Uint8Array(count);
    parts.set(when, levels);
    for (let area = 0; area < count; area += 1)
      levels[area] = Math.max(levels[area] ?? 0, chunk.levels[i * count + area] ?? 0);
  });
  return { event, parts: [...parts].map(([when, levels]) => ({ when, levels })) };
}
