/**
 * Recipient: to whom it goes, from what was asked or from what the owner says. Pure.
 *
 * A request names its recipient and a court order the name; of everything else the owner decides. The
 * archive is sealed to the owner's own key, so that the recovery words open it.
 */
import type { Destination } from "../../daemon/consent/grant.ts";
import type { Destinations } from "../../daemon/wire/api-consent.ts";
import { words } from "../words.ts";
import { flawOf, type LinkKey } from "./age-key.ts";
import type { Draft } from "./compose.ts";
import type { Asked } from "./source.ts";
import { cleanLine } from "./terms.ts";

const { share: say } = words;

export type Way = "link" | "neighbour" | "archive";

/** What is filled in on the page. */
export interface Form {
  readonly way: Way | null;
  /** For whom a link is, or the neighbour's name. */
  readonly whom: string;
  /** As it was pasted. */
  readonly key: string;
  readonly linkKey: LinkKey;
}

export type To = Pick<Draft, "destination" | "recipient" | "purpose"> & {
  /** Of a link. */
  readonly secret: string | null;
};

export interface RecipientWorld {
  readonly asked: Asked;
  readonly destinations: Destinations;
  /** The owner's own recipient. */
  readonly ownSealTo: string;
}

export const maxWhom = 60;

/** Null: something is still to be said. */
export function recipientOf(form: Form, { asked, destinations, ownSealTo }: RecipientWorld): To | null {
  if (asked.kind === "request") return ofRequest(asked.card);
  const { share, archive } = destinations;
  const sealed = sealedBy(form);
  if (asked.kind === "court-order") {
    if (sealed === null || share === null) return null;
    const { hash, recipient: name, fileNumber, court } = asked.card;
    const recipient = { name, sealTo: sealed.sealTo, deliverTo: share };
    const purpose = say.purposeCourt(fileNumber, court);
    return { destination: { kind: "court-order", order: hash }, recipient, purpose, secret: sealed.secret };
  }
  if (form.way === "archive") {
    if (archive === null) return null;
    const recipient = { name: say.archiveName, sealTo: ownSealTo, deliverTo: archive };
    return { destination: { kind: "archive" }, recipient, purpose: say.purposeArchive, secret: null };
  }
  const whom = cleanLine(form.whom);
  if (sealed === null || share === null || whom === "" || form.way === null) return null;
  const isLink = form.way === "link";
  const destination: Destination = { kind: form.way };
  const name = isLink ? say.linkName(whom) : whom;
  const recipient = { name, sealTo: sealed.sealTo, deliverTo: share };
  const purpose = isLink ? say.purposeLink : say.purposeNeighbour;
  return { destination, recipient, purpose, secret: sealed.secret };
}

/** Ways that this doorbell's settings do not allow are shown with why. */
export function hindranceOf(way: Way, { share, archive }: Destinations): string | null {
  if (way === "archive") return archive === null ? say.noArchive : null;
  return share === null ? say.noPortal : null;
}

function ofRequest({ hash, request, agency }: Extract<Asked, { kind: "request" }>["card"]): To {
  return {
    destination: { kind: "request", request: hash, agency: request.agency },
    recipient: { name: agency.name, sealTo: request.sealTo, deliverTo: request.deliverTo },
    purpose: request.purpose,
    secret: null,
  };
}

function sealedBy({ way, key, linkKey }: Form): { sealTo: string; secret: string | null } | null {
  if (way === "link") return linkKey;
  if (way === "neighbour" && flawOf(key) === null) return { sealTo: key.trim(), secret: null };
  return null;
}
