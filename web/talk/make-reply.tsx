/**
 * MakeReply: a new quick reply, of words that the doorbell speaks or of one's own voice.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { TalkState } from "../../daemon/wire/api-talk.ts";
import { mostReplyS, voices, type VoiceName } from "../../daemon/wire/reply-limits.ts";
import { Fault } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { Field } from "../look/field.tsx";
import { Icon } from "../look/icons.tsx";
import { useAction } from "../look/use-action.ts";
import { words } from "../words.ts";
import { keepRecording, speakReply } from "./api.ts";
import { record, type Recording } from "./recorder.ts";

const { page: say } = words.talk;

interface Props {
  readonly clock: Clock;
  readonly talk: TalkState;
  readonly onMade: () => void;
}

export function MakeReply({ clock, talk, onMade }: Props) {
  const [name, setName] = useState("");
  const [said, setSaid] = useState("");
  const [voice, setVoice] = useState<VoiceName>("en-gb");
  const [recording, setRecording] = useState<Recording | null>(null);
  const [leftS, setLeftS] = useState(mostReplyS);
  const { busy, fault, run } = useAction();
  // whoever leaves the page while it listens has not said that it is to be kept
  const listening = useRef<{ readonly recording: Recording | null; readonly isLeft: boolean }>({
    recording: null,
    isLeft: false,
  });
  useEffect(
    () => () => {
      listening.current.recording?.drop();
      listening.current = { recording: null, isLeft: true };
    },
    [],
  );
  const made = (): void => {
    setName("");
    setSaid("");
    onMade();
  };
  const speak = async (): Promise<void> => {
    if (await run(async () => void (await speakReply(name, said, voice)))) made();
  };
  const listen = async (): Promise<void> => {
    const kept = await run(async () => {
      if (name.trim() === "") throw new Fault("invalid", say.needsName);
      const begun = await record();
      setRecording(begun);
      if (listening.current.isLeft) begun.drop();
      else listening.current = { recording: begun, isLeft: false };
      setLeftS(mostReplyS);
      const cancel = clock.every(1_000, () => setLeftS((left) => Math.max(0, left - 1)));
      try {
        await keepRecording(name, await begun.done);
      } finally {
        cancel();
        listening.current = { ...listening.current, recording: null };
        setRecording(null);
      }
    });
    if (kept) made();
  };
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        void speak();
      }}
    >
      <Field label={say.name} value={name} onValue={setName} maxLength={60} />
      {talk.canSpeak ? (
        <>
          <Field label={say.said} value={said} onValue={setSaid} maxLength={160} />
          <div class="field">
            <label for="voice">{say.voiceLabel}</label>
            <select
              id="voice"
              class="input"
              value={voice}
              onChange={({ currentTarget }) =>
                setVoice(voices.find((each) => each === currentTarget.value) ?? "en-gb")
              }
            >
              {voices.map((each) => (
                <option key={each} value={each}>
                  {say.voices[each]}
                </option>
              ))}
            </select>
          </div>
        </>
      ) : (
        <p class="block-note">{say.cannotSpeak}</p>
      )}
      <div class="form-row">
        {talk.canSpeak && (
          <button
            type="submit"
            class="button button-main"
            disabled={busy || said.trim() === "" || name.trim() === ""}
          >
            {say.speak}
          </button>
        )}
        {recording === null ? (
          <button
            type="button"
            class="button"
            disabled={busy}
            onClick={() => void listen()}
            data-testid="record"
          >
            <Icon name="mic" />
            {say.record}
          </button>
        ) : (
          <button
            type="button"
            class="button button-main"
            onClick={() => recording.stop()}
            data-testid="stop"
          >
            <Icon name="check" />
            {say.stop}
          </button>
        )}
        <p role="status" class="quiet-status">
          {recording !== null && say.recording(leftS)}
        </p>
      </div>
      <FaultNote fault={fault} />
    </form>
  );
}
