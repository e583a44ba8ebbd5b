/**
 * RingBanner: somebody is at the door, said so that nobody can miss it.
 *
 * Sits beside the live picture (the stage around both becomes one band). Speaks through an alert
 * region, changes the window's title, sounds the tone, and brings the page's top into view; it
 * does not take the keyboard away from where it was.
 */
import { useEffect, useState } from "preact/hooks";
import { clockTime, duration } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import type { Home } from "../state/home.ts";
import { words } from "../words.ts";
import { AnswerButton } from "../talk/call-bar.tsx";
import type { CallDesk } from "../talk/call-desk.ts";
import type { Ringing } from "./ring.ts";
import type { Tone } from "./tone.ts";

const { ring: say } = words;

function useAgeMs(home: Home, wallMs: number): number {
  const [ageMs, setAgeMs] = useState(() => home.now() - wallMs);
  useEffect(() => {
    const look = (): void => setAgeMs(home.now() - wallMs);
    look();
    return home.clock.every(1_000, look);
  }, [home, wallMs]);
  return ageMs;
}

/** Everything about a ring that is not in the banner: title, tone, scrolling. */
export function useRingEffects(ringing: Ringing | null, tone: Tone): void {
  const wallMs = ringing?.event.startWallMs ?? null;
  useEffect(() => {
    if (wallMs === null) return;
    tone.play();
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    window.scrollTo({ top: 0, behavior: calm ? "instant" : "smooth" });
    document.title = say.documentTitle(clockTime(wallMs));
    return () => {
      document.title = words.name;
    };
  }, [wallMs, tone]);
}

interface Props {
  readonly home: Home;
  readonly ringing: Ringing;
  /** Null: not for this person to answer. */
  readonly desk: CallDesk | null;
}

export function RingBanner({ home, ringing, desk }: Props) {
  const { event, count } = ringing;
  const ageMs = useAgeMs(home, event.startWallMs);
  const age = ageMs < 3_000 ? say.justNow : say.ago(duration(ageMs));
  return (
    <section class="ring-banner" aria-label={say.title} data-testid="ring">
      <div class="ring-sign" key={event.id}>
        <span class="ring-wave" />
        <span class="ring-wave ring-wave-late" />
        <Icon name="bell" class="ring-bell" />
      </div>
      <div class="ring-words">
        <h2>{say.title}</h2>
        <p>
          <time dateTime={new Date(event.startWallMs).toISOString()}>
            {say.at(clockTime(event.startWallMs))}
          </time>
          <span class="ring-age">{age}</span>
          {count > 1 && <span class="ring-age">{say.again(count)}</span>}
        </p>
      </div>
      <div class="ring-acts">
        {desk !== null && <AnswerButton desk={desk} />}
        <button type="button" class="button ring-dismiss" onClick={() => home.dismissRing()}>
          {say.dismiss}
        </button>
      </div>
    </section>
  );
}

/** Always there, so that screen readers watch it; empty while nobody rings. */
export function RingSpoken({ ringing }: { readonly ringing: Ringing | null }) {
  return (
    <p class="unseen" role="alert">
      {ringing !== null && say.spoken(clockTime(ringing.event.startWallMs))}
    </p>
  );
}
