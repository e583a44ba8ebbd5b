/**
 * clip.json: what a clip's folder says of itself, so that the index can be rebuilt from files.
 *
 * Written (atomically) when the clip opens, again when an event joins, and when it closes.
 * Fragments list themselves by being there; `closed` null = still recording, or interrupted.
 */
import { z } from "zod";

export const clipManifestSchema = z.strictObject({
  version: z.literal(1),
  clip: z.string(),
  startWallMs: z.int(),
  codec: z.string(),
  width: z.int(),
  height: z.int(),
  events: z
    .array(z.strictObject({ event: z.string(), kind: z.enum(["ring", "motion"]), startWallMs: z.int() }))
    .min(1),
  fragments: z.array(
    z.strictObject({
      index: z.int(),
      startMs: z.int(),
      durationMs: z.int(),
      bytes: z.int(),
      sha256: z.string(),
    }),
  ),
  closed: z.strictObject({ endWallMs: z.int(), reason: z.string() }).nullable(),
});
export type ClipManifest = z.output<typeof clipManifestSchema>;
