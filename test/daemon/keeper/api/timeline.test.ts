/** The timeline's routes on a real keeper: what is recorded is in it, who opened what, what can be deleted. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  timelineSchema,
  type DeletedMany,
  type Timeline,
  type Watched,
} from "../../../../daemon/wire/api-timeline.ts";
import type { HistoryEntry } from "../../../../daemon/wire/api-household.ts";
import { newId } from "../../../../daemon/wire/id.ts";
import { enrol, human, putJson, signIn } from "../../../../scripts/rigs/person.ts";
import { eventIn, writeClip } from "../clip-on-disk.ts";
import { openDoor, type TestDoor } from "../door.ts";
import { until } from "../page.ts";
import { connectTestEye } from "../test-eye.ts";

const startWallMs = Date.now() - 3_600_000;
const ids = [0, 1, 2].map((at) => ({
  clip: newId(startWallMs + at * 60_000),
  event: newId(startWallMs + at * 60_000 + 1),
  atMs: startWallMs + at * 60_000,
}));
let door: TestDoor;

beforeAll(async () => {
  door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  for (const { clip, event, atMs } of ids) {
    const written = { id: clip, startWallMs: atMs, events: [eventIn(event, atMs)], bytesEach: 5_000 };
    const said = { score: 1, zones: ["gate"] };
    eye.send({ type: "event-opened", event, kind: "motion", startWallMs: atMs, ...said });
    eye.send({ type: "event-closed", event, endWallMs: atMs + 4_000, ...said });
    await eye.record(door.paths, written);
    await writeClip(door.paths, written);
    eye.send({ type: "clip-closed", clip, endWallMs: atMs + 4_000, reason: "quiet" });
    await until(async () => (await (await door.get(`/api/clips/${clip}`)).text()).includes('"complete"'));
  }
});
afterAll(() => door[Symbol.asyncDispose]());

async function ask<T>(path: string): Promise<T> {
  const answer = await door.get(path);
  expect(answer.status).toBe(200);
  return (await answer.json()) as T;
}

const around = `from=${startWallMs - 1_000}&to=${startWallMs + 600_000}`;

describe("the timeline", () => {
  test("says all of a time in columns, newest first", async () => {
    const { from, events, clips, sorts, next } = await ask<Timeline>(`/api/timeline?${around}`);
    const newestFirst = ids.toReversed();
    expect(next).toBeNull();
    expect(events.id).toEqual(newestFirst.map(({ event }) => event));
    expect(events.at).toEqual(newestFirst.map(({ atMs }) => atMs - from));
    expect(events.ms).toEqual([4_000, 4_000, 4_000]);
    expect(events.clip).toEqual(newestFirst.map(({ clip }) => clip));
    expect(clips.id).toEqual(events.clip);
    expect(clips.ms).toEqual([4_000, 4_000, 4_000]);
    expect(sorts).toMatchObject([{ kind: "motion", state: "closed", zones: ["gate"], mark: null }]);
    expect(events.sort).toEqual([0, 0, 0]);
  });

  // the route does not check it itself
  test("is no more and no less than its schema says", async () => {
    const answer = await door.get(`/api/timeline?from=0&to=${Date.now() + 60_000}`);
    expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
    const said = (await answer.json()) as Timeline;
    expect([said.events.id.length, said.clips.id.length]).toEqual([3, 3]);
    expect(timelineSchema.parse(said)).toEqual(said);
  });

  test("goes by pages, each from where the last one ended", async () => {
    const first = await ask<Timeline>(`/api/timeline?${around}&limit=2`);
    const second = await ask<Timeline>(`/api/timeline?from=${startWallMs - 1_000}&to=${first.next}&limit=2`);
    expect([first.events.id.length, second.events.id.length]).toEqual([2, 1]);
    expect([first.next, second.next]).toEqual([first.from, null]);
  });

  test("tells a time in which the camera's process was away", async () => {
    // the test's eye left when it had recorded
    await expect
      .poll(async () => (await ask<Timeline>(`/api/timeline?from=0&to=${Date.now() + 60_000}`)).gaps, {
        timeout: 60_000,
      })
      .toMatchObject([{ reason: "eye", endWallMs: null }]);
  }, 70_000);

  test.each([
    "from=5&to=5",
    "from=9&to=5",
    "from=0&to=tomorrow",
    "from=-1&to=2",
    "from=0",
    "from=0&to=9&limit=5001",
  ])("refuses %s in words", async (query) => {
    const answer = await door.get(`/api/timeline?${query}`);
    expect([answer.status, ((await answer.json()) as { error: { kind: string } }).error.kind]).toEqual([
      400,
      "invalid",
    ]);
  });
});

describe("who saw what", () => {
  test("is told of each recording and each person, as the ledger tells it", async () => {
    const bo = human(2, "member");
    await enrol(door.owner, bo);
    const signedIn = await signIn(door.base, bo);
    const [first, second] = ids;
    for (const clip of [first?.clip, second?.clip]) await signedIn.fetch(`/api/clips/${clip}/init.mp4`);
    await door.get(`/api/clips/${first?.clip}/init.mp4`);
    const { people } = await ask<Watched>(`/api/timeline/watched?${around}`);
    expect(people.find(({ who }) => who === bo.person.name)?.clips).toEqual([second?.clip, first?.clip]);
    expect(people.find(({ who }) => who === door.owner.person.name)?.clips).toEqual([first?.clip]);
    const { entries, next } = await ask<{ entries: HistoryEntry[]; next: string | null }>(
      `/api/history?clip=${first?.clip}`,
    );
    expect(next).toBeNull();
    expect(entries.map(({ what, who }) => [what, who])).toEqual([
      ["clip-view", door.owner.person.name],
      ["clip-view", bo.person.name],
    ]);
  });
});

describe("deleting many", () => {
  const remove = async (body: unknown): Promise<Response> =>
    putJson(door.owner, "/api/events/delete", body, "POST");

  test("says first what would go, then deletes it, once, and tells it in the ledger", async () => {
    const going = ids.slice(0, 2).map(({ event }) => event);
    const asked = [...going, "no-such-event"];
    const would = (await (await remove({ ids: asked, dry: true })).json()) as DeletedMany;
    expect(would).toMatchObject({ events: 2, clips: 2, kept: [{ id: "no-such-event", why: "gone" }] });
    expect(would.bytes).toBeGreaterThan(20_000);
    expect(await (await remove({ ids: asked })).json()).toEqual(would);
    expect(await (await remove({ ids: asked })).json()).toMatchObject({ events: 0, clips: 0, bytes: 0 });
    const { events, clips } = await ask<Timeline>(`/api/timeline?${around}`);
    expect([events.id, clips.id]).toEqual([[ids[2]?.event], [ids[2]?.clip]]);
    const { entries } = await ask<{ entries: HistoryEntry[] }>("/api/history?limit=20");
    const told = entries.filter(({ what }) => what === "clips-deleted");
    expect(told.map(({ who, detail }) => [who, detail])).toEqual([
      [door.owner.person.name, "2 recordings, by hand"],
    ]);
  });

  test.each([
    [{ ids: Array.from({ length: 201 }, () => "some-event-01") }, "201 events are more than the 200"],
    [{ ids: Array.from({ length: 5_001 }, () => "some-event-01"), dry: true }, "ids"],
    [{ ids: ["../../etc/passwd"] }, "not an id"],
    [{}, "ids"],
  ])("refuses what it cannot do in one call (%#)", async (body, words) => {
    const answer = await remove(body);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(words);
  });
});
