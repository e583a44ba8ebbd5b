/**
 * Destinations: to whom a grant may go, and whether that is still who it was.
 *
 * A request or a court order must be there as such: neither stands for the other, so compelled and
 * voluntary never convert. Asked when a grant is handed in (`checkDestination`, in words) and again before
 * every chunk (`recipientNow`): a key that an agency's profile no longer lists, an archive that the
 * settings no longer name, get nothing more. Pure.
 */
import { Fault } from "../../../hal/fault.ts";
import { boardDock, isAllowedDock, shareDock } from "../../consent/docks.ts";
import type { Agency } from "../../consent/agency.ts";
import type { Grant, Recipient } from "../../consent/grant.ts";
import type { Asked, GrantPorts } from "./ports.ts";

export type DestinationWorld = Pick<GrantPorts, "settings" | "asked">;
type To = Pick<Grant, "destination" | "recipient">;

/** Null = what was signed for is not a recipient any more. */
export function recipientNow(grant: To, world: DestinationWorld): Recipient | null {
  try {
    return recipientOf(grant, world);
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

/** Throws Fault `denied`, `not-found` or `invalid`, in words for the owner. */
export function checkDestination(grant: To, world: DestinationWorld, wallMs: number): void {
  const { destination, recipient } = grant;
  if (destination.kind === "request") checkRequest(destination.request, world.asked, wallMs);
  const { name, sealTo, deliverTo } = recipientOf(grant, world);
  if (recipient.sealTo !== sealTo)
    throw new Fault("denied", "it is sealed to another key than the recipient's");
  if (recipient.deliverTo !== deliverTo)
    throw new Fault("denied", "it is addressed to another place than the recipient's");
  if (recipient.name !== name) throw new Fault("denied", `the recipient is called ${name}`);
}

function checkRequest(hash: string, asked: Asked, wallMs: number): void {
  const known = asked.request(hash);
  if (known === null) throw new Fault("not-found", "this request was never shown here");
  if (known.state === "refused") throw new Fault("denied", "this request was refused, which is final");
  if (known.state === "withdrawn") throw new Fault("denied", "the agency has taken this request back");
  if (known.state === "expired" || wallMs >= known.request.expiresAt)
    throw new Fault("denied", "this request has run out");
}

function recipientOf({ destination, recipient }: To, world: DestinationWorld): Recipient {
  const { settings } = world;
  if ((recipient.sealTo === null) !== (destination.kind === "board"))
    throw new Fault("invalid", "everything but a post is sealed to somebody");
  switch (destination.kind) {
    case "request":
      return ofRequest(destination, world);
    case "court-order":
      return ofCourtOrder(destination.order, recipient, world);
    case "archive":
      if (settings.archive.to === "") throw new Fault("not-found", "no archive is set (archive.to)");
      return { ...recipient, deliverTo: settings.archive.to };
    case "neighbour":
    case "link":
      return { ...recipient, deliverTo: dock(shareDock(settings)) };
    case "board":
      return { ...recipient, deliverTo: dock(boardDock(settings)) };
  }
}

function ofRequest(
  { request: hash, agency: id }: { request: string; agency: string },
  { asked, settings }: DestinationWorld,
): Recipient {
  const known = asked.request(hash);
  const request = known?.request;
  const agency = asked.agency(id);
  // another owner may have said no in the moment in which this was signed
  if (known?.state === "refused") throw new Fault("denied", "this request was refused, which is final");
  if (request === undefined || request.agency !== id || agency === null)
    throw new Fault("not-found", "this request was never shown here");
  const { sealTo, deliverTo } = request;
  checkAgency(agency, { sealTo, deliverTo });
  if (!isAllowedDock(settings, deliverTo))
    throw new Fault("denied", "nothing may be sent to this agency's dock", {
      hint: "add its host to portal.docks if you trust it",
    });
  return { name: agency.name, sealTo, deliverTo };
}

/** A key or a dock that the agency no longer publishes may have been stolen from it. */
function checkAgency(agency: Agency, { sealTo, deliverTo }: { sealTo: string; deliverTo: string }): void {
  if (!agency.sealTo.includes(sealTo) || !agency.docks.includes(deliverTo))
    throw new Fault("denied", `${agency.name} no longer publishes this key or this dock`);
}

/** A court has no key here: the owner seals to an agency's published one, or makes a link for it. */
function ofCourtOrder(hash: string, recipient: Recipient, world: DestinationWorld): Recipient {
  const order = world.asked.courtOrder(hash);
  if (order === null) throw new Fault("not-found", "this court order is not recorded here");
  const named = { ...recipient, name: order.recipient };
  if (recipient.deliverTo === shareDock(world.settings)) return named;
  const agency = agencyAt(recipient.deliverTo, world);
  if (agency === null || recipient.sealTo === null)
    throw new Fault("denied", "what a court ordered goes to an agency's dock, or to the portal's for links");
  checkAgency(agency, { sealTo: recipient.sealTo, deliverTo: recipient.deliverTo });
  return named;
}

/** Agencies' docks end with the agency's id. */
export function agencyAt(deliverTo: string, { asked, settings }: DestinationWorld): Agency | null {
  if (!isAllowedDock(settings, deliverTo)) return null;
  const id = /\/agencies\/([a-z0-9-]+)$/u.exec(deliverTo)?.[1];
  const agency = id === undefined ? null : asked.agency(id);
  return agency?.docks.includes(deliverTo) === true ? agency : null;
}

function dock(address: string | null): string {
  if (address === null) throw new Fault("not-found", "no portal is set (portal.url)");
  return address;
}
