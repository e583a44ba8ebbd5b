/**
 * Words: what the ledger says of the camera's sight. Pure.
 */
import type { Closer } from "../../wire/privacy.ts";
import { inWords } from "../gaps.ts";
import type { Happened } from "../history.ts";

interface Acted {
  readonly by: Closer;
  readonly name: string | null;
}

const fromBroker = "from the house's broker (MQTT), ";

export function closedWords({ by, name }: Acted, forMs: number | null): Happened {
  const how = forMs === null ? "until it is opened" : `for ${inWords(forMs)}`;
  return { who: name, what: "privacy-closed", detail: `${by === "broker" ? fromBroker : ""}${how}` };
}

export function openedWords({ by, name }: Acted): Happened {
  return {
    who: name,
    what: "privacy-opened",
    detail: by === "broker" ? `${fromBroker}which had closed it` : "",
  };
}

export const overWords: Happened = { who: null, what: "privacy-opened", detail: "its time was over" };

export const adoptedWords: Happened = {
  who: null,
  what: "privacy-closed",
  detail: "it was closed before Sill started again, and could not be written down: until an owner opens it",
};
