/**
 * FeedNote: how the public log stands: quiet when it is well, loud when it cannot be trusted.
 */
import { isRejectCode, rejectWords } from "../../daemon/consent/reject-codes.ts";
import type { Requests } from "../../daemon/wire/api-consent.ts";
import { nearMoment, number, sentence } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import { words } from "../words.ts";
import { countsOf } from "./sort.ts";

const { feed: say } = words.requests;

interface Props {
  readonly feed: Requests["feed"];
  readonly nowMs: number;
}

export function FeedNote({ feed, nowMs }: Props) {
  const checked = feed.checkedWallMs === null ? null : nearMoment(feed.checkedWallMs, nowMs);
  switch (feed.state) {
    case "off":
      return <Nothing title={say.off} note={say.offNote} />;
    case "waiting":
      return <Nothing title={say.waiting} note={say.waitingNote} />;
    case "failing":
      return (
        <div class="problem" data-level="warn" role="status" data-feed="failing">
          <Icon name="link" />
          <div>
            <strong>{say.failing}</strong>
            <Why fault={feed.fault} />
            <p>{checked === null ? say.failingNever : say.failingNote(checked)}</p>
          </div>
        </div>
      );
    case "alarm":
      return (
        <div class="problem feed-alarm" data-level="wrong" role="alert" data-feed="alarm">
          <Icon name="alert" />
          <div>
            <h3>{say.alarm}</h3>
            <Why fault={feed.fault} />
            <p>{say.alarmNote}</p>
          </div>
        </div>
      );
    case "current":
      return null;
  }
}

/** Under everything: when it was checked, and what was left out. */
export function FeedFoot({ feed, nowMs }: Props) {
  const counts = countsOf(feed.counts);
  if (feed.state === "off" || feed.state === "waiting") return null;
  return (
    <footer class="feed-foot">
      <p class="field-note">
        {feed.checkedWallMs !== null && `${say.current(nearMoment(feed.checkedWallMs, nowMs))} · `}
        {`${say.size(number(feed.size))} · ${portalName(feed.portal)}. ${say.sameTraffic}`}
      </p>
      {counts.length > 0 && (
        <details class="fold">
          <summary>{say.countsTitle}</summary>
          <table class="counts">
            <thead>
              <tr>
                <th scope="col">{say.reason}</th>
                <th scope="col">{say.count}</th>
              </tr>
            </thead>
            <tbody>
              {counts.map(([code, count]) => (
                <tr key={code}>
                  <td>{reasonOf(code)}</td>
                  <td>{number(count)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </footer>
  );
}

function reasonOf(code: string): string {
  const passedBy: Readonly<Record<string, string>> = say.passedBy;
  return passedBy[code] ?? (isRejectCode(code) ? rejectWords[code] : code);
}

export function portalName(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

function Nothing({ title, note }: { readonly title: string; readonly note: string }) {
  return (
    <div class="nothing">
      <Icon name="ask" />
      <p class="nothing-title">{title}</p>
      <p>{note}</p>
    </div>
  );
}

/** The doorbell's own words. */
function Why({ fault }: Pick<Requests["feed"], "fault">) {
  if (fault === undefined) return null;
  const texts = [fault.message, fault.hint].filter((text) => text !== undefined);
  return <p class="feed-why">{texts.map(sentence).join(" ")}</p>;
}
