/**
 * Door: button, chime, motion sensor, light, and the sound of the door.
 *
 *   button -> doorbell -> book, chime, eye           call -> door sound -> loudspeaker
 */
import { speakerChime } from "../../../hal/speaker-chime.ts";
import { Doorbell } from "../doorbell.ts";
import { faultFields } from "../log.ts";
import { callAddress } from "../page-address.ts";
import { Sensors } from "../sensors/sensors.ts";
import { Calls } from "../talk/calls.ts";
import { ChimeTone } from "../talk/chime-choice.ts";
import { DoorSound } from "../talk/door-sound.ts";
import { Replies } from "../talk/replies.ts";
import { silentBecause } from "../talk/state.ts";
import type { Built, Site } from "./site.ts";

type Sound = Pick<Built, "doorSound" | "chimeTone" | "calls" | "replies">;

export function buildDoor(
  site: Site,
  { book, live, metrics }: Pick<Built, "book" | "live" | "metrics">,
): Sound & Pick<Built, "doorbell" | "sensors"> {
  const sound = buildSound(site, live);
  const doorbell = new Doorbell({
    cooldownMs: site.settings.button.cooldownMs,
    book,
    record: (event) => site.house().eye.record(event),
    chime: () => site.house().sensors.sound(),
  });
  return { ...sound, doorbell, sensors: buildSensors(site, { ...sound, doorbell, metrics }) };
}

function buildSound({ settings, clock, sounds, paths, house, onChange }: Site, live: Built["live"]): Sound {
  const doorSound = new DoorSound({ drivers: sounds, onChange });
  const calls = new Calls({
    clock,
    enabled: settings.talk.enabled,
    bindAddress: callAddress(settings.web.host),
    live,
    door: doorSound,
    silentBecause: () => silentBecause(house()),
    append: (happened) => house().history.append(happened),
    onHeard: (id, heard) => house().pages.tell({ type: "call-heard", id, heard }),
    onEnded: (id, why) => house().pages.tell({ type: "call-ended", id, why }),
    onChange,
  });
  return {
    doorSound,
    chimeTone: new ChimeTone(paths.talk),
    calls,
    replies: new Replies(paths.talk, clock),
  };
}

function buildSensors(
  { settings, clock, log, drivers, house, onChange }: Site,
  needed: Pick<Built, "doorSound" | "chimeTone" | "doorbell" | "metrics">,
): Sensors {
  const { doorSound, chimeTone, doorbell, metrics } = needed;
  const speakerDriver = {
    open: async () => speakerChime({ speaker: () => doorSound.speaker, tone: () => chimeTone.pcm }),
  };
  return new Sensors({
    settings,
    clock,
    drivers: settings.chime.driver === "speaker" ? { ...drivers, chime: speakerDriver } : drivers,
    onPress: (press) => {
      doorbell.handlePress(press);
      metrics.pressed(clock.monoMs() - press.monoMs);
      onChange();
    },
    onPir: () => {
      const { book, eye } = house();
      book.pir();
      eye.tellPir();
      onChange();
    },
    onPirTrouble: (fault) => {
      if (fault === null) log.info("the motion sensor behaves again");
      else log.warn(faultFields(fault), "the motion sensor is not trusted: the picture alone decides");
    },
    onChange,
  });
}
