/**
 * Card: a grant as the page shows it. Pure.
 *
 * `suspended` is also what a grant is called that waits for the clock or the ledger: nothing leaves then, and
 * it goes on by itself or when an owner says so.
 */
import { sharePage, type DockSettings } from "../../consent/docks.ts";
import { isShare } from "../../consent/grant-state.ts";
import { parcelBytes } from "../../consent/grant.ts";
import type { GrantCard, GrantState } from "../../wire/api-consent.ts";
import type { GrantRecord } from "./shelf.ts";
import { wireFaultOf } from "./words.ts";

export function cardOf(record: GrantRecord, settings: DockSettings, clockTrusted: boolean): GrantCard {
  const { id, grant, kept } = record;
  const { name, deliverTo } = grant.recipient;
  return {
    id,
    state: stateOf(record, clockTrusted),
    destination: grant.destination,
    recipient: { name, deliverTo },
    purpose: grant.purpose,
    by: kept.by,
    issuedAt: grant.issuedAt,
    notAfter: grant.notAfter,
    sendAfterWallMs: kept.sendAfterWallMs,
    bytes: parcelBytes(grant),
    sentBytes: kept.sentBytes,
    clips: kept.clips,
    deliveredWallMs: kept.deliveredWallMs,
    receipt: kept.receipt,
    deletion: kept.deletion,
    fault: faultOf(record),
    manifest: record.manifest,
    shareUrl: isShare(grant) ? sharePage(settings, id) : null,
  };
}

function stateOf({ kept, halted, waits }: GrantRecord, clockTrusted: boolean): GrantState {
  if (halted !== null) return halted.to;
  return (waits !== null || !clockTrusted) && kept.state === "sending" ? "suspended" : kept.state;
}

function faultOf({ kept, halted, waits, met }: GrantRecord): GrantCard["fault"] {
  if (kept.suspended !== null)
    return { kind: "unavailable", message: kept.suspended, hint: "an owner decides whether it goes on" };
  const passing = waits ?? met;
  const stopped = halted?.change.fault ?? kept.fault;
  return stopped ?? (passing === null ? null : wireFaultOf(passing));
}
