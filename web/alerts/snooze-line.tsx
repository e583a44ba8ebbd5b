/**
 * SnoozeLine: on the door: is somebody kept silent, by whom and until when; snoozing and ending it with one tap.
 *
 * An owner's tap is for themselves and for the house's phones, everybody else's for themselves. It keeps rings silent too:
 * who taps here wants to hear nothing.
 */
import "../look/alerts.css";
import type { AlertsView } from "../../daemon/wire/api-alerts.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { Icon } from "../look/icons.tsx";
import { useAction } from "../look/use-action.ts";
import { addressOf } from "../route/route.ts";
import type { Home } from "../state/home.ts";
import { useNow } from "../state/use-now.ts";
import { words } from "../words.ts";
import { endSnooze, putSnooze, type Whose } from "./api.ts";
import { hasHouse, silenceNow } from "./silence.ts";
import { silenceWords } from "./silence-words.ts";
import { useAlerts } from "./use-alerts.ts";

const { line: say } = words.alerts;

interface Props {
  readonly home: Home;
  /** This person decides for the house too. */
  readonly isOwner: boolean;
}

export function SnoozeLine({ home, isOwner }: Props) {
  const { view, set } = useAlerts(home, { withTold: false });
  const nowMs = useNow(home);
  const action = useAction();
  if (view === null) return null;
  const whose: Whose[] = isOwner && hasHouse(view) ? ["own", "house"] : ["own"];
  const change = (act: (each: Whose) => Promise<AlertsView>): void =>
    void action.run(async () => {
      for (const each of whose) set(await act(each));
    });
  const lines = linesOf(view, nowMs);
  const mayEnd = whose.some((each) => view[each].snooze !== null);
  return (
    <section
      class="snooze-line"
      aria-label={say.title}
      data-silent={lines.length > 0}
      data-testid="snooze-line"
    >
      <Icon name={lines.length > 0 ? "quiet" : "bell"} />
      <div class="snooze-words" role="status">
        {lines.length === 0 ? <p>{say.on}</p> : lines.map((text) => <p key={text}>{text}</p>)}
      </div>
      {mayEnd ? (
        <button type="button" class="button" disabled={action.busy} onClick={() => change(endSnooze)}>
          {say.end}
        </button>
      ) : (
        <button
          type="button"
          class="button"
          disabled={action.busy}
          onClick={() => change((each) => putSnooze(each, { length: "1h", ringThrough: false }))}
        >
          {say.snooze}
        </button>
      )}
      <a class="button button-icon" href={addressOf("alerts")} aria-label={say.open} title={say.open}>
        <Icon name="sliders" />
      </a>
      <FaultNote fault={action.fault} />
    </section>
  );
}

/** One line where both are the same. */
function linesOf(view: AlertsView, nowMs: number): string[] {
  const own = silenceNow(view.own, nowMs);
  const house = hasHouse(view) ? silenceNow(view.house, nowMs) : null;
  if (own !== null && house !== null && silenceWords("", own, nowMs) === silenceWords("", house, nowMs))
    return [silenceWords(say.both, own, nowMs)];
  return [
    ...(own === null ? [] : [silenceWords(say.you, own, nowMs)]),
    ...(house === null ? [] : [silenceWords(say.house, house, nowMs)]),
  ];
}
