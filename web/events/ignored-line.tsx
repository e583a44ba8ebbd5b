/**
 * IgnoredLine: how many events the list leaves out because rules ignore them, and the button that brings them back.
 */
import { hoursLong, number } from "../look/format.ts";
import { words } from "../words.ts";

const { ignored: say } = words;

interface Props {
  readonly count: number;
  readonly shown: boolean;
  /** Null: not known yet. */
  readonly hours: number | null;
  readonly onShow: (show: boolean) => void;
}

export function IgnoredLine({ count, shown, hours, onShow }: Props) {
  if (count === 0) return null;
  const how = (shown ? say.shown : say.hidden)(number(count));
  return (
    <p class="ignored-line" data-testid="ignored-line">
      <span role="status">
        {how} {hours === null ? "" : say.keptFor(hoursLong(hours))}
      </span>
      <button type="button" class="button" onClick={() => onShow(!shown)}>
        {shown ? say.hide : say.show}
      </button>
    </p>
  );
}
