/**
 * TalkButton: held down it talks as long as it is held; tapped it talks until it is tapped again. The same by keyboard.
 */
import { useRef } from "preact/hooks";
import { Icon } from "../look/icons.tsx";
import { words } from "../words.ts";
import type { CallDesk } from "./call-desk.ts";

const { talk: say } = words;
/** Shorter is a tap. */
const holdMs = 400;

export function TalkButton({ desk, talking }: { readonly desk: CallDesk; readonly talking: boolean }) {
  const press = useRef<{ readonly atMs: number; readonly began: boolean } | null>(null);
  const down = (atMs: number): void => {
    if (press.current !== null) return;
    press.current = { atMs, began: !talking };
    void desk.talk(true);
  };
  const up = (atMs: number): void => {
    const last = press.current;
    press.current = null;
    if (last !== null && (!last.began || atMs - last.atMs > holdMs)) void desk.talk(false);
  };
  const isPress = ({ key }: KeyboardEvent): boolean => key === " " || key === "Enter";
  return (
    <button
      type="button"
      class="button button-main call-talk"
      aria-pressed={talking}
      title={say.talkHint}
      data-testid="talk"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        down(event.timeStamp);
      }}
      onPointerUp={(event) => up(event.timeStamp)}
      onPointerCancel={(event) => up(event.timeStamp)}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (!isPress(event)) return;
        event.preventDefault();
        if (!event.repeat) down(event.timeStamp);
      }}
      onKeyUp={(event) => isPress(event) && up(event.timeStamp)}
    >
      <Icon name="mic" />
      {talking ? say.talking : say.talk}
    </button>
  );
}
