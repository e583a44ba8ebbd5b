import { expect, test } from "vitest";
import { toBase64 } from "../../../daemon/ledger/base64.ts";
import type { Ledger } from "../../../daemon/ledger/ledger.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { checkEveryMs, LedgerWatch } from "../../../web/ledger/watch.ts";
import { BrittleFiles } from "../../daemon/files/brittle-files.ts";
import { device, openLedger, zones } from "../../daemon/ledger/open-ledger.ts";

/** A browser that is opened several times, before a doorbell that somebody may set back. */
async function openHouse() {
  const files = new BrittleFiles();
  const house = { ledger: await openLedger(files), isAway: false, onAsked: (): void => {} };
  await house.ledger.append(zones("a"));
  await house.ledger.checkpoint();
  const old = new BrittleFiles(files.disk);
  await house.ledger.append(zones("b"));
  const shelf = new Map<string, string>();
  const clock = new SimClock();
  const visit = (): LedgerWatch =>
    new LedgerWatch({
      device,
      clock,
      shelf: {
        getItem: (name) => shelf.get(name) ?? null,
        setItem: (name, text) => void shelf.set(name, text),
      },
      asked: {
        checkpoint: () => {
          house.onAsked();
          return house.isAway ? Promise.reject(new Error("away")) : house.ledger.checkpoint();
        },
        consistency: async (from, to) => (await house.ledger.consistency(from, to)).map(toBase64),
      },
    });
  const setBack = async (): Promise<Ledger> => (house.ledger = await openLedger(old));
  return { house, shelf, clock, visit, setBack };
}

test("what was seen is remembered from visit to visit", async () => {
  const { house, visit } = await openHouse();
  await visit().check();
  await house.ledger.append(zones("c"));
  const next = visit();
  expect(next.store.get()).toMatchObject({ size: 2, alarm: null });
  await next.check();
  expect(next.store.get()).toMatchObject({ size: 3, alarm: null, fault: null, busy: false });
});

test("an alarm stays over visits until somebody has seen it; then what is there is what counts", async () => {
  const { visit, setBack } = await openHouse();
  await visit().check();
  const ledger = await setBack();
  await visit().check();
  for (const detail of ["other", "others"]) await ledger.append(zones(detail));
  const later = visit();
  expect(later.store.get().alarm?.kind).toBe("shorter");
  await later.check();
  expect(later.store.get().alarm?.kind).toBe("shorter");
  later.acknowledge();
  await expect.poll(() => later.store.get()).toMatchObject({ alarm: null, size: 3, busy: false });
  await visit().check();
  expect(visit().store.get()).toMatchObject({ alarm: null, size: 3 });
});

test("an alarm that is acknowledged while a check is under way does not come back by it", async () => {
  const { house, visit, setBack } = await openHouse();
  await visit().check();
  await setBack();
  await visit().check();
  const later = visit();
  house.onAsked = () => later.acknowledge();
  await later.check();
  await expect.poll(() => later.store.get()).toMatchObject({ alarm: null, size: 1, busy: false });
  expect(visit().store.get().alarm).toBeNull();
});

test("a page that stays open checks by itself", async () => {
  const { house, clock, visit } = await openHouse();
  const watch = visit();
  const stop = watch.start();
  await expect.poll(() => watch.store.get().size).toBe(2);
  await house.ledger.append(zones("c"));
  await clock.advance(checkEveryMs);
  await expect.poll(() => watch.store.get().size).toBe(3);
  stop();
});

test("a check that cannot be made is told, and keeps what was known", async () => {
  const { house, visit } = await openHouse();
  const watch = visit();
  await watch.check();
  house.isAway = true;
  await watch.check();
  expect(watch.store.get()).toMatchObject({ size: 2, alarm: null, busy: false, fault: { message: "away" } });
});

test.each(["", "nonsense", "{}", '{"alarm":{"kind":"new"}}', '{"checkpoint":7}'])(
  "a shelf that holds %j is as good as an empty one",
  async (text) => {
    const { shelf, visit } = await openHouse();
    await visit().check();
    for (const name of shelf.keys()) shelf.set(name, text);
    const watch = visit();
    await watch.check();
    expect(watch.store.get()).toMatchObject({ size: 2, alarm: null });
  },
);
