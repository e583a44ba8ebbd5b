/**
 * App: the door itself for somebody who is in, the entrance for everybody else.
 *
 * The entrance is loaded when it is needed: whoever is signed in never waits for it.
 */
import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { EntranceProps } from "./enter/entrance.tsx";
import type { Access } from "./identity/access.ts";
import { Inside } from "./inside.tsx";
import type { Tone } from "./ring/tone.ts";
import { useStore, type Store } from "./state/store.ts";

interface Props {
  readonly access: Access;
  readonly tone: Tone;
  readonly route: Store<string>;
}

export function App({ access, tone, route }: Props) {
  const state = useStore(access.state, (value) => value);
  const inside = state.place === "in" && state.wordsKept;
  if (inside) {
    return (
      <Inside
        key={state.me.session.id}
        me={state.me}
        tone={tone}
        route={route}
        onLost={() => void access.check()}
        onSignOut={() => void access.signOut()}
      />
    );
  }
  if (state.place === "opening") return null;
  return <LazyEntrance access={access} state={state} />;
}

function LazyEntrance(props: EntranceProps) {
  const [loaded, setLoaded] = useState<{ readonly Entrance: FunctionComponent<EntranceProps> } | null>(null);
  useEffect(() => {
    void import("./enter/entrance.tsx").then(({ Entrance }) => setLoaded({ Entrance }));
  }, []);
  return loaded === null ? null : <loaded.Entrance {...props} />;
}
