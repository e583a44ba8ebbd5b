/**
 * Header: the name of the house, whether it is connected, and the sound of the bell.
 */
import type { Tone } from "../ring/tone.ts";
import type { Home } from "../state/home.ts";
import { useStore } from "../state/store.ts";
import { words } from "../words.ts";
import { Icon, Logo } from "./icons.tsx";

function SoundToggle({ tone }: { readonly tone: Tone }) {
  const { on, blocked } = useStore(tone.state, (value) => value);
  const word = !on ? words.sound.off : blocked ? words.sound.blocked : words.sound.on;
  return (
    <button
      type="button"
      class="button sound"
      aria-pressed={on}
      aria-label={words.sound.label}
      title={word}
      data-blocked={blocked}
      onClick={() => tone.setOn(!on)}
    >
      <Icon name={on ? "soundOn" : "soundOff"} />
      <span class="wide-only">{on && blocked ? words.sound.on : word}</span>
    </button>
  );
}

function Simulation({ home }: { readonly home: Home }) {
  const simulated = useStore(home.store, (model) => model.status?.simulated ?? false);
  if (!simulated) return null;
  return (
    <>
      <span class="chip" title={words.simulatedWhy}>
        {words.simulated}
      </span>
      <button type="button" class="button" onClick={() => void home.press()} title={words.press}>
        <Icon name="button" />
        <span class="wide-only">{words.press}</span>
      </button>
    </>
  );
}

export function Header({ home, tone }: { readonly home: Home; readonly tone: Tone }) {
  return (
    <header class="top">
      <a class="skip" href="#events">
        {words.skipToEvents}
      </a>
      <h1 class="brand">
        <Logo />
        {words.name}
      </h1>
      <span class="stretch" />
      <Simulation home={home} />
      <SoundToggle tone={tone} />
    </header>
  );
}

/** Only while the connection is gone: what is on the screen may be old. */
export function LinkLost({ home }: { readonly home: Home }) {
  const lost = useStore(home.store, (model) => model.link === "lost");
  return (
    <div role="status" class="lost-place">
      {lost && (
        <div class="lost" data-testid="lost">
          <Icon name="link" />
          <p>{words.link.lost}</p>
          <button type="button" class="button" onClick={() => home.retryNow()}>
            {words.link.retry}
          </button>
        </div>
      )}
    </div>
  );
}
