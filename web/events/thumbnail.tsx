/**
 * Thumbnail: the small picture of an event, or a quiet place where it would be.
 *
 * A clip without a thumbnail (yet) is not asked for one; a notice says when it is there. In the
 * place of one that cannot be loaded or opened stands the event's icon.
 */
import type { Clip } from "../../daemon/wire/api.ts";
import { Icon } from "../look/icons.tsx";
import type { IconName } from "../look/icons.tsx";
import { clipPaths } from "../state/api.ts";
import type { Told } from "./describe.ts";
import { signIcons, signOf } from "./signs.ts";
import { usePicture } from "./use-picture.ts";

interface Props {
  readonly event: Told;
  readonly clip: Clip | null;
}

/** Null: there is nothing to ask for. The event or its clip hears of it first. */
export function addressOf(event: Told, clip: Clip | null): string | null {
  if (event.clip === null) return null;
  return event.thumbnail || clip?.thumbnail ? clipPaths.thumbnail(event.clip) : null;
}

function iconOf(event: Told): IconName {
  if (event.clip === null && event.state !== "open") return "noVideo";
  return signIcons[signOf(event)];
}

export function Thumbnail({ event, clip }: Props) {
  const picture = usePicture(addressOf(event, clip), clip?.thumbnail);
  return (
    <span class="thumb" data-kind={event.kind}>
      {picture === null ? <Icon name={iconOf(event)} /> : <img src={picture} alt="" decoding="async" />}
      {event.state === "open" && <span class="thumb-now" />}
    </span>
  );
}
