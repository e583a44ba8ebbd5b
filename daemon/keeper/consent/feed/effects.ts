/**
 * Effects: what a round of the feed does to the requests that this house keeps. Pure.
 *
 * A request that was taken back, or whose agency lost the key, the territory or the address it was made with,
 * cannot be answered any more. What was granted before stays granted. What was never told goes without a word.
 */
import { agencyProblem } from "../../../consent/check-request.ts";
import { rejectWords } from "../../../consent/reject-codes.ts";
import { isUndecided, wasShown, type RequestRecord } from "../request-record.ts";
import type { Effect } from "./judge.ts";

const mostNotes = 10;

export function applyEffects(
  requests: readonly RequestRecord[],
  effects: readonly Effect[],
): readonly RequestRecord[] {
  return effects.reduce(applyEffect, requests);
}

function applyEffect(requests: readonly RequestRecord[], effect: Effect): readonly RequestRecord[] {
  switch (effect.type) {
    case "found":
      return [...requests, effect.record];
    case "note":
      return requests.map((record) => (record.hash === effect.hash ? noted(record, effect.text) : record));
    case "withdrawn":
      return requests.flatMap((record) =>
        record.hash === effect.hash ? withdrawn(record, effect.note) : record,
      );
    case "profile":
      return requests.flatMap((record) => {
        const { request, envelope } = record;
        if (request.agency !== effect.profile.id) return record;
        const problem = agencyProblem(request, effect.profile, envelope.signatures[0]?.keyid ?? "");
        return problem === null ? record : withdrawn(record, rejectWords[problem]);
      });
  }
}

function withdrawn(record: RequestRecord, note: string | null): RequestRecord[] {
  if (!isUndecided(record)) return [record];
  if (!wasShown(record)) return [];
  return [noted({ ...record, state: "withdrawn" }, note)];
}

function noted(record: RequestRecord, text: string | null): RequestRecord {
  return text === null ? record : { ...record, notes: [...record.notes, text].slice(-mostNotes) };
}
