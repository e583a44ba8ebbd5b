/**
 * HistoryRow: one entry in words: who did what, about what, when; of a policy, how much was and is visible.
 */
import type { HistoryEntry } from "../../daemon/wire/api-household.ts";
import { wallMsOf } from "../../daemon/wire/id-time.ts";
import { moment, percent } from "../look/format.ts";
import { Icon, type IconName } from "../look/icons.tsx";
import { addressOf } from "../route/route.ts";
import { words } from "../words.ts";
import { toneOf, type Tone } from "./kinds.ts";

const { history: say } = words.people;

const icons: Readonly<Record<Tone, IconName>> = {
  seen: "eye",
  given: "share",
  house: "door",
  wrong: "alert",
};

export function HistoryRow({ entry }: { readonly entry: HistoryEntry }) {
  const { what, about = {}, erased } = entry;
  const tone = toneOf(what);
  const details = [
    seenOf(entry),
    entry.detail === "" ? null : entry.detail,
    clipWords(about.clip),
    erased ? say.erased : null,
  ];
  return (
    <li class="card history-entry" data-what={what} data-tone={tone}>
      <Icon name={icons[tone]} />
      <p class="card-words">
        <span>
          {!erased && <strong>{entry.who ?? say.doorbell}</strong>}{" "}
          {erased ? say.somebody(say.what[what]) : say.what[what]}
        </span>
        <span class="history-detail">{details.filter((text) => text !== null).join(" · ")}</span>
      </p>
      <span class="history-when">
        <time dateTime={new Date(entry.wallMs).toISOString()}>{moment(entry.wallMs)}</time>
        {about.grant !== undefined && <a href={addressOf(`shared/${about.grant}`)}>{say.seeGrant}</a>}
        {about.grant === undefined && about.request !== undefined && (
          <a href={addressOf("requests")}>{say.seeRequest}</a>
        )}
      </span>
    </li>
  );
}

function seenOf({ fromFrac, toFrac }: HistoryEntry): string | null {
  if (toFrac === null) return null;
  return fromFrac === null ? say.seesNow(percent(toFrac)) : say.sees(percent(fromFrac), percent(toFrac));
}

/** A clip is named by its time: it may be gone. */
function clipWords(clip: string | undefined): string | null {
  const wallMs = clip === undefined ? null : wallMsOf(clip);
  return wallMs === null ? null : say.clipOf(moment(wallMs));
}
