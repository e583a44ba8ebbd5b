/** What was corrected over the API proposes a threshold over the API, which then holds for what comes. */
import { expect, test } from "vitest";
import { labelThresholdsSchema, type LabelThreshold } from "../../../../daemon/wire/api-calibration.ts";
import type { Zones } from "../../../../daemon/wire/api-household.ts";
import { eventPageSchema, type Event } from "../../../../daemon/wire/api.ts";
import { putJson } from "../../../../scripts/rigs/person.ts";
import { openDoor } from "../door.ts";
import { until } from "../page.ts";
import { connectTestEye } from "../test-eye.ts";

const bare: Zones = { zones: [], sensitivity: null, rules: [] };

async function openHouse() {
  await using stack = new AsyncDisposableStack();
  const door = stack.use(await openDoor());
  const eye = stack.use(await connectTestEye(door.paths));
  const { owner } = door;
  const open = stack.move();
  const events = async (): Promise<Event[]> =>
    eventPageSchema.parse(await (await owner.fetch("/api/events?limit=50")).json()).events;
  return {
    events,
    /** One event that the model calls a person, so sure; its id. */
    async visit(id: string, score: number): Promise<string> {
      const startWallMs = Date.now();
      const zones = ["everywhere"];
      eye.send({ type: "event-opened", event: id, kind: "motion", startWallMs, score: 1, zones });
      const what = [{ label: "person" as const, score }];
      eye.send({ type: "event-what", event: id, what, happenings: [], settled: true });
      eye.send({ type: "event-closed", event: id, endWallMs: startWallMs + 1, score: 1, zones });
      await until(async () => (await events()).some((each) => each.id === id && each.state === "closed"));
      return id;
    },
    async correct(id: string, label: string): Promise<void> {
      expect((await putJson(owner, `/api/events/${id}/what`, { label }, "POST")).status).toBe(200);
    },
    put: async (zones: Zones) => expect((await putJson(owner, "/api/zones", zones)).status).toBe(200),
    async person(zones: Zones): Promise<LabelThreshold | undefined> {
      const answer = await putJson(owner, "/api/calibration/labels", { zones }, "POST");
      expect(answer.status).toBe(200);
      return labelThresholdsSchema.parse(await answer.json()).labels.find(({ label }) => label === "person");
    },
    refused: async (body: unknown) => (await putJson(owner, "/api/calibration/labels", body, "POST")).status,
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

test("corrections propose a threshold; with it what is less sure has no name, and is still remembered", async () => {
  await using house = await openHouse();
  for (const [i, score] of [0.45, 0.5, 0.55, 0.6, 0.62].entries())
    await house.correct(await house.visit(`wrong-000${i}`, score), "other");
  await house.correct(await house.visit("right-0000", 0.9), "person");
  expect(await house.person(bare)).toMatchObject({
    threshold: null,
    called: 6,
    wrong: 5,
    confirmed: 1,
    proposed: 0.63,
  });
  const zones = { ...bare, thresholds: { person: 0.63 } };
  await house.put(zones);
  await house.visit("later-0000", 0.6);
  const later = (await house.events()).find(({ id }) => id === "later-0000");
  expect(later).toMatchObject({ what: [], said: [{ label: "person", score: 0.6 }] });
  expect(await house.person(zones)).toMatchObject({ called: 1, wrong: 0, hidden: 0, proposed: null });
});

test("a question without zones, or with a threshold that is none, is refused", async () => {
  await using house = await openHouse();
  for (const wrong of [{}, { zones: { ...bare, thresholds: { person: 2 } } }, { zones: bare, more: 1 }])
    expect(await house.refused(wrong)).toBe(400);
});
