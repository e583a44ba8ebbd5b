/** Who stands at the door is told by a tone, or the listener is told that nobody was; one process at a time has the card. */
import { expect, test, vi } from "vitest";
import { systemClock as clock } from "../../../../hal/clock.ts";
import { elementOf, gstSpeaker } from "../../../../hal/gst/speaker.ts";
import { simOpenMicrophone } from "../../../../hal/sim/open-microphone.ts";
import { simSpeaker } from "../../../../hal/sim/speaker.ts";
import { DoorSound, type SoundDrivers } from "../../../../daemon/keeper/talk/door-sound.ts";

const microphone = simOpenMicrophone({ clock });

async function openSound(drivers: SoundDrivers): Promise<DoorSound> {
  const door = new DoorSound({ drivers, onChange: () => {} });
  await door.open();
  return door;
}

test("with a speaker a tone says that somebody listens", { timeout: 30_000 }, async () => {
  const speaker = simSpeaker({ clock });
  await using door = await openSound({ speaker: { open: async () => speaker }, microphone });
  expect([await door.listen(() => {}), speaker.sounded]).toEqual(["yes", 1]);
});

test(
  "without one, and with one that is dead, the listener learns that nobody there was told",
  { timeout: 30_000 },
  async () => {
    await using none = await openSound({ speaker: null, microphone });
    expect(await none.listen(() => {})).toBe("untold");
    const speaker = gstSpeaker({ clock, name: "alsa:hw:99", sink: elementOf("alsa:hw:99", "sink") });
    await using dead = await openSound({ speaker, microphone });
    expect(await dead.listen(() => {})).toBe("untold");
  },
);

test("who listens again at once waits until the card is free", { timeout: 30_000 }, async () => {
  let open = 0;
  let most = 0;
  const card = {
    open: async () => {
      most = Math.max(most, (open += 1));
      const opened = await microphone.open();
      return {
        name: opened.name,
        onPacket: (handler: (packet: Uint8Array) => void) => opened.onPacket(handler),
        onLost: (handler: (fault: Error) => void) => opened.onLost(handler),
        async [Symbol.asyncDispose]() {
          await opened[Symbol.asyncDispose]();
          open -= 1;
        },
      };
    },
  };
  await using door = await openSound({
    speaker: { open: async () => simSpeaker({ clock }) },
    microphone: card,
  });
  const listener = (): void => {};
  await door.listen(listener);
  const over = door.unlisten(listener);
  expect(await door.listen(listener)).toBe("yes");
  await over;
  expect([most, open, door.listeners]).toEqual([1, 1, 1]);
});

test("who listens again while an opening fails that nobody waits for any more is heard, and closed after", async () => {
  const openings: PromiseWithResolvers<void>[] = [];
  let open = 0;
  const card = {
    open: async () => {
      const opening = Promise.withResolvers<void>();
      openings.push(opening);
      await opening.promise;
      open += 1;
      return {
        name: "card",
        onPacket: () => () => {},
        onLost: () => () => {},
        [Symbol.asyncDispose]: async () => void (open -= 1),
      };
    },
  };
  await using door = await openSound({ speaker: null, microphone: card });
  const listener = (): void => {};
  const first = door.listen(listener);
  await vi.waitFor(() => expect(openings).toHaveLength(1));
  const over = door.unlisten(listener);
  const second = door.listen(listener);
  openings[0]?.reject(new Error("busy"));
  await vi.waitFor(() => expect(openings).toHaveLength(2));
  openings[1]?.resolve();
  await over;
  expect(await Promise.all([first, second])).toEqual(["microphone", "untold"]);
  expect([open, door.listeners]).toEqual([1, 1]);
  await door.unlisten(listener);
  expect([open, door.listeners]).toEqual([0, 0]);
});
