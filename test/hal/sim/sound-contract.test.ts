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
