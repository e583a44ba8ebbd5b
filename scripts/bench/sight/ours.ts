/**
 * Ours: the doorbell's own motion detection with its defaults, masked frame to verdict.
 */
import { settingsSchema } from "../../../config/schema.ts";
import { createMotion } from "../../../daemon/eye/motion/motion.ts";
import type { Watcher } from "./watcher.ts";

const { motion: settings } = settingsSchema.parse({});

export const ours: Watcher = {
  name: "ours",
  inProcess: true,
  blobs: false,
  open(showing) {
    const motion = createMotion({ ...showing, settings });
    const evidence: number[] = [];
    return {
      async show({ frame }) {
        evidence.push(motion.handle(frame).motion ? 1 : 0);
      },
      // decoding runs in this process too: cost.ts measures it alone
      end: async () => ({ evidence, frameMs: Number.NaN }),
    };
  },
};
