/**
 * ToldList: what happened lately, and whether it was told, held or left out, and why.
 */
import { countsText, noCounts } from "../../daemon/alerts/counts.ts";
import { everywhere } from "../../daemon/sight/rules.ts";
import type { AlertsView, Outcome, ToldEntry } from "../../daemon/wire/api-alerts.ts";
import { SignIcon } from "../events/sign-icon.tsx";
import { nearMoment } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import { words } from "../words.ts";
import { toldSigns } from "./told-sign.ts";

const { told: say } = words.alerts;

interface Props {
  readonly view: AlertsView;
  readonly nowMs: number;
}

export function ToldList({ view, nowMs }: Props) {
  if (view.recent.length === 0) return <p>{say.none}</p>;
  return (
    <ul class="told-list" data-testid="told">
      {view.recent.map((entry) => (
        <li key={entry.id} class="told">
          {entry.what === "digest" ? <Icon name="frames" /> : <SignIcon sign={toldSigns[entry.what]} />}
          <div class="told-words">
            <strong>{whatOf(entry)}</strong>
            <time dateTime={new Date(entry.wallMs).toISOString()}>{nearMoment(entry.wallMs, nowMs)}</time>
          </div>
          <div class="told-whom">
            <Whom name={say.you} outcome={entry.own} />
            <Whom name={say.house} outcome={entry.house} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function Whom({ name, outcome }: { readonly name: string; readonly outcome: Outcome | null }) {
  if (outcome === null) return null;
  return (
    <span class="told-chip" data-told={outcome.told}>
      {name}: {outcomeWords(outcome)}
    </span>
  );
}

function outcomeWords({ told, why }: Outcome): string {
  if (told === "now" || why === null) return say.now;
  const reasons: Readonly<Record<string, string>> = told === "later" ? say.later : say.never;
  return reasons[why] ?? why;
}

function whatOf({ what, zones, sum }: ToldEntry): string {
  if (sum !== null || what === "digest") return say.digest(countsText(sum ?? noCounts));
  const known = what === "ring" ? [] : zones.filter((zone) => zone !== everywhere);
  const words = say.kind[what];
  return known.length === 0 ? words : say.where(words, known.join(", "));
}
