/**
 * Rules: what each way of fusing makes of a paired scene, frame by frame, with the doorbell's own code.
 */
import { fuses, levelFused, type Fuse } from "../../../daemon/sight/fusion.ts";
import { noPir, pirSaysAt, pirStep } from "../../../daemon/sight/pir-track.ts";
import { settingsSchema } from "../../../config/schema.ts";
import type { Paired } from "./paired.ts";

const { motion } = settingsSchema.parse({});

/** `pir`: every frame while its output is active, whatever the picture shows. */
export const ways = ["pir", ...fuses] as const;
export type Way = (typeof ways)[number];

export function firedBy(way: Way, { levels, edges, labels }: Paired): boolean[] {
  let [track, next] = [noPir, 0];
  return levels.map((level, k) => {
    const ptsUs = Math.round((k * 1e6) / labels.fps);
    for (let edge = edges[next]; edge !== undefined && edge.atMs * 1_000 <= ptsUs; edge = edges[next]) {
      track = pirStep(track, edge.active ? "active" : "quiet", edge.atMs * 1_000);
      next += 1;
    }
    if (way === "pir") return track.state === "active";
    const says = pirSaysAt(track, ptsUs, motion.pirWindowMs * 1_000);
    return level >= asked(way, says);
  });
}

function asked(fuse: Fuse, says: Parameters<typeof levelFused>[2]): number {
  return levelFused(fuse, motion.sensitivity, says);
}
