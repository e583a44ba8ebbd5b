/**
 * ChooseStep: the recordings that there are to choose from. Nothing is chosen beforehand.
 */
import { useState } from "preact/hooks";
import type { Clip, Event } from "../../daemon/wire/api.ts";
import { playableMs } from "../clip/plan.ts";
import { clockTime, dayTitle } from "../look/format.ts";
import type { Home } from "../state/home.ts";
import { useStore } from "../state/store.ts";
import { words } from "../words.ts";
import { ClipChoice } from "./clip-choice.tsx";
import type { Choice } from "./parts.ts";
import { clipsOf, type Source } from "./source.ts";
import { boundsOf, type Span } from "./span.ts";

const { share: say } = words;

interface Props {
  readonly home: Home;
  readonly source: Source;
  readonly clips: readonly Clip[];
  readonly choice: Choice;
  readonly onSpan: (clip: string, span: Span | null) => void;
  readonly onAdd: (clip: Clip) => void;
}

export function ChooseStep({ home, source, clips, choice, onSpan, onAdd }: Props) {
  const [open, setOpen] = useState<string | null>(clips.length === 1 ? (clips[0]?.id ?? null) : null);
  return (
    <>
      <ul class="cards">
        {clips.map((clip) => {
          const whole = { startWallMs: clip.startWallMs, lengthMs: playableMs(clip) };
          const bounds = boundsOf(whole, source.window);
          if (bounds === null) return null;
          return (
            <ClipChoice
              key={clip.id}
              clip={clip}
              bounds={bounds}
              span={choice.get(clip.id) ?? null}
              isOpen={open === clip.id}
              onOpen={(isOpen) => setOpen(isOpen ? clip.id : null)}
              onSpan={(span) => onSpan(clip.id, span)}
            />
          );
        })}
      </ul>
      {source.asked.kind === "own" && <More home={home} known={clips} onAdd={onAdd} />}
    </>
  );
}

const mostOffered = 40;

/** Other recordings that the page knows of, newest first. */
function More({ home, known, onAdd }: Pick<Props, "home" | "onAdd"> & { readonly known: readonly Clip[] }) {
  const events = useStore(home.store, (model) => model.list.events);
  const [failed, setFailed] = useState(false);
  const offered = offeredOf(events, known);
  if (offered.length === 0) return null;
  const add = (id: string): void => {
    clipsOf([id]).then(
      ([clip]) => clip !== undefined && onAdd(clip),
      () => setFailed(true),
    );
  };
  return (
    <details class="more-clips">
      <summary class="button">{say.more}</summary>
      {failed && <p role="alert">{say.failed}</p>}
      <ul class="more-list">
        {offered.map((event) => (
          <li key={event.id}>
            <button type="button" class="menu-item" onClick={() => event.clip !== null && add(event.clip)}>
              {`${words.kinds[event.kind]}, ${dayTitle(startOfDay(event.startWallMs), home.now())}, ${clockTime(event.startWallMs)}`}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** A recording that shows several events is offered once. */
function offeredOf(events: readonly Event[], known: readonly Clip[]): Event[] {
  const seen = new Set(known.map(({ id }) => id));
  const offered: Event[] = [];
  for (const event of events) {
    if (event.clip === null || event.state === "open" || seen.has(event.clip)) continue;
    seen.add(event.clip);
    offered.push(event);
    if (offered.length === mostOffered) break;
  }
  return offered;
}

function startOfDay(wallMs: number): number {
  return new Date(wallMs).setHours(0, 0, 0, 0);
}
