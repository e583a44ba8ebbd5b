import { expect, test } from "vitest";
import { toBase64 } from "../../../daemon/ledger/base64.ts";
import type { Ledger } from "../../../daemon/ledger/ledger.ts";
import { checkLedger, type Asked } from "../../../web/ledger/check.ts";
import { BrittleFiles } from "../../daemon/files/brittle-files.ts";
import { device, openLedger, zones } from "../../daemon/ledger/open-ledger.ts";

/** What the doorbell's routes answer. */
function askedOf(ledger: Ledger): Asked {
  return {
    checkpoint: () => ledger.checkpoint(),
    consistency: async (from, to) => (await ledger.consistency(from, to)).map(toBase64),
  };
}

async function ledgerOf(details: readonly string[], files = new BrittleFiles()): Promise<Ledger> {
  const ledger = await openLedger(files);
  for (const detail of details) await ledger.append(zones(detail));
  return ledger;
}

test("the first checkpoint is taken as it is, and a ledger that has grown holds", async () => {
  const ledger = await ledgerOf(["a", "b", "c"]);
  const first = await checkLedger(device, null, askedOf(ledger));
  expect(first).toMatchObject({ alarm: null, size: 3 });
  const kept = first.alarm === null ? first.checkpoint : "";
  expect(await checkLedger(device, kept, askedOf(ledger))).toMatchObject({ alarm: null, size: 3 });
  for (const detail of ["d", "e"]) await ledger.append(zones(detail));
  expect(await checkLedger(device, kept, askedOf(ledger))).toMatchObject({ alarm: null, size: 5 });
});

test("an old copy that was put back is noticed", async () => {
  const files = new BrittleFiles();
  const ledger = await ledgerOf(["a", "b"], files);
  await ledger.checkpoint();
  const copy = new BrittleFiles(files.disk);
  await ledger.append(zones("seen by this browser"));
  const kept = await ledger.checkpoint();
  const restored = await openLedger(copy);
  const found = await checkLedger(device, kept, askedOf(restored));
  expect(found.alarm).toEqual({ kind: "shorter", before: kept, now: await restored.checkpoint() });
});

test("an old copy that has gone on since is noticed, at the same length and at any other", async () => {
  const files = new BrittleFiles();
  const ledger = await ledgerOf(["a", "b"], files);
  await ledger.checkpoint();
  const copy = new BrittleFiles(files.disk);
  await ledger.append(zones("seen by this browser"));
  const kept = await ledger.checkpoint();
  const restored = await openLedger(copy);
  for (const detail of ["other", "more", "yet more"]) {
    await restored.append(zones(detail));
    expect((await checkLedger(device, kept, askedOf(restored))).alarm?.kind).toBe("changed");
  }
});

test("a checkpoint of another key, or none at all, is noticed", async () => {
  const ledger = await ledgerOf(["a"]);
  const kept = await ledger.checkpoint();
  const other = device.replace(/^./u, (letter) => (letter === "A" ? "B" : "A"));
  for (const checkpoint of [kept.replaceAll(device, other), "hello", ""]) {
    const asked = { ...askedOf(ledger), checkpoint: () => Promise.resolve(checkpoint) };
    expect((await checkLedger(device, kept, asked)).alarm?.kind).toBe("unsigned");
  }
});

test("a doorbell that cannot answer is no alarm", async () => {
  const ledger = await ledgerOf(["a"]);
  const kept = await ledger.checkpoint();
  await ledger.append(zones("b"));
  const asked = { ...askedOf(ledger), consistency: () => Promise.reject(new Error("away")) };
  await expect(checkLedger(device, kept, asked)).rejects.toThrow("away");
});

test("a proof that is none is one", async () => {
  const ledger = await ledgerOf(["a"]);
  const kept = await ledger.checkpoint();
  await ledger.append(zones("b"));
  for (const proof of [[], ["no base64"], [toBase64(new Uint8Array(32))]]) {
    const asked = { ...askedOf(ledger), consistency: () => Promise.resolve(proof) };
    expect((await checkLedger(device, kept, asked)).alarm?.kind).toBe("changed");
  }
});
