import { expect, test, vi } from "vitest";
import type { Status } from "../../daemon/wire/api-status.ts";
import type { Clip, Event } from "../../daemon/wire/api.ts";
import { startDaemon } from "../../scripts/rigs/daemon.ts";
import { smallDisk } from "../../scripts/rigs/small-disk.ts";

const flags = [
  ..."--camera.width=640 --camera.height=360 --sim.rain=on --sim.visitorsPerHour=0 --button.cooldownMs=0".split(
    " ",
  ),
  ..."--recording.bitrateKbps=6000 --recording.preRollMs=2000 --recording.postRollMs=3000 --storage.minFreeMb=0".split(
    " ",
  ),
];
const wait = { timeout: 60_000, interval: 200 };

test("on a full disk the oldest clip goes and the newest is recorded whole", async (context) => {
  await using disk = await smallDisk(48);
  if (disk === null) return context.skip("SKIPPED: mounting a small tmpfs needs root");
  await using daemon = await startDaemon({ data: disk.path, flags });
  const get = async <T>(path: string): Promise<T> => {
    const response = await daemon.fetch(path);
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return (await response.json()) as T;
  };
  const rings = async (): Promise<Event[]> =>
    (await get<{ events: Event[] }>("/api/events?limit=50")).events.filter(({ kind }) => kind === "ring");
  const ring = async (whileRinging = (): void => {}): Promise<Clip> => {
    const before = new Set((await rings()).map(({ id }) => id));
    await vi.waitFor(async () => expect((await get<Status>("/api/status")).recording).toBe(null), wait);
    await daemon.fetch("/api/sim/press", { method: "POST" });
    whileRinging();
    return vi.waitFor(async () => {
      const event = (await rings()).find(({ id }) => !before.has(id));
      const clip = await get<Clip>(`/api/clips/${event?.clip}`);
      expect(clip.state).toBe("complete");
      return clip;
    }, wait);
  };
  await vi.waitFor(async () => expect((await get<Status>("/api/status")).camera.state).toBe("running"), wait);
  const oldest = await ring();
  await ring();
  const newest = await ring(() => disk.fill());
  expect(newest.fragments.map(({ index }) => index)).toEqual(newest.fragments.map((_, i) => i));
  expect(newest.fragments.length).toBeGreaterThanOrEqual(2);
  await expect(get(`/api/clips/${oldest.id}`)).rejects.toThrow("404");
  expect((await get<Status>("/api/status")).storage.evicted).toBeGreaterThan(0);
});
