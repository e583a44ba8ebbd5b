/**
 * GPIO button: a press is the debounced edge to active. Letting go is not told to anybody.
 *
 * A button that is already held when the line is opened gives no press until it is pressed anew.
 */
import type { Button, SensorDriver } from "../sensors.ts";
import { type InputCounters, type InputOptions, openInput } from "./input.ts";

export interface GpioButton extends Button {
  readonly counters: InputCounters;
}

export function gpioButton(options: InputOptions): SensorDriver<GpioButton> {
  return {
    async open() {
      const input = await openInput(options);
      return {
        name: input.name,
        counters: input.counters,
        get active() {
          return input.active;
        },
        onPress: (handler) =>
          input.onEdge(({ active, monoMs, wallMs }) => {
            if (active) handler({ monoMs, wallMs });
          }),
        onBounce: (handler) => input.onBounce(handler),
        onLost: (handler) => input.onLost(handler),
        [Symbol.asyncDispose]: () => input[Symbol.asyncDispose](),
      };
    },
  };
}
