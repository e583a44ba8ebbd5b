/**
 * Topics: where a doorbell speaks at the broker. Pure.
 *
 *   <topic>/<device>/status   online, offline (retained, the broker's last word when the doorbell is gone)
 *   <topic>/<device>/state    how everything is, one JSON object (retained)
 *   <topic>/<device>/ring     a ring, never retained: who comes later must not hear it; so each kind that there is
 *   <topic>/<device>/motion   something began to move, never retained; person, parcel-left, ... as soon as it is known
 *   <topic>/<device>/privacy/set, snooze/set   ON or OFF, from the broker; listened to where the settings allow it
 *   <discovery>/device/sill-<device>/config   what Home Assistant makes of it (retained)
 *   <discovery>/status        Home Assistant says online here when it starts
 */
import { switchNames, type SwitchName } from "../../wire/told.ts";
import { toldKinds, type ToldKind } from "./kinds.ts";

export interface Topics {
  readonly status: string;
  readonly state: string;
  readonly happened: Readonly<Record<ToldKind, string>>;
  readonly set: Readonly<Record<SwitchName, string>>;
  readonly config: string;
  readonly homeStatus: string;
}

export interface TopicRoots {
  readonly topic: string;
  readonly discovery: string;
}

export function topicsOf({ topic, discovery }: TopicRoots, device: string): Topics {
  const own = `${topic}/${device}`;
  return {
    status: `${own}/status`,
    state: `${own}/state`,
    happened: namesUnder(own, toldKinds),
    set: namesUnder(own, switchNames, "/set"),
    config: `${discovery}/device/sill-${device}/config`,
    homeStatus: `${discovery}/status`,
  };
}

function namesUnder<Name extends string>(
  own: string,
  names: readonly Name[],
  more = "",
): Record<Name, string> {
  return Object.fromEntries(names.map((name) => [name, `${own}/${name}${more}`])) as Record<Name, string>;
}
