/**
 * Sieve: which of the requests at hand fit what the visitor looks for. Pure.
 *
 * Agency, type and state are asked of the portal (they may fit few of many); words are looked for in what was
 * loaded, so that what a visitor types is told to nobody.
 */
import type { IncidentType } from "../../../daemon/consent/request.ts";
import type { FeedQuery, RequestCard } from "../../api.ts";
import { words } from "../words.ts";

export interface Sieve {
  readonly agency: string;
  readonly type: IncidentType | "";
  readonly state: RequestCard["state"] | "";
  readonly text: string;
}

export const openSieve: Sieve = { agency: "", type: "", state: "", text: "" };

export function isOpenSieve({ agency, type, state, text }: Sieve): boolean {
  return agency === "" && type === "" && state === "" && text.trim() === "";
}

export function queryOf({ agency, type, state }: Sieve): Partial<FeedQuery> {
  return {
    ...(agency === "" ? {} : { agency }),
    ...(type === "" ? {} : { type }),
    ...(state === "" ? {} : { state }),
  };
}

/** Every word must be somewhere in it; case and accents do not matter. */
export function fits({ request, agency, hash }: RequestCard, text: string): boolean {
  const sought = folded(text)
    .split(/\s+/u)
    .filter((word) => word !== "");
  const all = folded(
    [
      agency.name,
      words.incident[request.incidentType],
      request.case,
      request.purpose,
      request.contact,
      hash,
    ].join(" "),
  );
  return sought.every((word) => all.includes(word));
}

function folded(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
