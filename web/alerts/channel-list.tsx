/**
 * ChannelList: the ways out of the house, which are set, and how each does.
 */
import type { ChannelState } from "../../daemon/wire/api-alerts.ts";
import { nearMoment, sentence } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import { words } from "../words.ts";

const { channels: say } = words.alerts;

interface Props {
  readonly channels: readonly ChannelState[];
  readonly nowMs: number;
}

export function ChannelList({ channels, nowMs }: Props) {
  return (
    <ul class="channels">
      {channels.map((state) => (
        <li key={state.channel} class="channel" data-state={levelOf(state)}>
          <Icon name={levelOf(state) === "wrong" ? "alert" : state.on ? "check" : "minus"} />
          <div class="card-words">
            <strong>{say.names[state.channel]}</strong>
            <span>{wordsOf(state, nowMs)}</span>
          </div>
        </li>
      ))}
    </ul>
  );
}

function levelOf({ on, fault }: ChannelState): "off" | "fine" | "wrong" {
  if (!on) return "off";
  return fault === null ? "fine" : "wrong";
}

function wordsOf({ on, fault, lastTakenWallMs, lastDroppedWallMs }: ChannelState, nowMs: number): string {
  if (!on) return say.off;
  const history = [
    ...(lastTakenWallMs === null ? [] : [say.taken(nearMoment(lastTakenWallMs, nowMs))]),
    ...(lastDroppedWallMs === null ? [] : [say.dropped(nearMoment(lastDroppedWallMs, nowMs))]),
  ];
  const since = history.length === 0 ? say.nothing : history.join("; ");
  return fault === null ? since : `${say.failing}: ${sentence(fault)} ${sentence(since)}`;
}
