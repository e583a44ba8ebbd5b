/**
 * SystemClock: the machine's own time. The only place that reads it.
 */
import type { Clock } from "./sensors.ts";

export const systemClock: Clock = {
  monoMs: () => performance.now(),
  wallMs: () => Date.now(),
  after(ms, handler) {
    const timer = setTimeout(handler, ms);
    return () => clearTimeout(timer);
  },
  every(ms, handler) {
    const timer = setInterval(handler, ms);
    return () => clearInterval(timer);
  },
};
