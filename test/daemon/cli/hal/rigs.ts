/**
 * Rigs: Ctrl-C without a process, and a doorbell whose lines are being listened to.
 */
import type { Interrupt, Stopped } from "../../../../daemon/cli/hal/interrupt.ts";
import { until } from "../../keeper/page.ts";
import type { BareDoor } from "../../keeper/door.ts";

export function interruptOf(): Interrupt {
  const controller = new AbortController();
  const { promise, resolve } = Promise.withResolvers<Stopped>();
  const stop = (): void => {
    resolve("asked");
    controller.abort();
  };
  return { signal: controller.signal, stopped: promise, stop, [Symbol.dispose]: () => {} };
}

/** Resolves once a command hears what the doorbell feels. */
export async function listenedTo(door: BareDoor): Promise<void> {
  await until(() => door.keeper.status().stages.some((stage) => stage.name === "commands" && stage.in > 0));
}
