/**
 * I10: every member can see every disclosure.
 *
 * A ledger with an entry of every kind that there is: a member is answered exactly what an owner is, to the
 * last entry, and the checkpoint and proof with which their browser makes sure that nothing is kept from them.
 * The page has words for every kind.
 */
import { expect, test } from "vitest";
import { diskFiles } from "../../daemon/files/disk.ts";
import { openDeviceKey } from "../../daemon/identity/device-key.ts";
import { openCheckpoint } from "../../daemon/ledger/checkpoint.ts";
import { entryKinds } from "../../daemon/ledger/kinds.ts";
import { Ledger } from "../../daemon/ledger/ledger.ts";
import { deviceSigner, ledgerKey } from "../../daemon/ledger/key.ts";
import type { HistoryEntry } from "../../daemon/wire/api-household.ts";
import type { DataPaths } from "../../daemon/wire/paths.ts";
import { systemClock } from "../../hal/clock.ts";
import { enrol, getJson, human, signIn, type SignedInHuman } from "../../scripts/rigs/person.ts";
import { peopleWords } from "../../web/people/words.ts";
import { openDoor, type TestDoor } from "../daemon/keeper/door.ts";

async function fill(paths: DataPaths): Promise<void> {
  const signer = deviceSigner(await openDeviceKey(paths.deviceKey));
  await using ledger = await Ledger.open({ files: diskFiles(paths.ledger), clock: systemClock, signer });
  for (const what of entryKinds)
    await ledger.append({ what, who: "Ada", detail: what, about: { grant: what } });
}

async function openFilled(): Promise<{ door: TestDoor; member: SignedInHuman } & AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  const first = stack.use(await openDoor());
  const bob = human(2, "member", "Bob");
  await enrol(first.owner, bob);
  await first.keeper[Symbol.asyncDispose]();
  await fill(first.paths);
  const door = stack.use(await openDoor({ data: first.paths.root }));
  const member = await signIn(door.base, bob);
  const open = stack.move();
  return { door, member, [Symbol.asyncDispose]: () => open.disposeAsync() };
}

async function allOf(who: SignedInHuman): Promise<HistoryEntry[]> {
  const entries: HistoryEntry[] = [];
  for (let next: string | null = ""; next !== null;) {
    const before: string = next === "" ? "" : `&before=${next}`;
    const page: { entries: HistoryEntry[]; next: string | null } = await getJson(
      who,
      `/api/history?limit=7${before}`,
    );
    entries.push(...page.entries);
    next = page.next;
  }
  return entries;
}

test("a member is told of every kind of entry, in the same words as an owner", async () => {
  await using house = await openFilled();
  const byMember = await allOf(house.member);
  const told = byMember.filter(({ about }) => about !== undefined);
  expect(told.map(({ what, detail }) => [what, detail])).toEqual(
    entryKinds.map((kind) => [kind, kind]).toReversed(),
  );
  expect(byMember).toEqual(await allOf(house.door.owner));
});

test("a member can check that nothing is kept from them", async () => {
  await using house = await openFilled();
  const { checkpoint } = await getJson<{ checkpoint: string }>(house.member, "/api/ledger/checkpoint");
  const { size } = openCheckpoint(checkpoint, ledgerKey(house.door.device));
  expect((await allOf(house.member)).length).toBe(size);
  const { proof } = await getJson<{ proof: string[] }>(
    house.member,
    `/api/ledger/consistency?from=1&to=${size}`,
  );
  expect(proof.length).toBeGreaterThan(0);
});

test("the page has words for every kind", () => {
  const { what } = peopleWords.history;
  expect(entryKinds.filter((kind) => what[kind] === "" || what[kind] === undefined)).toEqual([]);
});
