/**
 * Thumbnail: the small picture of an event, or a quiet place where it would be.
 *
 * A clip that is being recorded has no thumbnail yet and is not asked for one; a notice says when
 * it is there. One that fails to load is replaced by the event's icon.
 */
import { useState } from "preact/hooks";
import type { Clip, Event } from "../../daemon/wire/api.ts";
import { Icon } from "../look/icons.tsx";
import { clipPaths } from "../state/api.ts";

interface Props {
  readonly event: Event;
  readonly clip: Clip | null;
}

function addressOf(event: Event, clip: Clip | null): string | null {
  if (event.clip === null) return null;
  const there = clip === null ? event.state !== "open" : clip.thumbnail;
  return there ? clipPaths.thumbnail(event.clip) : null;
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
