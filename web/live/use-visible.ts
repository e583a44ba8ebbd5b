/**
 * useVisible: can somebody see this page? A tab that is hidden for a moment only still counts.
 */
import { useEffect, useState } from "preact/hooks";
import type { Home } from "../state/home.ts";

/** Switching tabs for a moment does not interrupt. */
const hiddenForMs = 5_000;

export function useVisible(home: Home): boolean {
  const [visible, setVisible] = useState(!document.hidden);
  useEffect(() => {
    let cancel = (): void => {};
    const change = (): void => {
      cancel();
      if (document.hidden) cancel = home.clock.after(hiddenForMs, () => setVisible(false));
      else setVisible(true);
    };
    document.addEventListener("visibilitychange", change);
    return () => {
      cancel();
      document.removeEventListener("visibilitychange", change);
    };
  }, [home]);
  return visible;
}
