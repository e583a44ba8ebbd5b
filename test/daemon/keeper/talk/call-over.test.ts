/** A call that ends while it is being opened leaves nothing behind: no open microphone, no viewer. */
import { expect, test } from "vitest";
import { systemClock } from "../../../../hal/clock.ts";
import { simOpenMicrophone } from "../../../../hal/sim/open-microphone.ts";
import { simSpeaker } from "../../../../hal/sim/speaker.ts";
import type { Happened } from "../../../../daemon/keeper/history.ts";
import { LiveHub } from "../../../../daemon/keeper/live.ts";
import { SessionSockets } from "../../../../daemon/keeper/people/session-sockets.ts";
import { Calls, type Caller } from "../../../../daemon/keeper/talk/calls.ts";
import { DoorSound } from "../../../../daemon/keeper/talk/door-sound.ts";
import { human } from "../../../../scripts/rigs/person.ts";
import { offerOf } from "../../../../scripts/rigs/phone.ts";

const clock = systemClock;

test("a session that ends while the ledger is written, and a house with enough viewers", async () => {
  await using house = new AsyncDisposableStack();
  const door = house.use(
    new DoorSound({
      drivers: {
        speaker: { open: async () => simSpeaker({ clock }) },
        microphone: simOpenMicrophone({ clock }),
      },
      onChange: () => {},
    }),
  );
  const live = new LiveHub(() => {});
  const sockets = new SessionSockets(() => true);
  let append: (happened: Happened) => Promise<unknown> = async () => sockets.close("first");
  const calls = house.use(
    new Calls({
      clock,
      enabled: true,
      bindAddress: "127.0.0.1",
      live,
      door,
      mayHear: () => true,
      append: (happened) => append(happened),
      onEnded: () => {},
      onChange: () => {},
    }),
  );
  const { connection, sdp } = await offerOf();
  house.defer(() => connection.close());
  const callerOf = (id: string): Caller => ({
    person: human(1).person,
    session: { id },
    bind: (socket) => sockets.add(id, socket),
  });

  await expect(calls.open(sdp, callerOf("first"))).rejects.toThrow("the call has ended");
  expect([door.listeners, live.viewers, calls.count]).toEqual([0, 0, 0]);

  append = async () => {};
  while (live.viewers < 16) live.add({ bufferedAmount: 0, send: () => {}, close: () => {}, on: () => {} });
  await expect(calls.open(sdp, callerOf("second"))).rejects.toThrow("the call has ended");
  expect([door.listeners, live.viewers, calls.count]).toEqual([0, 16, 0]);
}, 60_000);
