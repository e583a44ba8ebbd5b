/**
 * OrderDraft: what an owner typed from the paper, and the CourtOrder that it makes. Pure.
 *
 * The limits are those of daemon/consent/court-order.ts, which the doorbell checks; here each missing
 * field has its own words. Times are the viewer's, as the browser's field writes them ("2026-11-24T14:00").
 */
import type { CourtOrder } from "../../daemon/consent/court-order.ts";

export interface OrderDraft {
  readonly court: string;
  readonly fileNumber: string;
  readonly recipient: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly paperSha256: string | null;
}

export const emptyDraft: OrderDraft = {
  court: "",
  fileNumber: "",
  recipient: "",
  from: "",
  to: "",
  text: "",
  paperSha256: null,
};

export const most = { court: 120, fileNumber: 60, recipient: 120, text: 2_000 } as const;

export type DraftFlaw = "court" | "fileNumber" | "recipient" | "from" | "to" | "order" | "text" | "controls";

const hidden = /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/u;

/** The first thing that is missing or wrong, in the order of the form; null = it can be signed. */
export function flawOf(draft: OrderDraft): DraftFlaw | null {
  for (const line of ["court", "fileNumber", "recipient"] as const) {
    if (draft[line].trim() === "" || draft[line].trim().length > most[line]) return line;
    if (hidden.test(draft[line].trim())) return "controls";
  }
  const [from, to] = [timeOf(draft.from), timeOf(draft.to)];
  if (from === null) return "from";
  if (to === null) return "to";
  if (to <= from) return "order";
  const text = textOf(draft);
  if (text.length > most.text) return "text";
  return hidden.test(text.replaceAll("\n", "")) ? "controls" : null;
}

export interface OrderFacts {
  readonly id: string;
  readonly device: string;
  readonly ownerKey: string;
  readonly issuedAt: number;
}

/** Null while there is a flaw. */
export function orderOf(draft: OrderDraft, facts: OrderFacts): CourtOrder | null {
  const [from, to] = [timeOf(draft.from), timeOf(draft.to)];
  if (flawOf(draft) !== null || from === null || to === null) return null;
  return {
    ...facts,
    court: draft.court.trim(),
    fileNumber: draft.fileNumber.trim(),
    recipient: draft.recipient.trim(),
    window: { from, to },
    text: textOf(draft),
    paperSha256: draft.paperSha256,
  };
}

/** A text field of a page may write its lines as \r\n, and people paste tabs. */
function textOf({ text }: OrderDraft): string {
  return text.replaceAll(/\r\n?/gu, "\n").replaceAll("\t", " ").trim();
}

/** Null: not a time after 1970. */
export function timeOf(local: string): number | null {
  const time = new Date(local).getTime();
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/u.test(local) && time >= 0 ? time : null;
}
