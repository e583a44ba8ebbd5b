/**
 * Countdown: how long a signed grant still waits, by the doorbell's clock.
 */
import { useEffect, useState } from "preact/hooks";
import { duration } from "../look/format.ts";
import type { Home } from "../state/home.ts";
import { words } from "../words.ts";

const { shared: say } = words;

interface Props {
  readonly untilWallMs: number;
  readonly home: Home;
}

export function Countdown({ untilWallMs, home }: Props) {
  const [leftMs, setLeftMs] = useState(untilWallMs - home.now());
  useEffect(() => {
    const count = (): void => setLeftMs(untilWallMs - home.now());
    count();
    return home.clock.every(500, count);
  }, [untilWallMs, home]);
  return (
    <p class="countdown" role="timer" data-testid="countdown">
      {leftMs > 0 ? say.countdown(duration(Math.ceil(leftMs / 1_000) * 1_000)) : say.countdownOver}
    </p>
  );
}
