/**
 * WalkScreen: the whole screen says SEEN or NOT SEEN, to be read from eight metres.
 *
 * Colour, word, sign and tone say the same thing. The buttons lie at the bottom, under a thumb.
 */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Zones } from "../../../daemon/wire/api-household.ts";
import type { Frame } from "../../drawing/frame.ts";
import { duration, position } from "../../look/format.ts";
import { Icon, type IconName } from "../../look/icons.tsx";
import { words } from "../../words.ts";
import { PathView } from "./path-view.tsx";
import { useAwake } from "./use-awake.ts";
import type { WalkDesk, WalkState } from "./use-walk.ts";
import { delayOf, mostNotes, type Sight, type Walking } from "./walk.ts";

const { calibrate: say } = words;

const icons: Readonly<Record<Sight, IconName>> = { seen: "eye", unseen: "eyeOff", silent: "alert" };

interface Props {
  readonly desk: WalkDesk;
  readonly state: Extract<WalkState, { readonly phase: "countdown" | "walking" }>;
  readonly zones: Zones["zones"];
  readonly frame: Frame;
  readonly ratio: number;
}

export function WalkScreen({ desk, state, zones, frame, ratio }: Props) {
  const root = useRef<HTMLDivElement>(null);
  useAwake(true);
  useLayoutEffect(() => {
    const before = document.activeElement;
    root.current?.focus();
    document.documentElement.requestFullscreen?.().catch(() => {}); // not allowed everywhere: it covers the page anyway
    return () => {
      if (document.fullscreenElement !== null) document.exitFullscreen().catch(() => {});
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const sight = state.phase === "countdown" ? "countdown" : state.walk.sight;
  return (
    <div
      class="walk-screen"
      ref={root}
      role="dialog"
      aria-modal="true"
      aria-label={say.walk}
      tabIndex={-1}
      data-sight={sight}
      onKeyDown={(event) => keepInside(event, root.current)}
      data-testid="walk-screen"
    >
      {state.phase === "countdown" ? (
        <Countdown leftS={state.leftS} desk={desk} />
      ) : (
        <Walk walk={state.walk} lengthMs={state.lengthMs} {...{ desk, zones, frame, ratio }} />
      )}
    </div>
  );
}

function Countdown({ leftS, desk }: { readonly leftS: number; readonly desk: WalkDesk }) {
  return (
    <>
      <p class="walk-ready">{say.getReady}</p>
      <p class="walk-count" role="timer" aria-live="assertive" data-testid="walk-count">
        {leftS}
      </p>
      <div class="walk-buttons">
        <button type="button" class="walk-button" onClick={desk.stop}>
          <Icon name="close" />
          {say.cancel}
        </button>
      </div>
    </>
  );
}

interface WalkProps extends Omit<Props, "state"> {
  readonly walk: Walking;
  readonly lengthMs: number;
}

function Walk({ walk, lengthMs, desk, zones, frame, ratio }: WalkProps) {
  const [said, setSaid] = useState("");
  const { sight } = walk;
  const delay = delayOf(walk);
  const note = (text: string): void => {
    desk.note(text);
    setSaid(say.noted(text));
  };
  return (
    <>
      <p class="walk-top">
        <span role="timer">{position(lengthMs)}</span>
        <span>{delay === null ? say.notYetSeen : say.firstSeenAfter(delay)}</span>
      </p>
      <p class="walk-sight" role="status" aria-live="assertive" data-testid="walk-sight">
        <Icon name={icons[sight]} />
        <strong>{say.sights[sight]}</strong>
        <span class="walk-hint">{hintOf(walk)}</span>
      </p>
      <PathView zones={zones} frame={frame} path={walk.path} ratio={ratio} />
      <div class="walk-notes" role="group" aria-label={say.notes}>
        {say.noteTexts.map((text) => (
          <button
            key={text}
            type="button"
            class="walk-note"
            disabled={walk.notes.length >= mostNotes}
            onClick={() => note(text)}
          >
            {text}
          </button>
        ))}
      </div>
      <p class="walk-said" role="status">
        {said}
      </p>
      <div class="walk-buttons">
        <button type="button" class="walk-button" onClick={desk.stop} data-testid="walk-stop">
          <Icon name="check" />
          {say.stop}
        </button>
      </div>
    </>
  );
}

function hintOf({ sight, zones, motionWallMs, heardWallMs }: Walking): string {
  if (sight === "silent") return say.silentHint;
  if (sight === "seen") return zones.filter((zone) => zone !== "everywhere").join(", ");
  return motionWallMs === null || heardWallMs === null
    ? ""
    : say.lastSeen(duration(heardWallMs - motionWallMs));
}

/** The keyboard stays on this screen. */
function keepInside(event: KeyboardEvent, root: HTMLElement | null): void {
  if (event.key !== "Tab" || root === null) return;
  const all = [...root.querySelectorAll<HTMLElement>("button:not(:disabled)")];
  const [first, last] = [all[0], all.at(-1)];
  const at = document.activeElement;
  const wrap = event.shiftKey ? at === first || at === root : at === last;
  if (!wrap) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}
