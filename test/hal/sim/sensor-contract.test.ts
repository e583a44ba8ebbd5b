import { SimClock } from "../../../hal/sim/clock.ts";
import { simButton, simChime, simLight, simPir } from "../../../hal/sim/sensors.ts";
import { buttonContract } from "../../contract/button.ts";
import { chimeContract } from "../../contract/chime.ts";
import { lightContract } from "../../contract/light.ts";
import { pirContract } from "../../contract/pir.ts";

buttonContract("sim", async () => {
  const clock = new SimClock();
  const button = simButton({ clock });
  return {
    button,
    clock,
    async press() {
      await clock.advance(100);
      await button.press();
    },
    lose: () => button.lose(),
    [Symbol.asyncDispose]: () => button[Symbol.asyncDispose](),
  };
});

pirContract("sim", async () => {
  const clock = new SimClock();
  const pir = simPir({ clock });
  return {
    pir,
    clock,
    async toggle() {
      await clock.advance(100);
      await pir.edge(!pir.active);
    },
    lose: () => pir.lose(),
    [Symbol.asyncDispose]: () => pir[Symbol.asyncDispose](),
  };
});

chimeContract("sim", async () => {
  const clock = new SimClock();
  const chime = simChime({ clock, soundMs: 600 });
  return {
    chime,
    clock,
    soundMs: 600,
    sounding: () => chime.sounding,
    sounded: () => chime.sounded,
    [Symbol.asyncDispose]: () => chime[Symbol.asyncDispose](),
  };
});

lightContract("sim", async () => {
  const light = simLight();
  return {
    light,
    look: async () => light.state,
    [Symbol.asyncDispose]: () => light[Symbol.asyncDispose](),
  };
});
