/**
 * Thumbnail: the small picture of an event, or a quiet place where it would be.
 *
 * A clip without a thumbnail (yet) is not asked for one; a notice says when it is there. One that
 * fails to load is replaced by the event's icon.
 */
import { useState } from "preact/hooks";
import type { Clip, Event } from "../../daemon/wire/api.ts";
import { Icon } from "../look/icons.tsx";
import { clipPaths } from "../state/api.ts";

interface Props {
  readonly event: Event;
  readonly clip: Clip | null;
}

/** Null: there is nothing to ask for. The event or its clip hears of it first. */
export function addressOf(event: Event, clip: Clip | null): string | null {
  if (event.clip === null) return null;
  return event.thumbnail || clip?.thumbnail ? clipPaths.thumbnail(event.clip) : null;
}

export function Thumbnail({ event, clip }: Props) {
  const [failed, setFailed] = useState<string | null>(null);
  const address = addressOf(event, clip);
  const attempt = `${address} ${clip?.thumbnail}`;
  return (
    <span class="thumb" data-kind={event.kind}>
      {address !== null && failed !== attempt ? (
        <img src={address} alt="" loading="lazy" decoding="async" onError={() => setFailed(attempt)} />
      ) : (
        <Icon
          name={
            event.clip === null && event.state !== "open"
              ? "noVideo"
              : event.kind === "ring"
                ? "bell"
                : "motion"
          }
        />
      )}
      {event.state === "open" && <span class="thumb-now" />}
    </span>
  );
}
