/**
 * useAwake: the screen stays on during a walk, where the browser can do that.
 *
 * A phone lets go of it when its page is hidden; coming back asks again.
 */
import { useEffect } from "preact/hooks";

export function useAwake(on: boolean): void {
  useEffect(() => {
    if (!on || !("wakeLock" in navigator)) return;
    let lock: WakeLockSentinel | null = null;
    let wanted = true;
    const hold = (): void => {
      if (document.hidden) return;
      navigator.wakeLock.request("screen").then(
        (held) => {
          lock = held;
          if (!wanted) void held.release();
        },
        () => {}, // a low battery, or the browser does not: the walk goes on
      );
    };
    hold();
    document.addEventListener("visibilitychange", hold);
    return () => {
      wanted = false;
      document.removeEventListener("visibilitychange", hold);
      void lock?.release();
    };
  }, [on]);
}
