import { chimeContract } from "../../contract/chime.ts";
import { durationMs } from "../../../hal/pcm.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { speakerChime } from "../../../hal/speaker-chime.ts";
import { toneOf } from "../../../hal/tones/tones.ts";
import { systemClock } from "../../../hal/clock.ts";
import { porchHertz, simOpenMicrophone } from "../../../hal/sim/open-microphone.ts";
import { simSpeaker } from "../../../hal/sim/speaker.ts";
import { openMicrophoneContract } from "../../contract/open-microphone.ts";
import { speakerContract } from "../../contract/speaker.ts";

speakerContract("sim", async () => {
  const speaker = simSpeaker({ clock: systemClock });
  return {
    speaker,
    heard: async () => speaker.heard(),
    [Symbol.asyncDispose]: () => speaker[Symbol.asyncDispose](),
  };
});

openMicrophoneContract("sim", { driver: simOpenMicrophone({ clock: systemClock }), hertz: porchHertz });

chimeContract("speaker", async () => {
  const clock = new SimClock();
  const speaker = simSpeaker({ clock });
  const chime = speakerChime({ speaker: () => speaker, tone: () => toneOf("knock", 80) });
  return {
    chime,
    clock,
    soundMs: Math.ceil(durationMs(toneOf("knock", 80))),
    sounding: () => speaker.sounding,
    sounded: () => speaker.sounded,
    [Symbol.asyncDispose]: () => chime[Symbol.asyncDispose](),
  };
});
