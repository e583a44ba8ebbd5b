/**
 * ReplyList: quick replies as buttons; a tap sounds one at the door. A native popover.
 */
import { useState } from "preact/hooks";
import { FaultNote } from "../look/fault-note.tsx";
import { Icon } from "../look/icons.tsx";
import { useAction } from "../look/use-action.ts";
import { useAsked } from "../look/use-asked.ts";
import { addressOf } from "../route/route.ts";
import type { Home } from "../state/home.ts";
import { words } from "../words.ts";
import { getTalk, playReply } from "./api.ts";

const { talk: say } = words;

export function ReplyList({ home, mayMake }: { readonly home: Home; readonly mayMake: boolean }) {
  const asked = useAsked(getTalk, { clock: home.clock, everyMs: null });
  const { busy, fault, run } = useAction();
  const [playing, setPlaying] = useState<string | null>(null);
  const replies = asked.value?.replies ?? [];
  const play = async (id: string): Promise<void> => {
    setPlaying(id);
    await run(() => playReply(id));
    setPlaying(null);
  };
  return (
    <div class="call-replies">
      <button
        type="button"
        class="button"
        popovertarget="replies"
        onClick={asked.again}
        data-testid="replies"
      >
        <Icon name="say" />
        {say.replies}
      </button>
      <div class="menu call-reply-list" id="replies" popover="auto" role="group" aria-label={say.replies}>
        {asked.value !== null && replies.length === 0 && (
          <p class="call-none">
            {say.noReplies} {mayMake && <a href={addressOf("talk")}>{say.makeReplies}</a>}
          </p>
        )}
        <ul>
          {replies.map(({ id, name }) => (
            <li key={id}>
              <button type="button" class="menu-item" disabled={busy} onClick={() => void play(id)}>
                <Icon name="play" />
                {playing === id ? say.playing : name}
              </button>
            </li>
          ))}
        </ul>
        <FaultNote fault={asked.fault ?? fault} />
      </div>
    </div>
  );
}
