/** A call listens while it may, with a tone each time; one that ends while it is opened leaves nothing behind. */
import { expect, test, vi } from "vitest";
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

interface HouseSettings {
  append: (happened: Happened) => Promise<unknown>;
  mayHear: boolean;
}

async function openHouse(house: AsyncDisposableStack) {
  const settings: HouseSettings = { append: async () => {}, mayHear: true };
  const speaker = simSpeaker({ clock });
  const drivers = { speaker: { open: async () => speaker }, microphone: simOpenMicrophone({ clock }) };
  const door = house.use(new DoorSound({ drivers, onChange: () => {} }));
  await door.open();
  const live = new LiveHub(() => {});
  const sockets = new SessionSockets(() => true);
  const calls = house.use(
    new Calls({
      clock,
      enabled: true,
      bindAddress: "127.0.0.1",
      live,
      door,
      silentBecause: () => (settings.mayHear ? null : "policy"),
      append: (happened) => settings.append(happened),
      onHeard: () => {},
      onEnded: () => {},
      onChange: () => {},
    }),
  );
  const { connection, sdp } = await offerOf();
  house.defer(() => connection.close());
  const as = (id: string): Caller => ({
    person: human(1).person,
    session: { id },
    bind: (socket) => sockets.add(id, socket),
  });
  return { settings, speaker, door, live, sockets, calls, as, sdp };
}

test("a session that ends while the ledger is written, and a house with enough viewers", async () => {
  await using house = new AsyncDisposableStack();
  const { door, live, sockets, calls, as, sdp, settings } = await openHouse(house);
  settings.append = async () => sockets.close("first");
  await expect(calls.open(sdp, as("first"))).rejects.toThrow("the call has ended");
  expect([door.listeners, live.viewers, calls.count]).toEqual([0, 0, 0]);

  settings.append = async () => {};
  while (live.viewers < 16) live.add({ bufferedAmount: 0, send: () => {}, close: () => {}, on: () => {} });
  await expect(calls.open(sdp, as("second"))).rejects.toThrow("the call has ended");
  expect([door.listeners, live.viewers, calls.count]).toEqual([0, 16, 0]);
}, 60_000);

test("the microphone is closed while the door may not be heard, and a tone sounds when it may be again", async () => {
  await using house = new AsyncDisposableStack();
  const { door, speaker, calls, as, sdp, settings } = await openHouse(house);
  const { heard } = await calls.open(sdp, as("listens"));
  expect([heard, door.listeners, speaker.sounded]).toEqual(["yes", 1, 1]);
  const wait = { timeout: 15_000, interval: 20 };
  settings.mayHear = false;
  await vi.waitFor(() => expect([door.listeners, speaker.sounded]).toEqual([0, 2]), wait);
  settings.mayHear = true;
  await vi.waitFor(() => expect([door.listeners, speaker.sounded]).toEqual([1, 3]), wait);
}, 60_000);
