/**
 * CallBar: under the picture of the door: answer; and in a call: talk, mute, replies, hang up, and what is heard.
 */
import { FaultNote } from "../look/fault-note.tsx";
import { Icon } from "../look/icons.tsx";
import type { Home } from "../state/home.ts";
import { useStore } from "../state/store.ts";
import { words } from "../words.ts";
import type { CallDesk, CallState } from "./call-desk.ts";
import { ReplyList } from "./reply-list.tsx";
import { TalkButton } from "./talk-button.tsx";

const { talk: say } = words;

interface Props {
  readonly home: Home;
  readonly desk: CallDesk;
  /** Making replies is for this person to do. */
  readonly mayMake: boolean;
  /** The band of the ring has the button to answer. */
  readonly rings: boolean;
}

export function CallBar({ home, desk, mayMake, rings }: Props) {
  const call = useStore(desk.state, (state) => state);
  return (
    <section class="call-bar" aria-label={say.label} data-phase={call.phase} data-testid="call">
      <div class="call-buttons">
        {call.phase === "open" && <InCall desk={desk} call={call} />}
        {call.phase !== "open" && !rings && <AnswerButton desk={desk} />}
        <ReplyList home={home} mayMake={mayMake} />
      </div>
      <p class="call-words" role="status">
        {spoken(call)}
      </p>
      <FaultNote fault={call.fault} />
    </section>
  );
}

export function AnswerButton({ desk }: { readonly desk: CallDesk }) {
  const phase = useStore(desk.state, (call) => call.phase);
  if (phase === "open") return null;
  return (
    <button
      type="button"
      class="button button-main call-answer"
      disabled={phase === "calling"}
      onClick={() => void desk.answer()}
      data-testid="answer"
    >
      <Icon name="phone" />
      {phase === "calling" ? say.calling : say.answer}
    </button>
  );
}

function InCall({ desk, call }: { readonly desk: CallDesk; readonly call: CallState }) {
  return (
    <>
      {call.voice === "ready" && <TalkButton desk={desk} talking={call.talking} />}
      {(call.heard === "yes" || call.heard === "untold") && (
        <button
          type="button"
          class="button"
          aria-pressed={call.muted}
          onClick={() => desk.mute(!call.muted)}
          data-testid="mute"
        >
          <Icon name="speaker" />
          {call.muted ? say.unmute : say.mute}
        </button>
      )}
      <button type="button" class="button call-end" onClick={() => desk.hangUp()} data-testid="hang-up">
        <Icon name="close" />
        {say.hangUp}
      </button>
    </>
  );
}

function spoken(call: CallState): string {
  if (call.phase === "idle") return call.ended === null ? "" : say.ended[call.ended];
  if (call.phase === "calling") return say.calling;
  const parts = [call.talking ? say.whileTalking : say.heard[call.heard], say.voice[call.voice]];
  return parts.filter((part) => part !== "").join(" ");
}
