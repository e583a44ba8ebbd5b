/**
 * Labels: what really moved in a video, and how a sensitivity did beside it.
 *
 * `{"positive": [[4.5, 8.6]], "ignore": [[8.6, 9]]}`, in seconds. A positive is found when motion falls into
 * it or up to half a second after it. Motion anywhere else is false, one for every run of it (runs closer
 * than two seconds are one), but for half a second before a positive, two seconds after it (things settle),
 * and what is to be ignored. The first second is not counted: nothing is learnt yet.
 */
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { Fault, toFault } from "../../../../hal/fault.ts";

const interval = z.tuple([z.number().min(0), z.number().min(0)]);
const labelsSchema = z.object({ positive: z.array(interval), ignore: z.array(interval).default([]) });
export type Labels = z.output<typeof labelsSchema>;

const early = 0.5;
const late = 0.5;
const settles = 2;
const merges = 2;
const warmUp = 1;

export interface Found {
  readonly found: number;
  readonly false: number;
}

/** `times` in seconds, in order: when there was motion. */
export function foundIn({ positive, ignore }: Labels, times: readonly number[]): Found {
  const counted = positive.filter(([, end]) => end > warmUp);
  const seen = times.filter((t) => t >= warmUp && !within(ignore, t));
  const found = counted.filter(([from, to]) => seen.some((t) => t >= from - early && t < to + late));
  const empty = times.filter(
    (t) => t >= warmUp && !within(ignore, t) && !within(positive, t, [early, settles]),
  );
  const runs = empty.filter((t, i) => t - (empty[i - 1] ?? -Infinity) > merges);
  return { found: found.length, false: runs.length };
}

export function countable({ positive }: Labels): number {
  return positive.filter(([, end]) => end > warmUp).length;
}

function within(
  intervals: Labels["positive"],
  t: number,
  [before, after]: readonly [number, number] = [0, 0],
): boolean {
  return intervals.some(([from, to]) => t >= from - before && t < to + after);
}

/** Throws a Fault that names the file. */
export async function readLabels(path: string): Promise<Labels> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw toFault(error, `cannot read the labels ${path}`);
  });
  const hint = 'labels look like {"positive": [[4.5, 8.6]], "ignore": []}, in seconds';
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Fault("corrupt", `${path}: not JSON`, { cause: error, hint });
  }
  const labels = labelsSchema.safeParse(json);
  if (labels.success) return labels.data;
  const problems = labels.error.issues.map(({ path: where, message }) => `${where.join(".")}: ${message}`);
  throw new Fault("invalid", `${path}: not labels: ${problems.join("; ")}`, { hint });
}
