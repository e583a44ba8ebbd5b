/**
 * Speaker chime: a chime tone through the speaker, in the place of a chime on a wire.
 */
import { Fault } from "./fault.ts";
import type { Pcm } from "./pcm.ts";
import type { Chime } from "./sensors.ts";
import type { Speaker } from "./speaker.ts";

export interface SpeakerChimeOptions {
  /** Null = there is none; a sound then rejects. */
  readonly speaker: () => Speaker | null;
  /** Ready to be sounded: this is asked while somebody presses the button. */
  readonly tone: () => Pcm;
}

export function speakerChime({ speaker, tone }: SpeakerChimeOptions): Chime {
  let sounding: Speaker | null = null;
  let open = true;
  return {
    name: "speaker",
    async sound() {
      if (sounding !== null || !open) return;
      const through = speaker();
      if (through === null)
        throw new Fault("unavailable", "there is no speaker", {
          hint: "name one as talk.speaker, or use another chime.driver",
        });
      sounding = through;
      try {
        await through.sound(tone());
      } finally {
        sounding = null;
      }
    },
    async [Symbol.asyncDispose]() {
      open = false;
      sounding?.stop();
    },
  };
}
