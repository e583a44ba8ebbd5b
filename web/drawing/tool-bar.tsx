/**
 * ToolBar: undo and redo, zoom, snapping, and what the page adds.
 */
import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "../look/icons.tsx";
import { words } from "../words.ts";
import { canRedo, canUndo, type Desk } from "./desk.ts";
import type { Editor } from "./editor.ts";
import type { Hands } from "./use-hands.ts";

const { drawing: say } = words;

interface Props {
  readonly editor: Editor;
  readonly desk: Desk;
  readonly hands: Hands;
  readonly snaps: boolean;
  readonly onSnaps: (on: boolean) => void;
  readonly children?: ComponentChildren;
}

export function ToolBar({ editor, desk, hands, snaps, onSnaps, children }: Props) {
  const zoom = hands.view?.zoom ?? 1;
  return (
    <div class="tool-bar" role="toolbar" aria-label={say.tools}>
      <Tool icon="undo" word={say.undo} off={!canUndo(desk)} onClick={() => editor.do({ act: "undo" })} />
      <Tool icon="redo" word={say.redo} off={!canRedo(desk)} onClick={() => editor.do({ act: "redo" })} />
      <span class="tool-gap" />
      <Tool icon="zoomOut" word={say.zoomOut} off={zoom <= 1} onClick={() => hands.zoom(1 / 1.6)} />
      <Tool icon="zoomIn" word={say.zoomIn} onClick={() => hands.zoom(1.6)} />
      <Tool icon="expand" word={say.wholePicture} off={zoom <= 1} onClick={() => hands.whole()} />
      <span class="tool-gap" />
      <Toggle icon="magnet" word={say.snap} on={snaps} onToggle={onSnaps} />
      <span class="stretch" />
      {children}
    </div>
  );
}

interface ToolProps {
  readonly icon: IconName;
  readonly word: string;
  readonly off?: boolean;
  readonly onClick: () => void;
}

function Tool({ icon, word, off = false, onClick }: ToolProps) {
  return (
    <button
      type="button"
      class="button button-icon tool"
      aria-label={word}
      title={word}
      disabled={off}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

interface ToggleProps {
  readonly icon: IconName;
  readonly word: string;
  readonly on: boolean;
  readonly onToggle: (on: boolean) => void;
  /** Its word stands beside the icon. */
  readonly wide?: boolean;
}

export function Toggle({ icon, word, on, onToggle, wide = false }: ToggleProps) {
  return (
    <button
      type="button"
      class={`button tool ${wide ? "" : "button-icon"}`}
      aria-pressed={on}
      aria-label={word}
      title={word}
      onClick={() => onToggle(!on)}
    >
      <Icon name={icon} />
      {wide && <span>{word}</span>}
    </button>
  );
}
