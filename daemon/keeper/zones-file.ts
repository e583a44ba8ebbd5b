/**
 * Zones file: where motion counts, as drawn on the page; until then as the settings say.
 *
 * Zones are not signed: they decide what is told, never what is seen.
 */
import { readFile } from "node:fs/promises";
import type { Settings } from "../../config/schema.ts";
import { readableFile } from "../files/modes.ts";
import { writeDurableJson } from "../seal/durable.ts";
import { zonesSchema, type Zones } from "../wire/api-household.ts";

/** A file that is broken counts as none, as it does for the eye. */
export async function readZones(path: string, { zones, rules }: Settings["motion"]): Promise<Zones> {
  try {
    return zonesSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return {
      zones: zones.map(({ name, polygon, sensitivity = null, fuse }) => ({
        name,
        polygon,
        sensitivity,
        ...(fuse === undefined ? {} : { fuse }),
      })),
      sensitivity: null,
      rules: rules.map(({ zone = null, light = null, from = null, to = null, sensitivity }) => ({
        zone,
        light,
        from,
        to,
        sensitivity,
      })),
    };
  }
}

export function writeZones(path: string, zones: Zones): Promise<void> {
  return writeDurableJson(path, zones, readableFile); // by the eye
}
