/**
 * useHeat: heat while somebody can see it, judged by the draft.
 *
 * A hidden tab closes the connection after a moment: the doorbell then makes no heat for nobody.
 */
import { useEffect, useState } from "preact/hooks";
import { useVisible } from "../../live/use-visible.ts";
import type { Home } from "../../state/home.ts";
import { HeatWatch, type HeatDraft } from "./heat-watch.ts";

/** `draft` null = not known yet. */
export function useHeat(home: Home, draft: HeatDraft | null): HeatWatch {
  const [watch] = useState(() => new HeatWatch(home));
  const on = useVisible(home) && draft !== null;
  useEffect(() => {
    if (draft !== null) watch.setDraft(draft);
  }, [watch, draft]);
  useEffect(() => (on ? watch.start() : undefined), [watch, on]);
  return watch;
}
