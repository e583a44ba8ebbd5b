/**
 * Requests: what it costs a doorbell to read a hundred thousand of them, right ones and a flood.
 *
 * CPU of the whole process (user + system, all threads), from the courier's words to what is on the disk. The logs
 * are made before. `request.check.us`: entries that are refused, a hundred thousand of every kind, without
 * the first second, in which the code is still being compiled. `feed.100k.s`: requests that are all right, of 500
 * agencies, of which one in a thousand is for this very house.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diskFiles } from "../../daemon/files/disk.ts";
import { House } from "../../daemon/keeper/consent/house.ts";
import { FeedDesk, type FeedMessage } from "../../daemon/keeper/consent/feed/feed-desk.ts";
import { FeedStore } from "../../daemon/keeper/consent/feed/feed-store.ts";
import { RequestBook } from "../../daemon/keeper/consent/request-book.ts";
import { systemClock } from "../../hal/clock.ts";
import { profileEnvelope, registrarKeys, testAgency, testPlace, testPortalUrl } from "../rigs/agency.ts";
import { everyday, flood, floodKinds } from "../rigs/flood.ts";
import { TestLog } from "../rigs/public-log.ts";
import { figure, type Figure } from "./figure.ts";

const entries = 100_000;
const warmUpUs = 1_000_000;

export async function benchRequests(note: (line: string) => void): Promise<Figure[]> {
  const nowMs = Date.now();
  const agency = testAgency();
  note("  a hundred thousand that are refused");
  const bad = new TestLog();
  bad.append(profileEnvelope(agency));
  for (const entry of flood(agency, { nowMs, count: entries })) bad.append(entry);
  const refused = await read(bad);
  const perKind: Figure[] = [];
  for (const kind of floodKinds) {
    const log = new TestLog();
    log.append(profileEnvelope(agency));
    for (const entry of flood(agency, { nowMs, count: 20_000, kinds: [kind] })) log.append(entry);
    const { cpuUs } = await read(log);
    perKind.push(figure(`request.check.${kind.replaceAll(" ", "-")}.us`, cpuUs / 20_000, { unit: "us CPU" }));
  }
  note("  a hundred thousand that are right");
  const agencies = Array.from({ length: 500 }, (_, i) => testAgency(81, { id: `police-${i}` }));
  const good = new TestLog();
  for (const each of agencies) good.append(profileEnvelope(each));
  for (const entry of everyday(agencies, { nowMs, count: entries, near: 1_000 })) good.append(entry);
  const right = await read(good);
  return [
    figure("request.check.us", refused.laterUs, { unit: "us CPU", goal: 50 }),
    ...perKind,
    figure("feed.100k.s", right.cpuUs / 1e6, { unit: "s CPU", goal: 5 }),
    figure("feed.100k.wall.s", right.wallMs / 1_000, { unit: "s" }),
    figure("feed.longest.turn.ms", right.longestMs, { unit: "ms CPU" }),
  ];
}

interface Cost {
  readonly cpuUs: number;
  /** Of an entry, after the first second of CPU. */
  readonly laterUs: number;
  readonly wallMs: number;
  /** CPU of the longest turn, in which nothing else can act. */
  readonly longestMs: number;
}

async function read(log: TestLog): Promise<Cost> {
  const folder = await mkdtemp(join(tmpdir(), "sill-bench-"));
  try {
    const { desk, size } = await openDesk(folder, log.logKey);
    const messages = [...log.round()] as FeedMessage[];
    let [later, longestUs, last] = [{ us: 0, size: 0 }, 0, threadUs()];
    const watch = setInterval(() => {
      longestUs = Math.max(longestUs, threadUs() - last);
      last = threadUs();
    }, 0);
    const start = { cpu: process.cpuUsage(), wallMs: performance.now() };
    const spent = (): number => {
      const { user, system } = process.cpuUsage(start.cpu);
      return user + system;
    };
    for (const message of messages) {
      await desk.handle(message);
      if (later.size === 0 && spent() > warmUpUs) later = { us: spent(), size: desk.from };
    }
    clearInterval(watch);
    const cpuUs = spent();
    if (size() !== log.size) throw new Error(`read ${size()} of ${log.size} entries`);
    return {
      cpuUs,
      laterUs: (cpuUs - later.us) / (log.size - later.size),
      wallMs: performance.now() - start.wallMs,
      longestMs: longestUs / 1_000,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function threadUs(): number {
  const { user, system } = process.threadCpuUsage();
  return user + system;
}

async function openDesk(folder: string, logKey: string): Promise<{ desk: FeedDesk; size: () => number }> {
  const files = diskFiles(folder);
  const registrarKey = registrarKeys.signKey;
  const store = await FeedStore.open(files, { logKey, registrarKey });
  const house = await House.open(files);
  await house.putPlace(testPlace);
  const parts = {
    store,
    house,
    clock: systemClock,
    clockTrusted: () => true,
    tell: () => Promise.resolve(),
    onChange: () => {},
  };
  const book = new RequestBook({ ...parts, mostShownPerDay: 3, isRecorded: () => true });
  const portal = { url: testPortalUrl, logKey, registrarKey, pollMinutes: 60 };
  return {
    desk: new FeedDesk({ ...parts, book, portal, send: () => {} }),
    size: () => store.kept.range.size,
  };
}
