/** Whatever changes, and in whatever order: a call hears the door while it may and says why not, and nothing stays open. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Heard, Silence } from "../../../../daemon/wire/api-talk.ts";
import { CallEar } from "../../../../daemon/keeper/talk/call-ear.ts";
import { DoorSound } from "../../../../daemon/keeper/talk/door-sound.ts";
import { Fault } from "../../../../hal/fault.ts";
import type { OpenMicrophone } from "../../../../hal/open-microphone.ts";

/** A door with a microphone in memory and no speaker; `ledger` takes a note when it is told to. */
function openHouse() {
  const steps: (() => void)[] = [];
  const now = { silence: null as Silence | null, works: true };
  const said: string[] = [];
  const told: Heard[] = [];
  let [open, most, packets] = [0, 0, 0];
  const says = new Set<(packet: Uint8Array) => void>();
  const step = (): Promise<void> => new Promise((resolve) => steps.push(resolve));
  const microphone = {
    async open(): Promise<OpenMicrophone> {
      await step();
      if (!now.works) throw new Fault("unavailable", "no microphone");
      most = Math.max(most, (open += 1));
      let handlers: ((packet: Uint8Array) => void)[] = [];
      const say = (packet: Uint8Array): void => handlers.forEach((handler) => handler(packet));
      says.add(say);
      return {
        name: "memory",
        onPacket: (handler) => {
          handlers = [...handlers, handler];
          return () => {};
        },
        onLost: () => () => {},
        async [Symbol.asyncDispose]() {
          says.delete(say);
          open -= 1;
        },
      };
    },
  };
  const door = new DoorSound({ drivers: { speaker: null, microphone }, onChange: () => {} });
  const ear = new CallEar({
    door,
    silentBecause: () => now.silence,
    note: async () => {
      await step();
      said.push("noted");
    },
    onPacket: () => (packets += 1),
    onHeard: (heard) => told.push(heard),
  });
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 20; i += 1) {
      steps.splice(0).forEach((go) => go());
      await new Promise(setImmediate);
    }
  };
  return {
    now,
    ear,
    door,
    said,
    told,
    settle,
    step: async () => {
      steps.shift()?.();
      await new Promise(setImmediate);
    },
    speak: () => says.forEach((say) => say(Uint8Array.of(1))),
    counts: () => ({ open, most, packets }),
  };
}

test("what is allowed only after the call began is heard from then on, and stands in the ledger first", async () => {
  const house = openHouse();
  house.now.silence = "not-yet";
  await house.ear.begin(false);
  expect([house.ear.heard, house.said, house.door.listeners]).toEqual(["not-yet", [], 0]);
  house.now.silence = null;
  const listening = house.ear.attend();
  expect(house.door.listeners).toBe(0);
  await house.step();
  expect([house.said, house.door.listeners]).toEqual([["noted"], 1]);
  await house.settle();
  await listening;
  house.speak();
  expect([house.told, house.counts().packets]).toEqual([["untold"], 1]);
});

test("a call that the ledger knows as one that hears is not noted again", async () => {
  const house = openHouse();
  const listening = house.ear.begin(true);
  await house.settle();
  await listening;
  expect([house.ear.heard, house.said]).toEqual(["untold", []]);
});

test("the packet after a change is not heard, and closes the microphone", async () => {
  const house = openHouse();
  const listening = house.ear.begin(true);
  await house.settle();
  await listening;
  house.now.silence = "closed";
  house.speak();
  await house.settle();
  expect(house.counts()).toMatchObject({ open: 0, packets: 0 });
  expect(house.told.at(-1)).toBe("closed");
});

test("in any order of changes the last one holds", async () => {
  const silences = fc.constantFrom<(Silence | null)[]>(null, "policy", "closed", "not-yet");
  const change = fc.oneof(
    silences.map((silence) => ({ silence })),
    fc.constant({ step: true }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 12 }), fc.boolean(), async (changes, hangsUp) => {
      const house = openHouse();
      const under = [house.ear.begin(false)];
      for (const each of changes) {
        if ("silence" in each) house.now.silence = each.silence;
        else await house.step();
        under.push(house.ear.attend());
      }
      if (hangsUp) under.push(house.ear.end());
      await house.settle();
      await Promise.all(under);
      const hears = !hangsUp && house.now.silence === null;
      expect(house.counts()).toMatchObject({ open: hears ? 1 : 0 });
      expect(house.counts().most).toBeLessThan(2);
      expect(house.door.listeners).toBe(hears ? 1 : 0);
      if (!hangsUp) expect(house.ear.heard).toBe(house.now.silence ?? "untold");
    }),
  );
});
