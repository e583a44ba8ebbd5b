/**
 * Head: what a block has to say before its first record, so that it can be read alone.
 *
 * Grid and settings as JSON, checked against a schema: a block may come from a disk that anybody touched.
 */
import { z } from "zod";
import { turns } from "../../../hal/view.ts";
import { Fault } from "../../../hal/fault.ts";
import { maxCells } from "../grid.ts";
import { fuses } from "../fusion.ts";
import { pirStates } from "../pir-track.ts";
import { lights, type MotionSettings } from "../zones.ts";

const size = z.int().min(1).max(65_535);
const extent = { width: size, height: size };
const point = z.tuple([z.number(), z.number()]).readonly();
const sensitivity = z.number().min(0).max(100);

export const motionSettingsSchema = z.strictObject({
  sensitivity,
  zones: z
    .array(
      z.strictObject({
        name: z.string(),
        polygon: z.array(point).readonly(),
        sensitivity: sensitivity.optional(),
        fuse: z.enum(fuses).optional(),
      }),
    )
    .max(64)
    .readonly(),
  rules: z
    .array(
      z.strictObject({
        zone: z.string().nullish(),
        light: z.enum(lights).nullish(),
        from: z.string().nullish(),
        to: z.string().nullish(),
        sensitivity,
      }),
    )
    .max(64)
    .readonly()
    .optional(),
  fuse: z.enum(fuses).optional(),
  pirWindowMs: z.number().min(0).optional(),
});

const viewSchema = z.strictObject({
  sensor: z.strictObject(extent),
  box: z.tuple([z.int(), z.int(), z.int(), z.int()]).readonly(),
  rotate: z.literal(turns),
  size: z.strictObject(extent),
});

const headSchema = z.strictObject({
  /** Of the session; a block continues the one before when this is the same and `block` one more. */
  session: z.string().max(64),
  block: z.int().min(0),
  grid: z.strictObject({ ...extent, cols: z.int().min(1).max(maxCells), rows: z.int().min(1).max(maxCells) }),
  fps: z.number().positive(),
  settings: motionSettingsSchema,
  view: viewSchema.optional(),
  /** One bit per cell, row by row, high bits first, base64: 1 = may be seen. */
  visible: z.string().max(256),
  /** As of the frame before the first one, like the levels that come first. */
  ptsUs: z.int(),
  stepUs: z.int(),
  light: z.enum(lights),
  minute: z.int().min(0).max(1_439).nullable(),
  /** Where the wall's time is counted from; null = the first frame says. */
  anchor: z.strictObject({ ptsUs: z.int(), wallUs: z.int() }).nullable(),
  /** What the PIR has said so far; absent = there was none that could be asked. */
  pir: z.strictObject({ state: z.enum(pirStates), sinceUs: z.int(), fellUs: z.int().nullable() }).optional(),
});
export type Head = z.output<typeof headSchema>;

/** What the schema knows of settings that may hold more (those of the doorbell do). */
export function onlyMotion({
  sensitivity: all,
  zones,
  rules,
  fuse,
  pirWindowMs,
}: MotionSettings): MotionSettings {
  return {
    sensitivity: all,
    zones: zones.map(({ name, polygon, sensitivity: own, fuse: ownFuse }) => ({
      name,
      polygon,
      sensitivity: own,
      fuse: ownFuse,
    })),
    rules: rules?.map(({ zone, light, from, to, sensitivity: own }) => ({
      zone,
      light,
      from,
      to,
      sensitivity: own,
    })),
    fuse,
    pirWindowMs,
  };
}

export const gapSchema = z.strictObject({
  fromWallMs: z.number(),
  toWallMs: z.number(),
  why: z.string().max(400),
});

/** What stands in a block as JSON. Throws Fault `corrupt`. */
export function readAs<T>(schema: z.ZodType<T>, json: unknown): T {
  const read = schema.safeParse(json);
  if (!read.success) throw new Fault("corrupt", "a journal block has a record of another kind");
  return read.data;
}

/** Throws Fault `corrupt`. */
export function readHead(json: unknown): Head {
  const head = headSchema.safeParse(json);
  if (!head.success || head.data.grid.cols * head.data.grid.rows > maxCells)
    throw new Fault("corrupt", "a journal block has no head that can be understood");
  return head.data;
}

export function visibleBits(visible: Uint16Array, cells: number): string {
  const bits = Buffer.alloc(Math.ceil(cells / 8));
  for (const k of visible) bits[k >> 3] = (bits[k >> 3] ?? 0) | (128 >> (k & 7));
  return bits.toString("base64");
}

export function visibleOf({ visible, grid }: Head): Uint16Array {
  const bits = Buffer.from(visible, "base64");
  const cells = new Uint16Array(grid.cols * grid.rows);
  let count = 0;
  for (let k = 0; k < cells.length; k += 1) {
    if (((bits[k >> 3] ?? 0) & (128 >> (k & 7))) === 0) continue;
    cells[count] = k;
    count += 1;
  }
  return cells.subarray(0, count);
}
