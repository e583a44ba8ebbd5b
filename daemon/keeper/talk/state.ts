/**
 * State: what there is to talk with at this door, for the page.
 */
import type { TalkState } from "../../wire/api-talk.ts";
import type { Parts } from "../parts.ts";
import { wireFault } from "../wire-fault.ts";
import { mostCalls } from "./calls.ts";
import type { SoundPart } from "./door-sound.ts";
import { canSpeak } from "./speech.ts";

export function mayHear({ policies }: Pick<Parts, "policies">): boolean {
  return policies.policy?.audio === true;
}

export function talkState(parts: Parts): TalkState {
  const { settings, calls, doorSound, replies, chimeTone } = parts;
  return {
    enabled: settings.talk.enabled,
    speaker: partOf(doorSound.speakerPart),
    microphone: partOf(doorSound.microphonePart),
    mayHear: mayHear(parts),
    calls: calls.count,
    mostCalls,
    replies: [...replies.all],
    canSpeak: canSpeak(),
    chime: { ...chimeTone.choice, used: settings.chime.driver === "speaker" },
  };
}

function partOf({ state, name, fault }: SoundPart): TalkState["speaker"] {
  return { state, name, ...(fault === undefined ? {} : { fault: wireFault(fault) }) };
}
