/**
 * Contract of `Store` (portal/store/store.ts): every database passes this suite.
 */
import { expect, test } from "vitest";
import type { Agency } from "../../daemon/consent/agency.ts";
import type { Post } from "../../daemon/consent/post.ts";
import type { Request } from "../../daemon/consent/request.ts";
import { payloadTypes, type Envelope } from "../../daemon/identity/envelope.ts";
import type { Indexed, NewParcel, Store } from "../../portal/store/store.ts";
import { agencyOf, profileOf, requestOf } from "../../scripts/rigs/portal.ts";

const nowMs = Date.UTC(2026, 10, 26);
const dayMs = 86_400_000;
const agency = agencyOf(1, "https://portal.example");
const hashOf = (number: number): string => number.toString(16).padStart(64, "0");
const envelope = (payload: string): Envelope => ({
  payloadType: payloadTypes.request,
  payload,
  signatures: [{ keyid: "k".repeat(43), sig: "s".repeat(86) }],
});
const profile = (version: number): Agency => ({
  ...profileOf(agency, nowMs),
  version,
  issuedAt: nowMs + version,
});
const agencyEntry = (index: number, version: number): Indexed => ({
  kind: "agency",
  entry: { index, hash: hashOf(index), profile: profile(version), envelope: envelope("profile") },
});
const requestEntry = (index: number, change: Partial<Request> = {}): Indexed => ({
  kind: "request",
  entry: {
    index,
    hash: hashOf(index),
    request: requestOf(agency, nowMs, { id: `request-${index}`, ...change }),
    envelope: envelope("request"),
  },
});
const parcel = (number: number, change: Partial<NewParcel> = {}): NewParcel => ({
  upload: `upload-${number}`,
  dock: "agencies/agency-1",
  grant: `grant-${number}`,
  bytes: 3_000_000_000,
  letterBytes: 900,
  request: null,
  createdAt: nowMs,
  until: nowMs + dayMs,
  ...change,
});

/** `open` gives an empty store each time. */
export function portalStoreContract(open: () => Promise<Store>): void {
  test("an index remembers how much of the log it was made from, and all of it or nothing", async () => {
    await using store = await open();
    expect(await store.registry.head()).toBeNull();
    await store.registry.index([agencyEntry(0, 1)], { size: 1, root: "aa" });
    const broken = { ...requestEntry(1), entry: null } as unknown as Indexed;
    await expect(
      store.registry.index([agencyEntry(1, 2), broken], { size: 3, root: "bb" }),
    ).rejects.toThrow();
    expect(await store.registry.head()).toEqual({ size: 1, root: "aa" });
    expect((await store.registry.agency("agency-1"))?.profile.version).toBe(1);
  });

  test("the newest profile is the agency's, and the older ones are kept", async () => {
    await using store = await open();
    await store.registry.index([agencyEntry(0, 1), agencyEntry(4, 2)], { size: 5, root: "aa" });
    expect((await store.registry.agency("agency-1"))?.profile).toEqual(profile(2));
    expect((await store.registry.agencyVersions("agency-1")).map(({ index }) => index)).toEqual([4, 0]);
    expect((await store.registry.agencies(10)).map(({ hash }) => hash)).toEqual([hashOf(4)]);
    const withKey = async (key: string): Promise<number[]> =>
      (await store.registry.agenciesWithKey(key)).map(({ index }) => index);
    expect(await withKey(agency.keys.signKey)).toEqual([4]);
    expect(await withKey(agencyOf(2, "").keys.signKey)).toEqual([]);
    expect(await withKey("%")).toEqual([]);
    expect(await store.registry.agency("nobody")).toBeNull();
  });

  test("requests are found by what they ask, newest first", async () => {
    await using store = await open();
    const { registry } = store;
    const here = requestEntry(1);
    const far = requestEntry(2, { area: { lat: 52.4, lon: 5.5, radiusM: 400 }, incidentType: "fire" });
    const over = requestEntry(3, { expiresAt: nowMs - 1, case: "2026/17" });
    await registry.index([here, far, over], { size: 4, root: "aa" });
    const found = async (filter: object): Promise<number[]> =>
      (await registry.requests({ nowMs, limit: 10, ...filter })).map(({ index }) => index);
    expect(await found({})).toEqual([3, 2, 1]);
    expect(await found({ limit: 2 })).toEqual([3, 2]);
    expect(await found({ before: 3 })).toEqual([2, 1]);
    expect(await found({ type: "fire" })).toEqual([2]);
    expect(await found({ state: "open" })).toEqual([2, 1]);
    expect(await found({ state: "expired" })).toEqual([3]);
    expect(await found({ agency: "nobody" })).toEqual([]);
    expect(await found({ box: { south: 52.39, north: 53, west: 5, east: 6 } })).toEqual([2]);
    expect(await found({ box: { south: 52.001, north: 52.002, west: 4.99, east: 5.01 } })).toEqual([3, 1]);
    expect(await found({ from: nowMs - 1_000 })).toEqual([]);
    expect((await registry.requestsOfCase("agency-1", "202617")).map(({ index }) => index)).toEqual([3]);
    expect(await registry.hasRequestId("agency-1", "request-2")).toBe(true);
    expect(await registry.hasRequestId("agency-1", "request-9")).toBe(false);
    expect(await registry.counts("agency-1", nowMs)).toEqual({ requests: 3, open: 2, withdrawn: 0 });
  });

  test("what was withdrawn says by whom, and the first one counts", async () => {
    await using store = await open();
    const { registry } = store;
    const note = (index: number, about: string, kind: "note" | "withdrawn"): Indexed => ({
      kind: "note",
      entry: { index, about, kind, text: `note ${index}`, issuedAt: nowMs + index },
    });
    const withdrawal = { kind: "withdrawal", request: hashOf(1), agency: "agency-1", at: nowMs + 5 } as const;
    const strange = { ...withdrawal, request: hashOf(2), agency: "agency-2" };
    await registry.index(
      [
        requestEntry(1),
        requestEntry(2),
        withdrawal,
        strange,
        note(5, hashOf(1), "withdrawn"),
        note(6, hashOf(1), "note"),
      ],
      { size: 7, root: "aa" },
    );
    expect((await registry.request(hashOf(1)))?.withdrawn).toEqual({ at: nowMs + 5, by: "agency" });
    expect((await registry.request(hashOf(2)))?.withdrawn).toBeNull();
    await registry.index([note(7, hashOf(2), "withdrawn")], { size: 8, root: "bb" });
    expect((await registry.request(hashOf(2)))?.withdrawn).toEqual({ at: nowMs + 7, by: "registrar" });
    expect((await registry.notes([hashOf(1)])).map(({ index, kind }) => [index, kind])).toEqual([
      [5, "withdrawn"],
      [6, "note"],
    ]);
    expect(await registry.notes([])).toEqual([]);
  });

  test("of two parcels of one grant the first to arrive stays", async () => {
    await using store = await open();
    const { parcels } = store;
    await parcels.create(parcel(1));
    await parcels.create(parcel(2, { grant: "grant-1" }));
    expect(await parcels.arrived("agencies/agency-1", "grant-1")).toBeNull();
    expect(await parcels.unfinished("agencies/agency-1")).toBe(2);
    expect(await parcels.arrive("upload-2", nowMs + 5, nowMs + 9)).toBe(true);
    expect(await parcels.arrive("upload-1", nowMs + 6, nowMs + 9)).toBe(false);
    expect(await parcels.arrive("upload-2", nowMs + 7, nowMs + 99)).toBe(true);
    const arrived = {
      ...parcel(2, { grant: "grant-1" }),
      arrivedAt: nowMs + 5,
      until: nowMs + 9,
      here: true,
    };
    expect(await parcels.arrived("agencies/agency-1", "grant-1")).toEqual(arrived);
    expect(await parcels.arrivedAt("agencies/agency-1", 10)).toEqual([arrived]);
    expect(await parcels.arrivedAt("shares", 10)).toEqual([]);
    expect(await parcels.arrive("nothing", nowMs, nowMs)).toBe(false);
  });

  test("what is due is told once, and what was emptied is remembered without its bytes", async () => {
    await using store = await open();
    const { parcels } = store;
    await parcels.create(parcel(1, { until: nowMs + 2 }));
    await parcels.create(parcel(2, { until: nowMs + 1, request: hashOf(7) }));
    await parcels.create(parcel(3, { until: nowMs + 3 }));
    await parcels.arrive("upload-2", nowMs, nowMs + 1);
    expect(await parcels.bytesHere()).toBe(9_000_000_000);
    expect((await parcels.due(nowMs + 2, 10)).map(({ upload }) => upload)).toEqual(["upload-2", "upload-1"]);
    await parcels.emptied("upload-2", null);
    await parcels.forget("upload-1");
    expect(await parcels.due(nowMs + 2, 10)).toEqual([]);
    expect(await parcels.byUpload("upload-1")).toBeNull();
    expect((await parcels.byUpload("upload-2"))?.here).toBe(false);
    expect(await parcels.bytesHere()).toBe(3_000_000_000);
    expect(await parcels.countOf("agencies/agency-1", hashOf(7))).toBe(1);
  });

  test("a share that was emptied is remembered until its time, an agency's parcel for good", async () => {
    await using store = await open();
    const { parcels } = store;
    for (const [number, dock] of [
      [1, "shares"],
      [2, "agencies/agency-1"],
    ] as const) {
      await parcels.create(parcel(number, { dock }));
      await parcels.arrive(`upload-${number}`, nowMs, nowMs + 1);
      await parcels.emptied(`upload-${number}`, dock === "shares" ? nowMs + 10 : null);
    }
    await parcels.forgetShares(nowMs + 9);
    expect((await parcels.byUpload("upload-1"))?.until).toBe(nowMs + 10);
    await parcels.forgetShares(nowMs + 10);
    expect(await parcels.byUpload("upload-1")).toBeNull();
    expect((await parcels.byUpload("upload-2"))?.until).toBe(nowMs + 1);
  });

  test("receipts stay, notices stay one a key, and only `deleted` replaces `kept`", async () => {
    await using store = await open();
    const { parcels } = store;
    const at = ["agencies/agency-1", "grant-1"] as const;
    await parcels.putReceipt(...at, { hash: "a", envelope: envelope("first"), at: nowMs });
    await parcels.putReceipt(...at, { hash: "b", envelope: envelope("second"), at: nowMs });
    expect(await parcels.receipt(...at)).toEqual({ hash: "a", envelope: envelope("first") });
    await parcels.putNotice(...at, { signKey: "k1", envelope: envelope("one"), at: nowMs });
    await parcels.putNotice(...at, { signKey: "k1", envelope: envelope("again"), at: nowMs + 1 });
    await parcels.putNotice(...at, { signKey: "k2", envelope: envelope("two"), at: nowMs + 2 });
    expect(await parcels.notices(...at)).toEqual([envelope("one"), envelope("two")]);
    const answer = async (hash: string, said: "kept" | "deleted"): Promise<string | undefined> => {
      await parcels.putAnswer(...at, { hash, answer: said, envelope: envelope(hash), at: nowMs });
      return (await parcels.answer(...at))?.hash;
    };
    expect(await answer("kept1", "kept")).toBe("kept1");
    expect(await answer("kept2", "kept")).toBe("kept1");
    expect(await answer("gone", "deleted")).toBe("gone");
    expect(await answer("kept3", "kept")).toBe("gone");
    expect(await parcels.counts("agencies/agency-1")).toEqual({
      received: 0,
      receipted: 1,
      deletionsAsked: 1,
      deletionsDone: 1,
      deletionsRefused: 0,
    });
  });

  test("the board shows what was approved and has not expired, page by page", async () => {
    await using store = await open();
    const { posts } = store;
    const post = (number: number, change: Partial<Post> = {}): Post => ({
      id: `post-000${number}`,
      title: `Post ${number}`,
      text: "A bicycle.\nGreen.",
      near: { lat100: 5_200, lon100: 500 },
      nearName: "Harbour",
      share: null,
      issuedAt: nowMs,
      expiresAt: nowMs + dayMs,
      ...change,
    });
    const add = (number: number, change: Partial<Post> = {}): Promise<void> =>
      posts.add({
        hash: hashOf(number),
        signKey: "k1",
        post: post(number, change),
        envelope: envelope("post"),
        arrivedAt: nowMs + number,
      });
    await add(1);
    await add(2, { near: { lat100: 5_300, lon100: 500 } });
    await add(3, { expiresAt: nowMs + 10 });
    await add(4);
    await add(1);
    expect((await posts.pending(10)).map(({ post: { id } }) => id)).toEqual([
      "post-0001",
      "post-0002",
      "post-0003",
      "post-0004",
    ]);
    expect(await posts.pendingCount()).toBe(4);
    expect(await posts.countOf("k1", nowMs)).toBe(4);
    for (const number of [1, 2, 3])
      await posts.decide(hashOf(number), { state: "approved", at: nowMs + 20, approval: envelope("yes") });
    await posts.decide(hashOf(4), { state: "refused" });
    const board = async (filter: object): Promise<string[]> =>
      (await posts.board({ nowMs: nowMs + 20, limit: 10, ...filter })).map(({ hash }) => hash);
    expect(await board({})).toEqual([hashOf(2), hashOf(1)]);
    expect(await board({ limit: 1 })).toEqual([hashOf(2)]);
    expect(await board({ before: { approvedAt: nowMs + 20, hash: hashOf(2) } })).toEqual([hashOf(1)]);
    expect(await board({ box: { south: 52.9, north: 53.1, west: 4.9, east: 5.1 } })).toEqual([hashOf(2)]);
    expect((await posts.post(hashOf(1)))?.approval).toEqual(envelope("yes"));
    expect(await posts.sweep(nowMs + 20)).toBe(1);
    expect(await posts.post(hashOf(3))).toBeNull();
    expect(await posts.countOf("k1", nowMs)).toBe(2);
  });

  test("of several who want the log alone, one is at a time, in whatever order", async () => {
    await using store = await open();
    let inside = 0;
    let most = 0;
    const visit = (): Promise<void> =>
      store.alone(async () => {
        most = Math.max(most, (inside += 1));
        await store.registry.head();
        await new Promise((resolve) => setImmediate(resolve));
        inside -= 1;
      });
    await Promise.all(Array.from({ length: 20 }, visit));
    expect(most).toBe(1);
    await expect(store.alone(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    await visit();
  });
}
