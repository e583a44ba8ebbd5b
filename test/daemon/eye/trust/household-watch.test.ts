import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { smallDisk } from "../../../../scripts/rigs/small-disk.ts";
import { tempFolder } from "../../keeper/temp-folder.ts";
import { ada, bo, Chain, eve, makeHouse, personOf, watchHouse, type House } from "./house.ts";

const member = { type: "enrol", person: personOf(bo, "member", "Bo") } as const;
const installer = { type: "enrol", person: personOf(eve, "installer", "Eve") } as const;

/** A house with Ada, Bo and a policy in force, as the eye has seen it. */
async function seenHouse(root: string): Promise<House & { readonly chain: Chain }> {
  const house = await makeHouse(root);
  const chain = new Chain(house.device).add(member);
  await house.settle(chain.records);
  await house.put(house.sign());
  await using watch = watchHouse(house);
  await watch.start();
  expect(watch.policy.state.policy?.version).toBe(1);
  return { ...house, chain };
}

/** What an eye that starts now makes of it. */
async function started(house: House) {
  await using watch = watchHouse(house);
  await watch.start();
  const { household, policy } = watch;
  return {
    count: household.state.trusted?.household.count ?? null,
    fault: household.state.fault?.message ?? null,
    visible: policy.state.policy !== null,
    viewers: household.viewers.map(({ text }) => text),
  };
}

test("before there is a key of the doorbell and before an owner is paired nothing is visible", async () => {
  await using folder = await tempFolder();
  const house = await makeHouse(folder.path);
  expect(await started(house)).toEqual({ count: 0, fault: null, visible: false, viewers: [] });
  await rm(house.paths.deviceKey);
  expect(await started(house)).toMatchObject({ count: null, fault: /no key of its own/, visible: false });
});

test("seals to owners and members, as they are now", async () => {
  await using folder = await tempFolder();
  const house = await makeHouse(folder.path);
  const chain = new Chain(house.device).add(member).add(installer);
  await house.settle(chain.records);
  await using watch = watchHouse(house);
  await watch.start();
  const viewers = () => watch.household.viewers.map(({ text }) => text);
  expect(viewers()).toEqual([ada.sealTo, bo.sealTo]);
  await house.settle(chain.add({ type: "remove", person: "person-bo" }).records);
  await watch.reads();
  expect(viewers()).toEqual([ada.sealTo]);
});

test("a household that grows goes on, over a restart too", async () => {
  await using folder = await tempFolder();
  const house = await seenHouse(folder.path);
  await house.settle(house.chain.add(installer).records);
  expect(await started(house)).toMatchObject({ count: 3, fault: null, visible: true });
});

describe("masked, and sealed to nobody, once a household was seen and there is", () => {
  const another = (house: House & { chain: Chain }): unknown[] =>
    new Chain(house.device, eve).add({ ...member }, eve).records;
  const forked = (house: House): unknown[] => new Chain(house.device).add(installer).records;
  test.each<[string, (house: House & { chain: Chain }) => unknown[], RegExp]>([
    ["another household", another, /another owner/],
    ["no household any more", () => [], /has 0 records; 2 have been seen/],
    ["a shorter household", ({ chain }) => chain.records.slice(0, 1), /has 1 records; 2 have been seen/],
    ["another record under a number that was seen", forked, /record 1 is another one/],
    [
      "a record that a stranger signed",
      ({ chain, device }) => [...chain.records, new Chain(device, eve).records[0]],
      /may not sign/,
    ],
    ["a record that is no message", ({ chain }) => [...chain.records, {}], /not a signed message/],
  ])("%s", async (_name, records, words) => {
    await using folder = await tempFolder();
    const house = await seenHouse(folder.path);
    await house.settle(records(house));
    expect(await started(house)).toEqual({
      count: null,
      fault: expect.stringMatching(words),
      visible: false,
      viewers: [],
    });
  });

  test("another household, though trust.json was lost or broken", async () => {
    await using folder = await tempFolder();
    const house = await seenHouse(folder.path);
    await house.settle(another(house));
    for (const lose of [() => rm(house.paths.trust), () => writeFile(house.paths.trust, "{")]) {
      await lose();
      expect(await started(house)).toMatchObject({ count: null, visible: false });
    }
  });

  test("a gap between the records, or one that is no JSON", async () => {
    await using folder = await tempFolder();
    const house = await seenHouse(folder.path);
    await writeFile(join(house.paths.household, "000001.json"), "{");
    expect(await started(house)).toMatchObject({
      fault: expect.stringContaining("1 is not JSON"),
      visible: false,
    });
    await rm(join(house.paths.household, "000000.json"));
    expect(await started(house)).toMatchObject({
      fault: expect.stringContaining("0 is missing"),
      visible: false,
    });
  });

  test("another key of the doorbell, or one that is no key", async () => {
    await using folder = await tempFolder();
    const house = await seenHouse(folder.path);
    await writeFile(house.paths.deviceKey, "no key");
    expect(await started(house)).toMatchObject({ fault: /not a key/, visible: false });
    await rm(house.paths.deviceKey);
    await makeHouse(folder.path);
    expect(await started(house)).toMatchObject({ fault: /another doorbell/, visible: false });
  });
});

test("trust.json alone lost: the same household is trusted again, and pinned again", async () => {
  await using folder = await tempFolder();
  const house = await seenHouse(folder.path);
  await rm(house.paths.trust);
  expect(await started(house)).toMatchObject({ count: 2, fault: null, visible: true });
  await rm(house.paths.policySeen);
  await house.settle(house.chain.records.slice(0, 1));
  expect(await started(house)).toMatchObject({ count: null, visible: false });
});

test("while it runs, a household that turns bad masks everything and adds nobody; a good one opens again", async () => {
  await using folder = await tempFolder();
  const house = await seenHouse(folder.path);
  await using watch = watchHouse(house);
  await watch.start();
  await house.settle(new Chain(house.device, eve).records);
  expect(await watch.reads()).toBe("denied");
  expect(watch.household.viewers.map(({ text }) => text)).toEqual([ada.sealTo, bo.sealTo]);
  await house.settle(house.chain.records);
  expect(await watch.reads()).toBe(1);
});

test("a full disk neither blinds the camera nor forgets the household once there is room", async (context) => {
  await using disk = await smallDisk(1);
  if (disk === null) return context.skip("SKIPPED: mounting a small tmpfs needs root");
  const house = await makeHouse(disk.path);
  const chain = new Chain(house.device);
  await house.settle(chain.records);
  await house.put(house.sign());
  disk.fill();
  await using watch = watchHouse(house);
  await watch.start();
  expect(await watch.reads()).toBe(1);
  disk.empty();
  await watch.reads();
  await house.settle(new Chain(house.device, eve).records);
  expect(await started(house)).toMatchObject({ count: null, visible: false });
});

test("after a restart another household is not trusted, however soon the keeper says that something changed", async () => {
  await using folder = await tempFolder();
  const house = await makeHouse(folder.path);
  await house.settle(new Chain(house.device).records);
  {
    await using watch = watchHouse(house);
    await watch.start();
  }
  const pin = await readFile(house.paths.trust, "utf8");
  await house.settle(new Chain(house.device, eve).records);
  await writeFile(house.paths.trust, " ".repeat(30_000_000) + pin);
  await using watch = watchHouse(house);
  const started = watch.start();
  await watch.household.reload();
  await started;
  expect(watch.household.state).toMatchObject({ trusted: null, fault: { kind: "denied" } });
  expect(watch.household.viewers).toEqual([]);
});
