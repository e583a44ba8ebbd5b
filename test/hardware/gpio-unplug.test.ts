/**
 * A chip that is unplugged and comes back, while the keeper's slots hold its lines.
 */
import { expect, test } from "vitest";
import { Slot } from "../../daemon/keeper/sensors/slot.ts";
import { systemClock } from "../../hal/clock.ts";
import { gpioButton } from "../../hal/gpio/button.ts";
import { gpioLight } from "../../hal/gpio/light.ts";
import { gpioPir } from "../../hal/gpio/pir.ts";
import type { Button, PirSensor, StatusLight } from "../../hal/sensors.ts";
import { inputOn, sleep } from "../../scripts/rigs/driven-line.ts";
import { SimChip, hasGpioSim } from "../../scripts/rigs/gpio-sim.ts";

const quietMs = 60;

test("unplugged three times under button, PIR and light: noticed, opened again, nothing doubled", async (context) => {
  if (!hasGpioSim()) return context.skip("this kernel has no gpio-sim, or this is not root");
  using chip = new SimChip();
  const heard: string[] = [];
  const common = { clock: systemClock, onChange: () => {} };
  const on = (line: number) => inputOn({ chip: chip.label, line }, 20);
  await using button = new Slot<Button>({
    ...common,
    role: "button",
    driver: gpioButton(on(17)),
    use: (device, lost) => {
      device.onPress(() => heard.push("press"));
      device.onLost(lost);
    },
  });
  await using pir = new Slot<PirSensor>({
    ...common,
    role: "pir",
    driver: gpioPir(on(27)),
    use: (device, lost) => {
      device.onEdge(({ active }) => heard.push(active ? "movement" : "rest"));
      device.onLost(lost);
    },
  });
  await using light = new Slot<StatusLight>({
    ...common,
    role: "light",
    driver: gpioLight({ chip: chip.label, line: 23, activeLow: false, clock: systemClock }),
    use: (device) => {
      device.show("idle").catch((error: unknown) => light.lost(error));
    },
  });
  const slots = [button, pir, light];
  for (const slot of slots) await slot.open();
  const move = async (line: number) => {
    for (const up of [true, false]) {
      chip.pull(line, up);
      await sleep(quietMs);
    }
  };

  for (let round = 0; round < 3; round++) {
    heard.length = 0;
    await move(17);
    await move(27);
    expect(heard).toEqual(["press", "movement", "rest"]);
    chip.unplug();
    await sleep(15_000);
    expect(slots.slice(0, 2).map(({ status }) => status.state)).toEqual(["failed", "failed"]);
    expect(button.status.fault?.message).toContain(chip.label);
    chip.plug();
    await sleep(60_000);
    expect(slots.slice(0, 2).map(({ status }) => status.state)).toEqual(["ok", "ok"]);
  }
});
