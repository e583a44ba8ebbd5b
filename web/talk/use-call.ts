/**
 * useCall: the call desk of this page, which ends with the page.
 */
import { useEffect, useState } from "preact/hooks";
import type { Home } from "../state/home.ts";
import { useStore } from "../state/store.ts";
import { CallDesk } from "./call-desk.ts";

export function useCall(home: Home): CallDesk {
  const [desk] = useState(() => new CallDesk(home.clock));
  const ended = useStore(home.store, (model) => model.callEnded);
  useEffect(() => {
    if (ended !== null) desk.ended(ended.id, ended.why);
  }, [desk, ended]);
  useEffect(
    // one by one: a change of policy tells every call at once
    () => home.onNotice((notice) => notice.type === "call-heard" && desk.heard(notice.id, notice.heard)),
    [home, desk],
  );
  useEffect(() => {
    const leave = (): void => desk.hangUp();
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      desk.hangUp();
    };
  }, [desk]);
  return desk;
}
