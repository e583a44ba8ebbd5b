/**
 * Ours: the doorbell's own motion detection with its defaults, masked frame to verdict, or to another reading of it.
 */
import { settingsSchema } from "../../../config/schema.ts";
import { createMotion } from "../../../daemon/eye/motion/motion.ts";
import type { Watcher } from "./watcher.ts";

const { motion: settings } = settingsSchema.parse({});

type Verdict = ReturnType<ReturnType<typeof createMotion>["handle"]>;

export function ownMotion(name: string, evidenceOf: (verdict: Verdict) => number): Watcher {
  return {
    name,
    inProcess: true,
    blobs: false,
    open(showing) {
      const motion = createMotion({ ...showing, settings });
      const evidence: number[] = [];
      return {
        async show({ frame }) {
          evidence.push(evidenceOf(motion.handle(frame)));
        },
        // decoding runs in this process too: cost.ts measures it alone
        end: async () => ({ evidence, frameMs: Number.NaN }),
      };
    },
  };
}

export const ours = ownMotion("ours", ({ motion }) => (motion ? 1 : 0));
