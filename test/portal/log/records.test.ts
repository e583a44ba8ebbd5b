import { cp, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { payloadTypes } from "../../../daemon/identity/envelope.ts";
import { putAgency } from "../../../portal/office/agencies.ts";
import { moderate } from "../../../portal/office/moderation.ts";
import { openBack, type Back } from "../../../portal/portal.ts";
import { readWords } from "../../../portal/settings/words.ts";
import { agencyOf, profileOf, requestOf, signedRequest } from "../../../scripts/rigs/portal.ts";

const agency = agencyOf(1, "http://portal.example");
const fresh = (): Promise<string> => mkdtemp(join(tmpdir(), "sill-records-"));
const open = (data: string): Promise<Back> => openBack(readWords([`--data=${data}`], {}).settings);
const vouch = ({ office }: Back) =>
  putAgency(office, agency.id, (_newest, nowMs) => profileOf(agency, nowMs));
const forgetIndex = async (data: string): Promise<void> => {
  for (const name of ["portal.db", "portal.db-wal", "portal.db-shm"])
    await rm(join(data, name), { force: true });
};

async function fill(data: string, requests: number): Promise<void> {
  await using back = await open(data);
  await vouch(back);
  const envelopes = Array.from({ length: requests }, () =>
    signedRequest(agency, requestOf(agency, Date.now())),
  );
  const logged = await back.records.append(async () => envelopes);
  const [first] = logged;
  if (first !== undefined)
    await moderate(back.office, { about: first.hash, kind: "withdrawn", text: "twice" });
}

test("an index that is lost is made again from the log", async () => {
  const data = await fresh();
  await fill(data, 300);
  await forgetIndex(data);
  await using back = await open(data);
  expect((await back.store.registry.head())?.size).toBe(302);
  expect(await back.store.registry.counts(agency.id, Date.now())).toEqual({
    requests: 300,
    open: 299,
    withdrawn: 1,
  });
});

test("a log folder from an old backup is refused, and so is one that says something else", async () => {
  const data = await fresh();
  await fill(data, 2);
  await cp(join(data, "log"), join(data, "old"), { recursive: true });
  const next = join(data, "log-next");
  await cp(next, join(data, "old-next"));
  await using(await open(data), vouch);
  await rm(join(data, "log"), { recursive: true });
  await cp(join(data, "old"), join(data, "log"), { recursive: true });
  await cp(join(data, "old-next"), next);
  await expect(open(data)).rejects.toMatchObject({
    kind: "corrupt",
    message: "the public log has 4 entries and had 5",
  });
  // grown again to the same size, with another entry: still not the same log
  const index = join(data, "kept.db");
  await cp(join(data, "portal.db"), index);
  await forgetIndex(data);
  await using(await open(data), vouch);
  await forgetIndex(data);
  await cp(index, join(data, "portal.db"));
  await expect(open(data)).rejects.toMatchObject({ kind: "corrupt" });
});

test("two processes on one folder append one after the other", async () => {
  const data = await fresh();
  await using one = await open(data);
  await using two = await open(data);
  await vouch(one);
  const envelope = () => signedRequest(agency, requestOf(agency, Date.now()));
  const all = await Promise.all(
    Array.from({ length: 8 }, (_, at) => (at % 2 === 0 ? one : two).records.append(async () => [envelope()])),
  );
  expect(
    all
      .flat()
      .map(({ index }) => index)
      .toSorted((a, b) => a - b),
  ).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect((await two.store.registry.head())?.size).toBe(9);
});

test("a profile's version is the portal's, and a key that was revoked stays revoked", async () => {
  await using back = await open(await fresh());
  const first = await vouch(back);
  expect(first.profile.version).toBe(1);
  const revoke = (revokedAt: number | null) =>
    putAgency(back.office, agency.id, (newest, nowMs) => ({
      ...profileOf(agency, nowMs),
      keys: (newest?.keys ?? []).map((key) => ({ ...key, revokedAt })),
    }));
  expect((await revoke(5)).profile.version).toBe(2);
  await expect(revoke(null)).rejects.toMatchObject({ kind: "denied" });
  const envelope = (await back.store.registry.agency(agency.id))?.envelope;
  expect(envelope?.payloadType).toBe(payloadTypes.agency);
});

test("keys are the portal's alone, made once, and the log keeps its name", async () => {
  const data = await fresh();
  const named = (origin: string) =>
    openBack(readWords([`--data=${data}`, `--origin=${origin}`], {}).settings);
  const keysOf = async (back: Back): Promise<string[]> => [back.keys.logKey, back.keys.registrar.signKey];
  const first = await using(await named("portal.example/log"), keysOf);
  expect(first[0]).toMatch(/^portal\.example\/log\+[0-9a-f]{8}\+/u);
  expect(await using(await open(data), keysOf)).toEqual(first);
  for (const name of ["log.key", "registrar.key"])
    expect((await stat(join(data, "keys", name))).mode & 0o777).toBe(0o600);
  await expect(named("other.example/log")).rejects.toMatchObject({ kind: "invalid" });
});

async function using<T>(back: Back, work: (back: Back) => Promise<T>): Promise<T> {
  try {
    return await work(back);
  } finally {
    await back[Symbol.asyncDispose]();
  }
}
