/**
 * Lead-in: what a peer has seen before a scene begins.
 *
 * A camera has been looking for hours; a clip begins at once. Motion 4.5 starts from a black reference and
 * needs half a minute to find its noise level, which would be most of a short clip. So the first second is played to
 * it, forwards and backwards, until it has settled. Ours gets none.
 */
import type { Shown, Watcher } from "../watcher.ts";

export function withLeadIn(watcher: Watcher, seconds: number): Watcher {
  return {
    ...watcher,
    open(showing) {
      const watching = watcher.open(showing);
      const turn = Math.max(2, Math.round(showing.fps));
      const before = Math.round(seconds * showing.fps);
      let first: Shown[] | null = [];
      let led = 0;
      const lead = async (kept: readonly Shown[]): Promise<void> => {
        first = null;
        for (; led < before && kept.length > 0; led += 1) {
          const place = led % (2 * kept.length);
          const shown = kept[place < kept.length ? place : 2 * kept.length - 1 - place];
          if (shown !== undefined) await watching.show(shown);
        }
        for (const shown of kept) await watching.show(shown);
      };
      return {
        async show(shown) {
          if (first === null) return watching.show(shown);
          first.push(shown);
          if (first.length >= turn) await lead(first);
        },
        async end() {
          if (first !== null) await lead(first);
          const { evidence, frameMs } = await watching.end();
          return { evidence: evidence.slice(led), frameMs };
        },
      };
    },
  };
}
