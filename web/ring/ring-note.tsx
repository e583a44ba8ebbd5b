/**
 * RingNote: somebody rings while the viewer looks at something else: one line, and the way there.
 */
import { clockTime } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import { words } from "../words.ts";
import type { Ringing } from "./ring.ts";

export function RingNote({ ringing, onSee }: { readonly ringing: Ringing; readonly onSee: () => void }) {
  return (
    <div class="ring-note" role="alert">
      <Icon name="bell" class="ring-bell" />
      <span>{`${words.ring.title}. ${words.ring.at(clockTime(ringing.event.startWallMs))}.`}</span>
      <button type="button" class="button" onClick={onSee}>
        {words.ring.see}
      </button>
    </div>
  );
}
