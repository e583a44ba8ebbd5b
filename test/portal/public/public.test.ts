import { expect, test } from "vitest";
import type { Post } from "../../../daemon/consent/post.ts";
import { payloadTypes } from "../../../daemon/identity/envelope.ts";
import { signEnvelope, type Keys } from "../../../daemon/identity/keys.ts";
import { SimClock, simEpochWallMs } from "../../../hal/sim/clock.ts";
import type { About, AgencyPage, BoardPage, RequestPage } from "../../../portal/api.ts";
import { moderate, approvePost, refusePost } from "../../../portal/office/moderation.ts";
import { bucketOf } from "../../../portal/public/cards.ts";
import { testKeys } from "../../../scripts/rigs/paired.ts";
import {
  agencyOf,
  deliver,
  register,
  requestOf,
  signedRequest,
  startPortal,
  type PortalRig,
} from "../../../scripts/rigs/portal.ts";

const nowMs = simEpochWallMs;
const dayMs = 86_400_000;
const get = async <T>(url: string): Promise<T> => (await (await fetch(url)).json()) as T;

function post(number: number, change: Partial<Post> = {}): Post {
  return {
    id: `post-000${number}`,
    title: "<script>alert(1)</script>",
    text: "Somebody left a bicycle.",
    near: { lat100: 5_200, lon100: 500 },
    nearName: "Harbour",
    share: null,
    issuedAt: nowMs,
    expiresAt: nowMs + 5 * dayMs,
    ...change,
  };
}

function pin({ url }: PortalRig, value: Post, keys: Keys = testKeys(7)): Promise<string> {
  const envelope = signEnvelope(keys, payloadTypes.post, value);
  const bytes = new TextEncoder().encode(JSON.stringify(envelope));
  return deliver(`${url}/dock/board`, { grant: `grant-of-${value.id}`, bytes });
}

const pendingIn = async ({ portal }: PortalRig): Promise<string[]> =>
  (await portal.store.posts.pending(100)).map(({ hash }) => hash);

test("a post is seen only once the moderator approved it, and no longer than it says", async () => {
  const clock = new SimClock();
  await using rig = await startPortal({ clock });
  const board = `${rig.url}/api/board`;
  await pin(rig, post(1));
  expect(await rig.portal.store.parcels.arrivedAt("board", 10)).toEqual([]);
  expect(await get(board)).toEqual({ posts: [], next: null });
  const [hash = ""] = await pendingIn(rig);
  await approvePost({ ...rig.portal.office, posts: rig.portal.store.posts }, hash);
  const { posts } = await get<BoardPage>(board);
  expect(posts.map((each) => [each.hash, each.post])).toEqual([[hash, post(1)]]);
  expect(posts[0]?.approval?.signatures[0]?.keyid).toBe(rig.portal.keys.registrar.signKey);
  expect(await get<BoardPage>(`${board}?south=51.9&north=52.1&west=4.9&east=5.1`)).toMatchObject({
    posts: [{ hash }],
  });
  expect(await get(`${board}?south=10&north=11&west=4.9&east=5.1`)).toMatchObject({ posts: [] });
  await clock.advance(5 * dayMs);
  expect(await get(board)).toEqual({ posts: [], next: null });
});

test("a post can be taken from the board, and pinning it again does not bring it back", async () => {
  await using rig = await startPortal({ clock: new SimClock() });
  await pin(rig, post(1));
  const [hash = ""] = await pendingIn(rig);
  await approvePost({ ...rig.portal.office, posts: rig.portal.store.posts }, hash);
  await refusePost(rig.portal.store.posts, hash);
  await pin(rig, { ...post(1) }).catch(() => {});
  expect(await pendingIn(rig)).toEqual([]);
  expect(await get(`${rig.url}/api/board`)).toMatchObject({ posts: [] });
});

test.each<[string, Uint8Array | Post]>([
  ["no message", new TextEncoder().encode("buy cheap")],
  ["one that has expired", post(1, { expiresAt: nowMs - 1 })],
  ["one that stands too long", post(1, { expiresAt: nowMs + 31 * dayMs })],
  ["one of tomorrow", post(1, { issuedAt: nowMs + dayMs })],
  ["one with control characters", post(1, { title: "a\u202Eb" })],
])("the board takes %s not", async (_what, value) => {
  await using rig = await startPortal({ clock: new SimClock() });
  const sent =
    value instanceof Uint8Array
      ? deliver(`${rig.url}/dock/board`, { grant: "grant-0001", bytes: value })
      : pin(rig, value);
  await expect(sent).rejects.toThrow("400");
  expect(await rig.portal.store.parcels.bytesHere()).toBe(0);
  expect(await pendingIn(rig)).toEqual([]);
});

test("one household has a few posts at a time, another one its own", async () => {
  await using rig = await startPortal({ clock: new SimClock(), flags: ["--dock.createsPerMinute=100"] });
  for (let number = 1; number <= 5; number += 1) await pin(rig, post(number));
  await expect(pin(rig, post(6))).rejects.toThrow("403");
  await pin(rig, post(7), testKeys(8));
  expect(await pendingIn(rig)).toHaveLength(6);
});

test("the feed is filtered by agency, kind, place, time and state, and turns its pages", async () => {
  const clock = new SimClock();
  await using rig = await startPortal({ clock });
  const [one, two] = [agencyOf(1, rig.url), agencyOf(2, rig.url)];
  for (const agency of [one, two]) await register(rig, agency);
  const { records } = rig.portal;
  const far = { area: { lat: 52.3, lon: 5.4, radiusM: 200 } };
  await records.append(async () => [
    signedRequest(one, requestOf(one, nowMs)),
    signedRequest(one, requestOf(one, nowMs, { ...far, incidentType: "arson" })),
    signedRequest(two, requestOf(two, nowMs, { expiresAt: nowMs + 1_000 })),
  ]);
  await clock.advance(2_000);
  const found = async (query: string): Promise<number[]> =>
    (await get<RequestPage>(`${rig.url}/api/requests?${query}`)).requests.map(({ index }) => index);
  expect(await found("")).toEqual([4, 3, 2]);
  expect(await found("agency=agency-1")).toEqual([3, 2]);
  expect(await found("type=arson")).toEqual([3]);
  expect(await found("state=expired")).toEqual([4]);
  expect(await found("south=52.29&north=52.31&west=5.3&east=5.5")).toEqual([3]);
  expect(await found(`from=${nowMs}`)).toEqual([]);
  const first = await get<RequestPage>(`${rig.url}/api/requests?limit=2`);
  expect([first.requests.map(({ index }) => index), first.next]).toEqual([[4, 3], 3]);
  expect(await found(`limit=2&before=${first.next}`)).toEqual([2]);
  for (const wrong of ["limit=0", "limit=1000", "state=all", "south=91", "nonsense=1", "before=x"])
    expect((await fetch(`${rig.url}/api/requests?${wrong}`)).status).toBe(400);
});

test("what the registrar says stands beside the request, and a withdrawal closes it", async () => {
  await using rig = await startPortal({ clock: new SimClock() });
  const agency = agencyOf(1, rig.url);
  await register(rig, agency);
  const { office, records } = rig.portal;
  const [logged] = await records.append(async () => [signedRequest(agency, requestOf(agency, nowMs))]);
  const about = logged?.hash ?? "";
  await moderate(office, { about, kind: "note", text: "The case was closed." });
  await moderate(office, { about, kind: "withdrawn", text: "Asked by mistake." });
  const { requests } = await get<RequestPage>(`${rig.url}/api/requests`);
  expect(requests[0]).toMatchObject({ state: "withdrawn", withdrawn: { by: "registrar" } });
  expect(requests[0]?.notes.map(({ text }) => text)).toEqual(["The case was closed.", "Asked by mistake."]);
  const page = await get<AgencyPage>(`${rig.url}/api/agencies/agency-1`);
  expect(page.record).toMatchObject({ requests: 1, open: 0, withdrawn: 1, received: "0" });
  expect(page.notes.map(({ about: hash }) => hash)).toEqual([about, about]);
  await expect(moderate(office, { about: "00".repeat(32), kind: "note", text: "?" })).rejects.toMatchObject({
    kind: "not-found",
  });
});

test("the portal says what a doorbell's settings need", async () => {
  await using rig = await startPortal();
  const about = await get<About>(`${rig.url}/api/portal`);
  expect(about).toMatchObject({
    url: rig.url,
    logKey: rig.portal.keys.logKey,
    registrarKey: rig.portal.keys.registrar.signKey,
    docks: { shares: `${rig.url}/dock/shares`, board: `${rig.url}/dock/board` },
    logSize: 0,
  });
});

test.each([
  [0, "0"],
  [1, "1-9"],
  [9, "1-9"],
  [10, "10-49"],
  [249, "50-249"],
  [250, "250-999"],
  [1_000, "1000+"],
  [5_000_000, "1000+"],
])("%i is told as %s", (count, bucket) => expect(bucketOf(count)).toBe(bucket));
