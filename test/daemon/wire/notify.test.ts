import { expect, test } from "vitest";
import { SimClock } from "../../../hal/sim/clock.ts";
import { openNotify, type Notify } from "../../../daemon/wire/notify.ts";

async function started(env: Record<string, string>) {
  const clock = new SimClock();
  const heard: string[] = [];
  const [state, socket] = [{ trouble: null as string | null, status: "well" }, { takes: true }];
  const notify: Notify = await openNotify({
    env,
    clock,
    open: async () => ({
      send: (text) => {
        if (socket.takes) heard.push(text);
        return socket.takes;
      },
      close() {},
    }),
  });
  return {
    clock,
    heard,
    state,
    socket,
    notify,
    duties: { trouble: () => state.trouble, status: () => state.status },
  };
}

const watched = { NOTIFY_SOCKET: "@x", WATCHDOG_USEC: "20000000" };

test("without a manager nobody is told anything", async () => {
  const { notify, heard, duties, clock } = await started({ WATCHDOG_USEC: "20000000" });
  notify.ready(duties);
  await clock.advance(60_000);
  notify.stopping();
  expect(heard).toEqual([]);
});

test("it says when it works, then that it lives as often as the watchdog needs, and when it ends", async () => {
  const { notify, heard, duties, clock } = await started(watched);
  notify.ready(duties);
  expect(heard).toEqual(["READY=1", "WATCHDOG=1\nSTATUS=well"]);
  await clock.advance(10_000);
  expect(heard.slice(2)).toEqual(["WATCHDOG=1", "WATCHDOG=1"]);
  notify.stopping();
  await clock.advance(60_000);
  expect(heard.slice(4)).toEqual(["STOPPING=1\nSTATUS=closes what is open"]);
});

test("while its duties are not done it does not say that it lives, and says why once", async () => {
  const { notify, heard, duties, clock, state } = await started(watched);
  notify.ready(duties);
  heard.length = 0;
  state.trouble = "the disk\nhas not answered";
  await clock.advance(15_000);
  expect(heard).toEqual(["STATUS=not alive: the disk has not answered"]);
  state.trouble = null;
  await clock.advance(5_000);
  expect(heard.slice(1)).toEqual(["WATCHDOG=1\nSTATUS=well"]);
});

test("words that the manager did not take are said again", async () => {
  const { notify, heard, duties, clock, state, socket } = await started(watched);
  notify.ready(duties);
  [heard.length, state.status, socket.takes] = [0, "better", false];
  await clock.advance(5_000);
  socket.takes = true;
  await clock.advance(5_000);
  expect(heard).toEqual(["WATCHDOG=1\nSTATUS=better"]);
});

test.each([
  ["there is no watchdog", {}],
  ["it is another process that is watched", { WATCHDOG_USEC: "20000000", WATCHDOG_PID: "1" }],
  ["the watchdog's time is no time", { WATCHDOG_USEC: "soon" }],
])("only words are told where %s", async (_why, env) => {
  const { notify, heard, duties, clock, state } = await started({ NOTIFY_SOCKET: "@x", ...env });
  notify.ready(duties);
  state.status = "better";
  await clock.advance(30_000);
  expect(heard).toEqual(["READY=1", "STATUS=well", "STATUS=better"]);
});
