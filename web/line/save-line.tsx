/**
 * SaveLine: how much will be seen, before and after, and the button that signs it.
 *
 * What cannot be a line cannot be signed: the button says why it waits. Afterwards the camera's own
 * words are shown: the version in force, or what it refused.
 */
import type { MaskShape } from "../../daemon/policy/shape.ts";
import type { Desk } from "../drawing/desk.ts";
import { drawingOf } from "../drawing/desk.ts";
import type { Flaw } from "../drawing/flaws.ts";
import { flawText } from "../drawing/names.ts";
import { percent } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import { words } from "../words.ts";
import { SaveResult } from "./save-result.tsx";
import { isHours } from "./retention.tsx";
import type { Size } from "../drawing/view.ts";
import type { Line } from "./use-line.ts";

const { line: say } = words;

interface Props {
  readonly line: Line;
  readonly desk: Desk;
  readonly mask: MaskShape | null;
  readonly flaws: readonly Flaw[];
  /** Nothing differs from what is in force. */
  readonly same: boolean;
  readonly hours: number;
  /** The picture of which the line speaks. */
  readonly sensor: Size;
  /** Shares of the picture that are visible, 0..1. */
  readonly before: number;
  readonly after: number;
}

export function SaveLine(props: Props) {
  const { line, desk, mask, flaws, same, hours } = props;
  const busy = line.outcome === "signing";
  const [flaw] = flaws;
  const hindrance =
    desk.draft !== null
      ? say.unfinished
      : mask === null
        ? say.nothingToSave
        : flaw !== undefined
          ? flawText(drawingOf(desk), flaw)
          : isHours(hours)
            ? null
            : say.keepWrong;
  return (
    <section class="save-line">
      <Share before={props.before} after={flaws.length === 0 ? props.after : null} />
      <button
        type="button"
        class="button button-main save-button"
        disabled={hindrance !== null || busy}
        aria-describedby={hindrance === null ? undefined : "save-why"}
        onClick={() =>
          mask !== null && void line.save(mask, { retentionHours: hours, picture: props.sensor })
        }
        data-testid="save"
      >
        <Icon name="shield" />
        {same && mask !== null ? say.confirm : say.save}
      </button>
      {hindrance !== null && (
        <p class="draw-hint" id="save-why">
          {hindrance}
        </p>
      )}
      <SaveResult line={line} />
    </section>
  );
}

function Share({ before, after }: { readonly before: number; readonly after: number | null }) {
  return (
    <p class="share">
      {say.sees}
      <span class="share-before">{say.before(percent(before))}</span>
      <span class="share-after" data-testid="share-after">
        {say.after(after === null ? "–" : percent(after))}
      </span>
    </p>
  );
}
