/**
 * OpenAPI: what the doorbell says of its API, as the file docs/openapi.json.
 *
 * Asked of a real keeper in a folder of its own, without hardware. Keys in one order, so that a change shows as
 * the change that it is; the version is left out, as it changes for other reasons, and so are bounds of an integer
 * that are JavaScript's own.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { settingsSchema } from "../config/schema.ts";
import { openKeeper } from "../daemon/keeper/keeper.ts";
import { systemClock } from "../hal/clock.ts";
import { Fault } from "../hal/fault.ts";

export const openApiPath = "docs/openapi.json";

const off = { driver: "none" } as const;

export async function openApiText(): Promise<string> {
  const data = await mkdtemp(join(tmpdir(), "sill-openapi-"));
  try {
    const settings = settingsSchema.parse({
      data,
      web: { port: 0 },
      storage: { minFreeMb: 0 },
      button: off,
      pir: off,
      chime: off,
      light: off,
    });
    const log = pino({ level: "silent" });
    await using keeper = await openKeeper({ settings, epochWallMs: 0, clock: systemClock, log });
    const answer = await fetch(`http://127.0.0.1:${keeper.port}/api/docs/json`);
    if (!answer.ok) throw new Fault("unavailable", `the keeper answers ${answer.status}`);
    const { info, ...api } = (await answer.json()) as { info: Record<string, unknown> };
    const { version: _version, ...rest } = info;
    return `${JSON.stringify(ordered({ ...api, info: { ...rest, version: "of the doorbell" } }), null, 1)}\n`;
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

function isNoise(key: string, value: unknown): boolean {
  return (key === "maximum" || key === "minimum") && Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER;
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .filter(([key, each]) => !isNoise(key, each))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, ordered(each)]));
}
