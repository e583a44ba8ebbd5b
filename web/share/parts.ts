/**
 * Parts: the files that leave for the seconds that were chosen.
 *
 * A recording is cut at whole pieces (fragments, up to 2 s each), because each is sealed on its own:
 * what leaves covers what was chosen and a little more, which the page says. Limits are those of a
 * grant (daemon/consent/parcel.ts), told before anybody signs. Pure.
 */
import { maxClips, maxFileBytes, maxItems } from "../../daemon/consent/parcel.ts";
import type { Clip } from "../../daemon/wire/api.ts";
import type { Fragment } from "../clip/plan.ts";
import { lengthOf, type Span } from "./span.ts";

export interface Part {
  readonly clip: Clip;
  readonly span: Span;
  /** At least one, ascending. */
  readonly fragments: readonly Fragment[];
}

/** Keyed by the clip. */
export type Choice = ReadonlyMap<string, Span>;

export function piecesIn({ fragments }: Pick<Clip, "fragments">, { fromMs, toMs }: Span): Fragment[] {
  return fragments.filter(
    ({ startMs, durationMs }) => startMs < toMs && startMs + durationMs > fromMs && durationMs > 0,
  );
}

/** In the order in which they were recorded. */
export function partsOf(choice: Choice, clips: Iterable<Clip>): Part[] {
  return [...clips]
    .flatMap((clip) => {
      const span = choice.get(clip.id);
      const fragments = span === undefined ? [] : piecesIn(clip, span);
      return span === undefined || fragments.length === 0 ? [] : [{ clip, span, fragments }];
    })
    .toSorted((a, b) => a.clip.startWallMs - b.clip.startWallMs);
}

export interface Sum {
  readonly clips: number;
  readonly pieces: number;
  readonly chosenMs: number;
  readonly leavingMs: number;
  readonly bytes: number;
}

export function sumOf(parts: readonly Part[]): Sum {
  const fragments = parts.flatMap((part) => part.fragments);
  return {
    clips: parts.length,
    pieces: fragments.length,
    chosenMs: parts.reduce((sum, { span }) => sum + lengthOf(span), 0),
    leavingMs: fragments.reduce((sum, { durationMs }) => sum + durationMs, 0),
    bytes: fragments.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** From the clip's start, of what leaves. */
export function leavingSpan({ fragments }: Pick<Part, "fragments">): Span {
  const [first] = fragments;
  const last = fragments.at(-1);
  return { fromMs: first?.startMs ?? 0, toMs: (last?.startMs ?? 0) + (last?.durationMs ?? 0) };
}

/** What is too much for one grant; null = it fits. */
export type Excess = "pieces" | "clips" | "bytes";

export function excessOf(parts: readonly Part[]): Excess | null {
  const items = 1 + parts.reduce((sum, { fragments }) => sum + 1 + fragments.length, 0);
  if (items > maxItems) return "pieces";
  if (parts.length > maxClips) return "clips";
  const tooLarge = parts.some(({ fragments }) => fragments.some(({ bytes }) => bytes > maxFileBytes));
  return tooLarge ? "bytes" : null;
}
