/**
 * Labels: what really moves in a clip, and when. One JSON file a clip in a folder `labels`; the clips lie beside
 * that folder or in `clips`. Without `file` a clip is called after its id.
 *
 * `{"id": "gate", "file": "gate.mp4", "fps": 15, "frames": 300, "positive": [[4.2, 9]], "ignore": [[9, 11]]}`,
 * times in seconds: something real moves in `positive`, `ignore` is not scored, in the rest nothing may fire.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { Fault } from "../../../hal/fault.ts";

export type Span = readonly [fromS: number, toS: number];

export interface Labels {
  readonly id: string;
  readonly fps: number;
  readonly frames: number;
  readonly positive: readonly Span[];
  readonly ignore: readonly Span[];
}

export interface LabelledClip extends Labels {
  readonly path: string;
}

const span = z.tuple([z.number(), z.number()]);
const labelsSchema = z.object({
  id: z.string(),
  file: z.string().optional(),
  fps: z.number().positive(),
  frames: z.number().int().positive(),
  positive: z.array(span),
  ignore: z.array(span).default([]),
});

/** In order of their names; throws a Fault when the folder has none. */
export function labelledClips(folder: string): LabelledClip[] {
  const labels = join(folder, "labels");
  if (!existsSync(labels)) {
    throw new Fault("not-found", `no folder "labels" in ${folder}`, {
      hint: "one JSON file a clip: scripts/bench/sight/labels.ts has the format",
    });
  }
  const names = readdirSync(labels).filter((name) => name.endsWith(".json"));
  if (names.length === 0) throw new Fault("not-found", `no labels in ${labels}`);
  return names.sort().map((name) => clipOf(folder, join(labels, name)));
}

function clipOf(folder: string, file: string): LabelledClip {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new Fault("corrupt", `${file} is not JSON`, { cause });
  }
  const parsed = labelsSchema.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Fault("invalid", `${file}: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not labels"}`);
  }
  const { file: video = `${parsed.data.id}.mp4`, ...clip } = parsed.data;
  const path = [join(folder, video), join(folder, "clips", video)].find((place) => existsSync(place));
  if (path === undefined)
    throw new Fault("not-found", `${file} is about ${video}, which is not in ${folder}`);
  return { ...clip, path };
}
