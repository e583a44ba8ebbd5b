/**
 * A house that reads a public log: feed desk, request book and their files, without a keeper around them.
 *
 * `read` hands it one round of a log as the courier would; `recorded` says when its camera saw something.
 */
import { House } from "../../../../daemon/keeper/consent/house.ts";
import { FeedDesk, type FeedMessage } from "../../../../daemon/keeper/consent/feed/feed-desk.ts";
import { FeedStore } from "../../../../daemon/keeper/consent/feed/feed-store.ts";
import { RequestBook } from "../../../../daemon/keeper/consent/request-book.ts";
import type { Happened } from "../../../../daemon/keeper/history.ts";
import type { Files } from "../../../../daemon/files/files.ts";
import type { Place } from "../../../../daemon/consent/common.ts";
import type { CourierToKeeper } from "../../../../daemon/wire/messages.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { registrarKeys, testPlace, testPortalUrl } from "../../../../scripts/rigs/agency.ts";
import { TestLog } from "../../../../scripts/rigs/public-log.ts";
import { SimDisk } from "../../../world/disk.ts";

export const nowMs = Date.UTC(2026, 10, 26, 12);

export interface HouseOptions {
  readonly files?: Files;
  readonly clock?: SimClock;
  /** Null = it does not know where it is. */
  readonly place?: Place | null;
  readonly mostShownPerDay?: number;
  readonly recorded?: { from: number; to: number }[];
  readonly logKey?: string;
  readonly tell?: (happened: Happened) => Promise<unknown>;
}

export interface TestHouse {
  readonly files: Files;
  readonly clock: SimClock;
  readonly store: FeedStore;
  readonly house: House;
  readonly book: RequestBook;
  readonly desk: FeedDesk;
  /** What it said to the courier. */
  readonly sent: unknown[];
  readonly told: Happened[];
  /** When the camera recorded; null = the index is away. */
  recorded: { from: number; to: number }[] | null;
  clockTrusted: boolean;
  /** One round, from where it says it is. */
  read(log: TestLog, size?: number): Promise<void>;
}

/** Recorded all day, until a test says otherwise. */
export async function openHouse(options: HouseOptions = {}): Promise<TestHouse> {
  const files = options.files ?? new SimDisk();
  const clock = options.clock ?? new SimClock(nowMs);
  const { place = testPlace, mostShownPerDay = 3, logKey = new TestLog().logKey } = options;
  const registrarKey = registrarKeys.signKey;
  const store = await FeedStore.open(files, { logKey, registrarKey });
  const house = await House.open(files);
  if (house.place === null && place !== null) await house.putPlace(place);
  const told: Happened[] = [];
  const tell = async (happened: Happened): Promise<unknown> => {
    await options.tell?.(happened);
    return told.push(happened);
  };
  const clockTrusted = (): boolean => self.clockTrusted;
  const isRecorded = ({ from, to }: { from: number; to: number }): boolean | null =>
    self.recorded?.some((clip) => clip.from < to && clip.to > from) ?? null;
  const onChange = (): void => {};
  const book = new RequestBook({
    store,
    house,
    clock,
    clockTrusted,
    mostShownPerDay,
    isRecorded,
    tell,
    onChange,
  });
  const sent: unknown[] = [];
  const portal = { url: testPortalUrl, logKey, registrarKey, pollMinutes: 60 };
  const desk = new FeedDesk({
    store,
    book,
    house,
    clock,
    clockTrusted,
    portal,
    send: (message) => sent.push(message),
    tell,
    onChange,
  });
  const self: TestHouse = {
    files,
    clock,
    store,
    house,
    book,
    desk,
    sent,
    told,
    recorded: options.recorded ?? [{ from: 0, to: nowMs }],
    clockTrusted: true,
    async read(log, size = log.size) {
      for (const message of log.round(desk.from, size)) if (isFeed(message)) await desk.handle(message);
    },
  };
  return self;
}

function isFeed(message: CourierToKeeper): message is FeedMessage {
  return message.type.startsWith("feed-");
}
