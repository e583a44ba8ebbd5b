/**
 * UseNow: the doorbell's time, looked at again and again, for what is only said for so long.
 */
import { useEffect, useState } from "preact/hooks";
import type { Home } from "./home.ts";

const lookEveryMs = 10_000;

export function useNow(home: Home): number {
  const [nowMs, setNowMs] = useState(() => home.now());
  useEffect(() => home.clock.every(lookEveryMs, () => setNowMs(home.now())), [home]);
  return nowMs;
}
