/**
 * UseIgnorable: may an event that somebody keeps be left to the rules again, so that they ignore it? No until it is known.
 */
import { useEffect, useState } from "preact/hooks";
import type { Zones } from "../../daemon/wire/api-household.ts";
import type { Event } from "../../daemon/wire/api.ts";
import { ask } from "../state/api.ts";
import type { Home } from "../state/home.ts";

/** `hours`: so long is kept what is ignored; null = not known yet. */
export function useIgnorable(home: Home, event: Event, hours: number | null): boolean {
  const [is, setIs] = useState(false);
  const asked = event.spared === "person" && hours !== null;
  useEffect(() => {
    setIs(false);
    if (!asked) return;
    let here = true;
    // rules are seldom asked for: not part of what every page loads
    Promise.all([import("./ignorable.ts"), ask("/api/zones")])
      .then(async ([{ isIgnorable }, answer]) => {
        const zones = (await answer.json()) as Zones;
        if (here) setIs(isIgnorable(event, zones, { nowMs: home.now(), hours }));
      })
      .catch(() => {}); // then it is kept as it is
    return () => {
      here = false;
    };
  }, [home, event, asked, hours]);
  return is;
}
