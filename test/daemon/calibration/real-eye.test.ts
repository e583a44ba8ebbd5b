/**
 * The whole way with a real doorbell: its eye makes heat and writes the journal, its keeper answers what
 * was and what would have been.
 */
import { expect, test, vi } from "vitest";
import { previewSchema, walkSchema, type Preview } from "../../../daemon/wire/api-calibration.ts";
import type { Event } from "../../../daemon/wire/api.ts";
import { decodeHeat, type HeatUnit } from "../../../daemon/wire/heat.ts";
import { startDaemon } from "../../../scripts/rigs/daemon.ts";
import { getJson, putJson } from "../../../scripts/rigs/person.ts";

const flags = [
  "--camera.width=320",
  "--camera.height=180",
  "--camera.fps=10",
  "--sim.light=day",
  "--sim.rain=off",
  "--recording.postRollMs=2000",
  "--recording.preRollMs=1000",
  "--recording.bitrateKbps=300",
];
const wait = { timeout: 60_000, interval: 250 };

test(
  "a visitor is hot, is in the journal, stays under the same settings and vanishes under lower ones",
  { timeout: 120_000 },
  async () => {
    await using daemon = await startDaemon({ flags });
    const { owner } = daemon;
    const startWallMs = Date.now();
    const heat: HeatUnit[] = [];
    const socket = owner.socket("/api/heat");
    socket.on("message", (data: Buffer) => heat.push(decodeHeat(data)));

    const event = await vi.waitFor(async () => {
      const { events } = await getJson<{ events: Event[] }>(owner, "/api/events?kind=motion");
      const ended = events.find(({ state }) => state === "closed");
      expect(ended).toBeDefined();
      return ended as Event;
    }, wait);
    socket.terminate();
    const during = heat.filter(
      ({ wallMs }) => wallMs >= event.startWallMs && wallMs <= (event.endWallMs ?? 0),
    );
    expect(during.length).toBeGreaterThan(5);
    expect(during.some(({ levels }) => levels.some((level) => level > 50))).toBe(true);

    // a walk: what the eye still holds is written for it
    const span = { fromWallMs: event.startWallMs - 500, toWallMs: event.endWallMs ?? 0 };
    const taken = await putJson(owner, "/api/walks", { name: "the visitor", ...span, notes: [] }, "POST");
    expect(taken.status).toBe(201);
    const walk = walkSchema.parse(await taken.json());
    expect(walk.seen).toBe(true);
    expect(walk.path.length).toBeGreaterThan(5);

    const preview = async (sensitivity: number | null): Promise<Preview> => {
      const zones = { zones: [], sensitivity, rules: [] };
      const about = { zones, fromWallMs: startWallMs - 60_000, toWallMs: span.toWallMs + 1 };
      const answer = await putJson(owner, "/api/calibration/preview", about, "POST");
      return previewSchema.parse(await answer.json());
    };
    const same = await preview(null);
    const told = same.events.find(({ events }) => events.some(({ id }) => id === event.id));
    expect(same.counts).toMatchObject({ appears: 0, vanishes: 0 });
    expect(told).toMatchObject({ change: "stays", score: event.score, zones: event.zones });
    expect(Math.abs((told?.startWallMs ?? 0) - event.startWallMs)).toBeLessThan(500);

    const less = await preview((told?.leastSensitivity ?? 0) - 1);
    expect(less.counts.vanishes).toBeGreaterThan(0);
    expect(less.events.find(({ events }) => events.some(({ id }) => id === event.id))).toMatchObject({
      change: "vanishes",
    });
  },
);
