/**
 * Span views: the visible spans of a plane, in order, as views that are ready to be copied.
 *
 * Making a view for each row of each frame costs more than the copy. Cameras lend the same few
 * blocks of memory again and again, so a block's views are kept from the second time it is seen
 * on (a source whose memory never comes back would only fill the heap), for `maxBlocks` blocks.
 * Memory that was taken away empties its views, and a copy from one of those throws.
 */
import type { Plane } from "../../../hal/frame.ts";
import type { PlaneSpans } from "../../policy/opening.ts";

/** Ten times what a decoder's pool holds; 3 MB of heap at 1080p. */
const maxBlocks = 32;

interface KeptViews {
  readonly stride: number;
  readonly views: readonly Uint8Array[];
}

export class SpanViews {
  readonly #spans: PlaneSpans;
  readonly #seen = new WeakSet<Uint8Array>();
  readonly #kept = new Map<Uint8Array, KeptViews>();

  constructor(spans: PlaneSpans) {
    this.#spans = spans;
  }

  of({ data, stride }: Plane): readonly Uint8Array[] {
    const kept = this.#kept.get(data);
    if (kept?.stride === stride) return kept.views;
    const views = viewsOf(data, stride, this.#spans);
    if (!this.#seen.has(data)) this.#seen.add(data);
    else if (this.#kept.size < maxBlocks) this.#kept.set(data, { stride, views });
    return views;
  }
}

function viewsOf(data: Uint8Array, stride: number, { height, starts, spans }: PlaneSpans): Uint8Array[] {
  const views: Uint8Array[] = [];
  for (let y = 0; y < height; y += 1) {
    const last = starts[y + 1] ?? 0;
    for (let i = starts[y] ?? 0; i < last; i += 2) {
      views.push(data.subarray(y * stride + (spans[i] ?? 0), y * stride + (spans[i + 1] ?? 0)));
    }
  }
  return views;
}
