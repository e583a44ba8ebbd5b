/** The keeper's end of the link: which view is in the ledger, whatever process asks and when. */
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { RtspLink } from "../../../daemon/keeper/links/rtsp.ts";
import { LiveHub } from "../../../daemon/keeper/live.ts";
import type { ViewerSocket } from "../../../daemon/keeper/viewers.ts";
import { Views } from "../../../daemon/keeper/views.ts";
import { connectLink, type Link } from "../../../daemon/wire/link.ts";
import { keeperToRtspSchema, type KeeperToRtsp, type RtspToKeeper } from "../../../daemon/wire/rtsp.ts";
import { systemClock } from "../../../hal/clock.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { tempFolder } from "../keeper/temp-folder.ts";
import { wait } from "./rig.ts";

async function openLink() {
  await using stack = new AsyncDisposableStack();
  const path = join(stack.use(await tempFolder()).path, "s");
  const clock = new SimClock();
  /** By whom it is; what ends the writing. */
  const ledger = new Map<string, { write(): void; fail(): void }>();
  const live = new LiveHub(() => {});
  const keeper = stack.use(
    new RtspLink({
      path,
      enabled: true,
      clock,
      live,
      views: new Views({
        clock,
        append: ({ who }) =>
          new Promise<void>((resolve, reject) =>
            ledger.set(who ?? "", { write: resolve, fail: () => reject(new Error("full")) }),
          ),
      }),
      door: () => ({
        type: "rtsp-door",
        allowed: true,
        open: true,
        why: null,
        device: "0123456789abcdef",
        name: "x",
        size: { width: 1, height: 1, fps: 1 },
      }),
      onChange: () => {},
    }),
  );
  await keeper.open();
  const process = async () => {
    const heard: KeeperToRtsp[] = [];
    const link: Link<RtspToKeeper> = connectLink<KeeperToRtsp, RtspToKeeper>({
      path,
      incoming: keeperToRtspSchema,
      clock: systemClock,
      onMessage: (message) => heard.push(message),
    });
    await vi.waitFor(() => expect(heard[0]?.type).toBe("rtsp-door"), wait);
    const begin = async (from: string): Promise<void> => {
      link.send({ type: "view-begin", view: "view-00000001", how: "rtsp", from });
      await vi.waitFor(() => expect(ledger.has(`RTSP, ${from}`)).toBe(true), wait);
    };
    const told = (): string[] => heard.flatMap(({ type }) => (type.startsWith("view-") ? [type] : []));
    return { link, begin, told };
  };
  const open = stack.move();
  return { keeper, clock, live, ledger, process, [Symbol.asyncDispose]: () => open.disposeAsync() };
}

test("what a process before asked for is not noted for one that calls its view the same", async () => {
  await using rig = await openLink();
  const before = await rig.process();
  await before.begin("a");
  await before.link.close();
  await vi.waitFor(() => expect(rig.keeper.peer.connected).toBe(false), wait);
  const after = await rig.process();
  await after.begin("b");
  rig.ledger.get("RTSP, a")?.write();
  await new Promise((resolve) => setImmediate(resolve)); // the first goes on, if it does
  expect([rig.live.viewers, after.told()]).toEqual([0, []]);
  rig.ledger.get("RTSP, b")?.write();
  await vi.waitFor(() => expect([rig.live.viewers, after.told()]).toEqual([1, ["view-noted"]]), wait);
  await after.link.close();
  await vi.waitFor(() => expect(rig.live.viewers).toBe(0), wait);
});

test("a view that goes on for a day and cannot be told then is ended, and the process hears it", async () => {
  await using rig = await openLink();
  const { link, begin, told } = await rig.process();
  await begin("a");
  rig.ledger.get("RTSP, a")?.write();
  await vi.waitFor(() => expect(told()).toEqual(["view-noted"]), wait);
  await rig.clock.advance(24 * 3_600_000);
  rig.ledger.get("RTSP, a")?.fail();
  await vi.waitFor(() => expect(told()).toEqual(["view-noted", "view-refused"]), wait);
  expect(rig.live.viewers).toBe(0);
  await link.close();
});

test("where as many pages watch as may, a view is refused and not left without pictures", async () => {
  await using rig = await openLink();
  const closes: (() => void)[] = [];
  const page = (): ViewerSocket => ({
    bufferedAmount: 0,
    send: () => {},
    close: () => {},
    on: (_event, handler) => closes.push(handler),
  });
  while (!rig.live.isFull) rig.live.add(page());
  const { link, begin, told } = await rig.process();
  await begin("a");
  rig.ledger.get("RTSP, a")?.write();
  await vi.waitFor(() => expect(told()).toEqual(["view-refused"]), wait);
  closes[0]?.();
  link.send({ type: "view-begin", view: "view-00000002", how: "rtsp", from: "a" });
  await vi.waitFor(() => expect(told()).toEqual(["view-refused", "view-noted"]), wait);
  expect(rig.live.isFull).toBe(true);
  await link.close();
});
