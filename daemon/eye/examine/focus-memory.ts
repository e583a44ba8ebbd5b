/**
 * Focus memory: how sharp this camera has ever been in this framing and light, in one small file.
 *
 * `focus.json` holds three numbers and a hash of what is looked at: another line, size, turn or crop is
 * another picture and begins anew. Light is told apart because a lens focuses infrared elsewhere. A file that
 * is missing or broken is forgotten; nothing but a hint hangs on it.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import type { ViewGeometry } from "../../../hal/view.ts";
import { writeDurableJson } from "../../seal/durable.ts";
import type { MaskShape } from "../../policy/shape.ts";
import type { Light } from "../../sight/zones.ts";

const fileSchema = z.strictObject({
  framing: z.string(),
  best: z.strictObject({ bright: z.number(), dark: z.number(), infrared: z.number() }),
});
type Kept = z.output<typeof fileSchema>;

export interface Framing {
  readonly width: number;
  readonly height: number;
  readonly view: ViewGeometry | undefined;
  readonly shape: MaskShape | null;
}

export class FocusMemory {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** The best ever, this one included. Throws Fault `exhausted` when it cannot be kept. */
  async best(framing: Framing, light: Light, now: number): Promise<number> {
    const key = keyOf(framing);
    const kept = await this.#read(key);
    const best = Math.max(now, kept.best[light]);
    if (best > kept.best[light]) {
      await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
      await writeDurableJson(this.#path, { framing: key, best: { ...kept.best, [light]: best } });
    }
    return best;
  }

  async #read(framing: string): Promise<Kept> {
    const none: Kept = { framing, best: { bright: 0, dark: 0, infrared: 0 } };
    try {
      const kept = fileSchema.parse(JSON.parse(await readFile(this.#path, "utf8")));
      return kept.framing === framing ? kept : none;
    } catch {
      return none;
    }
  }
}

function keyOf({ width, height, view, shape }: Framing): string {
  const line = shape === null ? null : [shape.propertyLine, shape.privacyZones];
  return createHash("sha256")
    .update(JSON.stringify([width, height, view ?? null, line]))
    .digest("hex");
}
