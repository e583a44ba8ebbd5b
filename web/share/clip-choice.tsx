/**
 * ClipChoice: one recording in the list: when, how long, what is chosen of it; opened, its editor.
 */
import { useEffect, useRef } from "preact/hooks";
import type { Clip } from "../../daemon/wire/api.ts";
import { playableMs } from "../clip/plan.ts";
import { usePicture } from "../events/use-picture.ts";
import { duration, moment } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import { clipPaths } from "../state/api.ts";
import { words } from "../words.ts";
import { ClipEditor } from "./clip-editor.tsx";
import { lengthOf, type Span } from "./span.ts";

const { share: say } = words;

interface Props {
  readonly clip: Clip;
  readonly bounds: Span;
  readonly span: Span | null;
  readonly isOpen: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly onSpan: (span: Span | null) => void;
}

export function ClipChoice({ clip, bounds, span, isOpen, onOpen, onSpan }: Props) {
  const picture = usePicture(clip.thumbnail ? clipPaths.thumbnail(clip.id) : null, clip.thumbnail);
  const time = moment(clip.startWallMs);
  const wholeMs = playableMs(clip);
  const inside = lengthOf(bounds) < wholeMs;
  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isOpen) card.current?.scrollIntoView({ block: "start" });
  }, [isOpen]);
  return (
    <li ref={card} class="card clip-choice" data-chosen={span !== null} data-clip={clip.id}>
      <div class="card-line">
        <span class="clip-picture">
          {picture === null ? <Icon name="motion" /> : <img src={picture} alt="" decoding="async" />}
        </span>
        <p class="card-words">
          <strong>{time}</strong>
          <span>
            {inside ? say.inside(duration(lengthOf(bounds)), duration(wholeMs)) : duration(wholeMs)}
          </span>
          {span !== null && <span class="clip-chosen">{say.chosen(duration(lengthOf(span)))}</span>}
        </p>
      </div>
      {isOpen && <ClipEditor clip={clip} bounds={bounds} span={span} onSpan={onSpan} />}
      <div class="form-row">
        <button
          type="button"
          class="button"
          aria-expanded={isOpen}
          aria-label={isOpen ? say.close : say.openLabel(time)}
          onClick={() => onOpen(!isOpen)}
        >
          {isOpen ? say.close : say.open}
        </button>
        {span !== null && (
          <button type="button" class="button" aria-label={say.dropLabel(time)} onClick={() => onSpan(null)}>
            {say.drop}
          </button>
        )}
      </div>
    </li>
  );
}
