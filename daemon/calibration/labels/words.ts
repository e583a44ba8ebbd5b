/**
 * Words: what the past says of one label's threshold, in short sentences for an installer.
 */
import type { Label } from "../../../models/labels.ts";
import { leastCorrections, type LabelChange, type LabelCounts } from "./propose.ts";

const names: Readonly<Record<Label, string>> = {
  person: "a person",
  vehicle: "a vehicle",
  animal: "an animal",
  parcel: "a parcel",
  other: "nothing that matters",
};

export interface Spoken {
  readonly label: Label;
  /** In hundredths; 0 = none. */
  readonly from: number;
  readonly counts: LabelCounts;
  readonly change: LabelChange | null;
  /** Events that were less sure than the threshold, and that nobody judged. */
  readonly below: number;
  /** Only so many hours count; null = all that is kept. */
  readonly onlyHours: number | null;
}

export function labelWords({ label, from, counts, change, below, onlyHours }: Spoken): string[] {
  const name = names[label];
  const { called, wrong, confirmed, hidden } = counts;
  const past =
    called === 0
      ? `No event was called ${name}.`
      : `Of ${many(called, "event")} called ${name}, ${wrong || "none"} ${wasOrWere(wrong)} corrected and ${confirmed || "none"} confirmed.`;
  const unseen =
    hidden === 0 ? [] : [`${many(hidden, "event")} that somebody called ${name}: not sure enough.`];
  const lost = below === 0 ? [] : [`${many(below, "event")} that nobody judged: not sure enough.`];
  const only =
    onlyHours === null
      ? []
      : [`Only the last ${many(onlyHours, "hour")} count: what is ignored is deleted after that.`];
  return [
    past,
    ...unseen,
    ...lost,
    ...only,
    ...(change === null ? whyNone(counts) : changeWords({ from, counts, change })),
  ];
}

function changeWords({
  from,
  counts,
  change,
}: Pick<Spoken, "from" | "counts"> & { readonly change: LabelChange }) {
  const { way, to, mends, also } = change;
  const instead = from === 0 ? `From ${to} % on` : `From ${to} % instead of ${from} % on`;
  // lowered, it also names what was judged: corrected, or given a thumb
  const others = way === "lower" ? many(also, "other event") : `${many(also, "event")} that nobody judged`;
  const too = also === 0 ? "No other event changes." : `${others} would change too.`;
  if (way === "lower")
    return [`${instead}, ${share(mends, counts.hidden)} that were not sure enough would be called so.`, too];
  const kept = counts.confirmed === 0 ? "" : ", and none that was confirmed would be lost";
  return [
    `${instead}, ${share(mends, counts.wrong)} corrected ones would not have been called so${kept}.`,
    too,
  ];
}

function whyNone({ wrong, hidden }: LabelCounts): string[] {
  const most = Math.max(wrong, hidden);
  if (most === 0) return [];
  return most < leastCorrections
    ? [`Nothing is proposed before there are ${leastCorrections} corrections.`]
    : ["No threshold parts the wrong ones from the right ones."];
}

function share(part: number, whole: number): string {
  return part === whole ? `all ${whole}` : `${part} of the ${whole}`;
}

function wasOrWere(count: number): string {
  return count === 1 ? "was" : "were";
}

function many(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
