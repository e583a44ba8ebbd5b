/**
 * API of health: is it well, and which problems stand or stood?
 */
import { z } from "zod";
import { cameraStateSchema } from "./messages.ts";

/** GET /healthz: 200 once frames flow, 503 before, same body. */
export const healthSchema = z.object({
  ok: z.boolean(),
  camera: cameraStateSchema,
  store: z.enum(["ok", "failed"]),
  uptimeMs: z.int(),
  problems: z.array(z.string()),
});

const problemFields = { id: z.string(), text: z.string(), forMs: z.int() };
/** By running time; a keeper that starts anew begins with nothing. */
export const healthLogSchema = z.object({
  standing: z.array(z.object(problemFields)),
  /** Newest first. `agoMs` since its end; `times`: so often it came back within a minute. */
  past: z.array(z.object({ ...problemFields, agoMs: z.int(), times: z.int() })),
});
export type HealthLog = z.output<typeof healthLogSchema>;
