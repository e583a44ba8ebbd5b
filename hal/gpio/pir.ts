/**
 * GPIO PIR sensor: its output as edges that always alternate.
 *
 * `active` starts with the line's level at the opening. After the kernel's queue overran two
 * edges of one kind can follow each other: the second is no news and is not told.
 */
import type { PirEdge, PirSensor, SensorDriver } from "../sensors.ts";
import { Subscribers } from "../subscribers.ts";
import { type InputCounters, type InputOptions, openInput } from "./input.ts";

export interface GpioPir extends PirSensor {
  readonly counters: InputCounters;
}

export function gpioPir(options: InputOptions): SensorDriver<GpioPir> {
  return {
    async open() {
      const input = await openInput(options);
      const edges = new Subscribers<PirEdge>();
      let active = input.active;
      input.onEdge((edge) => {
        if (edge.active === active) return;
        active = edge.active;
        edges.tell(edge);
      });
      return {
        name: input.name,
        counters: input.counters,
        get active() {
          return active;
        },
        onEdge: (handler) => edges.on(handler),
        onBounce: (handler) => input.onBounce(handler),
        onLost: (handler) => input.onLost(handler),
        async [Symbol.asyncDispose]() {
          edges.clear();
          await input[Symbol.asyncDispose]();
        },
      };
    },
  };
}
