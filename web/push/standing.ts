/**
 * Standing: may this browser be told, is it, and if not, why not. Pure.
 */
import type { PhonesShown, PhoneShown } from "../../daemon/wire/api-push.ts";
import type { Me } from "../identity/me.ts";
import type { Worker } from "../shell/register.ts";

/** What the browser says of itself. */
export interface Here {
  readonly worker: Worker["state"];
  readonly permission: NotificationPermission | null;
  readonly hasPush: boolean;
  /** An iPhone or iPad on which the page was not opened from the home screen. */
  readonly mustInstall: boolean;
  /** Of its subscription; null = it has none. */
  readonly mark: string | null;
}

export type Standing =
  | { readonly state: "off" | "unsupported" | "install" | "denied" | "closed" | "ask" }
  | { readonly state: Exclude<Worker["state"], "ready" | "unsupported"> }
  | { readonly state: "told"; readonly phone: PhoneShown };

export function standingOf(here: Here, shown: PhonesShown, { person }: Pick<Me, "person">): Standing {
  if (!shown.on) return { state: "off" };
  if (here.mustInstall) return { state: "install" };
  if (here.worker !== "ready") return { state: here.worker };
  if (!here.hasPush || here.permission === null) return { state: "unsupported" };
  if (here.permission === "denied") return { state: "denied" };
  // owners see everybody's: another's on the same browser is not theirs
  const phone = shown.phones.find((each) => each.mark === here.mark && each.person === person.id);
  if (phone !== undefined && here.permission === "granted") return { state: "told", phone };
  return { state: shown.allowed || person.role === "owner" ? "ask" : "closed" };
}
