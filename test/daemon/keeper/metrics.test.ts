/** The numbers for Prometheus, and the dashboard that shows them. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { openDoor } from "./door.ts";
import { until } from "./page.ts";
import { connectTestEye } from "./test-eye.ts";
import { connectTestCourier } from "./test-courier.ts";

const docs = join(import.meta.dirname, "../../../docs");
const dashboardSchema = z.object({
  panels: z.array(z.object({ targets: z.array(z.object({ expr: z.string() })) })),
});

/** Everything that a doorbell can have: also a broker, which only a courier can tell of, and a model, which only an eye can. */
async function scraped(): Promise<string> {
  await using door = await openDoor({
    settings: { mqtt: { url: "mqtt://127.0.0.1:1" }, rtsp: { enabled: true } },
  });
  await using courier = await connectTestCourier(door.paths);
  const mqtt = { connected: true };
  courier.send({ type: "courier-status", stages: [], rssBytes: 1, cpuMs: 1, mqtt });
  await until(() => door.keeper.status().mqtt?.connected === true);
  await using eye = await connectTestEye(door.paths);
  eye.status({ what: model });
  await until(() => door.keeper.status().what !== undefined);
  await (await door.get("/metrics")).text();
  return (await door.get("/metrics")).text();
}

const model = {
  model: "sill",
  state: "ready",
  runs: 7,
  dropped: 1,
  failures: 2,
  msMedian: 4,
  msP95: 9,
  rssBytes: 80_000_000,
} as const;

const types = (text: string): Map<string, string> =>
  new Map([...text.matchAll(/^# TYPE (\w+) (\w+)$/gmu)].map(([, name = "", type = ""]) => [name, type]));

test("the dashboard and the alarms of the guide ask for what there is, and the dashboard shows all of it", async () => {
  const there = new Set(types(await scraped()).keys());
  const json: unknown = JSON.parse(await readFile(join(docs, "grafana/sill.json"), "utf8"));
  const asks = dashboardSchema.parse(json).panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  const named = (text: string): Set<string> =>
    new Set([...text.matchAll(/\bsill_\w+/gu)].map(([name]) => name.replace(/_bucket$/u, "")));
  expect(named(asks.join("\n"))).toEqual(there);
  const alarms = (await readFile(join(docs, "monitoring.md"), "utf8"))
    .split("\n")
    .filter((line) => line.includes("alert:"));
  expect([...named(alarms.join("\n"))].filter((name) => !there.has(name))).toEqual([]);
});

test("what ends in _total is a counter and nothing else is; no name ends like a histogram's part", async () => {
  const all = [...types(await scraped())];
  const wrong = all.filter(([name, type]) => name.endsWith("_total") !== (type === "counter"));
  expect(wrong).toEqual([]);
  expect(all.filter(([name]) => /_(?:count|sum|bucket)$/u.test(name))).toEqual([]);
});

test("a counter read twice has counted once", async () => {
  await using door = await openDoor({ settings: { button: { cooldownMs: 0 } } });
  await door.button.press();
  await door.button.press();
  const rings = async (): Promise<string | undefined> =>
    /^sill_stage_in_total\{stage="button"\} (\d+)$/mu.exec(await (await door.get("/metrics")).text())?.[1];
  expect([await rings(), await rings()]).toEqual(["2", "2"]);
});

test("of the model that tells what moved: is it there, what has it done, how long does it take", async () => {
  const text = await scraped();
  const figures = [...text.matchAll(/^(sill_model_\w+) (\S+)$/gmu)].map(([, name, value]) => [
    name,
    Number(value),
  ]);
  expect(Object.fromEntries(figures)).toEqual({
    sill_model_ready: 1,
    sill_model_pictures_total: 7,
    sill_model_dropped_frames_total: 1,
    sill_model_failures_total: 2,
    sill_model_picture_seconds: 0.004,
    sill_model_slow_picture_seconds: 0.009,
    sill_model_resident_bytes: 80_000_000,
  });
});
