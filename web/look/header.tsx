/**
 * Header: the name of the house, whether it is connected, and the sound of the bell.
 */
import { mayOf } from "../identity/may.ts";
import type { Me } from "../identity/me.ts";
import type { Tone } from "../ring/tone.ts";
import { Menu } from "../route/menu.tsx";
import { addressOf } from "../route/route.ts";
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

function Simulation({ home, mayPress }: { readonly home: Home; readonly mayPress: boolean }) {
  const simulated = useStore(home.store, (model) => model.status?.simulated ?? false);
  if (!simulated) return null;
  return (
    <>
      <span class="chip" title={words.simulatedWhy}>
        {words.simulated}
      </span>
      {mayPress && (
        <button type="button" class="button" onClick={() => void home.press()} title={words.press}>
          <Icon name="button" />
          <span class="wide-only">{words.press}</span>
        </button>
      )}
    </>
  );
}

interface Props {
  readonly home: Home;
  readonly tone: Tone;
  readonly me: Me;
  readonly route: string;
  readonly onSignOut: () => void;
}

export function Header({ home, tone, me, route, onSignOut }: Props) {
  const may = mayOf(me.person.role);
  return (
    <header class="top">
      {route === "" && may.seeEvents && (
        <a class="skip" href="#events">
          {words.skipToEvents}
        </a>
      )}
      <h1 class="brand">
        <a href={addressOf("")} class="brand-link">
          <Logo />
          {words.name}
        </a>
      </h1>
      <span class="stretch" />
      <Simulation home={home} mayPress={may.pressButton} />
      {may.seeEvents && <SoundToggle tone={tone} />}
      <Menu me={me} route={route}>
        <button type="button" class="menu-item" onClick={onSignOut}>
          <Icon name="leave" />
          {words.menu.signOut}
        </button>
      </Menu>
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
