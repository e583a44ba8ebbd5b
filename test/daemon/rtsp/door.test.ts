/** The door: which units are taken, and when a view is over. */
import { expect, test } from "vitest";
import { fragment } from "../../../daemon/eye/fmp4/fragment.ts";
import { initSegment } from "../../../daemon/eye/fmp4/init.ts";
import { Door } from "../../../daemon/rtsp/door.ts";
import { Feed } from "../../../daemon/rtsp/picture/feed.ts";
import { encodeLive } from "../../../daemon/wire/live.ts";
import type { RtspToKeeper } from "../../../daemon/wire/rtsp.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { avcC } from "./rig.ts";

const said = {
  type: "rtsp-door",
  allowed: true,
  why: null,
  device: "0123456789abcdef",
  name: "x",
  size: { width: 64, height: 64, fps: 1 },
} as const;

function atDoor() {
  const feed = new Feed();
  const sent: RtspToKeeper[] = [];
  const door = new Door({
    clock: new SimClock(),
    feed,
    send: (message) => sent.push(message),
    onChange: () => {},
  });
  door.handle({ ...said, open: true });
  const picture = (): void => {
    const data = Buffer.from([0, 0, 0, 1, 0x65]);
    const unit = { data, ptsUs: 1, durationUs: 1, keyframe: true };
    const payloads = [
      ["init", initSegment({ width: 64, height: 64, avcC })],
      ["key", fragment([unit], { sequence: 1, baseUs: 0 })],
    ] as const;
    for (const [kind, payload] of payloads) feed.handle(encodeLive({ kind, ptsUs: 1, wallMs: 1, payload }));
  };
  const begun = (): string[] => sent.flatMap((each) => (each.type === "view-begin" ? [each.view] : []));
  return { feed, door, picture, begun };
}

test("a picture that comes after the last view, or before the first, is shown to nobody later", async () => {
  const { feed, door, picture, begun } = atDoor();
  picture();
  const first = door.view("rtsp", "a");
  picture(); // the ledger has no word of it yet
  expect([feed.newestKey, feed.dropped]).toEqual([null, 4]);
  door.noted(begun()[0] ?? "");
  picture();
  const view = await first;
  expect(feed.newestKey).not.toBeNull();
  view.end();
  picture();
  expect([feed.newestKey, feed.dropped]).toEqual([null, 6]);
});

test("a view is over when the door was closed, be it open again", async () => {
  const { door, picture, begun } = atDoor();
  const asked = door.view("snapshot", "a");
  door.noted(begun()[0] ?? "");
  picture();
  const view = await asked;
  expect(view.isOver()).toBe(false);
  door.handle({ ...said, open: false });
  door.handle({ ...said, open: true });
  expect(view.isOver()).toBe(true);
});

test("a view that the keeper ends is told", async () => {
  const { door, picture, begun } = atDoor();
  let over = 0;
  const asked = door.view("rtsp", "a", () => (over += 1));
  door.noted(begun()[0] ?? "");
  picture();
  await asked;
  door.refused(begun()[0] ?? "", { kind: "unavailable", message: "the history cannot be written" });
  expect(over).toBe(1);
});
