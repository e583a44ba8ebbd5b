/**
 * State: what there is to talk with at this door, for the page.
 */
import type { Silence, TalkState } from "../../wire/api-talk.ts";
import type { Parts } from "../parts.ts";
import { wireFault } from "../wire-fault.ts";
import { mostCalls } from "./calls.ts";
import type { SoundPart } from "./door-sound.ts";
import { canSpeak } from "./speech.ts";

/**
 * Null = the door may be heard: an owner signed it, an eye that is there obeys that very policy, and nobody has closed the
 * camera's sight: who does is not heard either.
 */
export function silentBecause({
  policies,
  privacy,
  eye,
}: Pick<Parts, "policies" | "privacy" | "eye">): Silence | null {
  const { policy } = policies;
  if (policy?.audio !== true) return "policy";
  if (privacy.state.closed) return "closed";
  const obeyed = eye.status?.mask.policyVersion;
  return obeyed === undefined || obeyed === policy.version ? null : "not-yet";
}

export function talkState(parts: Parts): TalkState {
  const { settings, calls, doorSound, replies, chimeTone } = parts;
  return {
    enabled: settings.talk.enabled,
    speaker: partOf(doorSound.speakerPart),
    microphone: partOf(doorSound.microphonePart),
    mayHear: silentBecause(parts) === null,
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
