/**
 * ZoneFields: one motion zone's name and sensitivity.
 *
 * Typing in one field is one step of undo.
 */
import { fuses } from "../../daemon/sight/fusion.ts";
import { type Desk, drawingOf } from "../drawing/desk.ts";
import type { Editor } from "../drawing/editor.ts";
import { shapeName } from "../drawing/names.ts";
import type { Motion, Shape } from "../drawing/shapes.ts";
import { Icon } from "../look/icons.tsx";
import { words } from "../words.ts";
import { ActionFields } from "./action-fields.tsx";
import { described, mostNameLetters } from "./zones-draft.ts";

const { zones: say } = words;
/** Where "its own" begins: the middle, as the settings do. */
const middle = 50;

interface Props {
  readonly editor: Editor;
  readonly desk: Desk;
  readonly shape: Shape;
  /** This person decides what is told. */
  readonly isOwner: boolean;
}

export function ZoneFields({ editor, desk, shape, isOwner }: Props) {
  const { id, motion } = shape;
  const drawing = drawingOf(desk);
  const name = shapeName(drawing, shape);
  const sensitivity = motion?.sensitivity ?? null;
  const change = (part: Partial<Motion>, run: string): void => {
    const next = described(drawingOf(editor.desk.get()), id, part);
    if (next === null) return;
    editor.do({ act: "edit", edit: { do: "describe", shape: id, motion: next }, run: `${run} ${id}` });
  };
  return (
    <li class="zone" data-chosen={desk.selection?.shape === id} onFocusIn={() => choose(editor, id)}>
      <div class="zone-head">
        <input
          class="zone-name"
          type="text"
          aria-label={say.name}
          maxLength={mostNameLetters}
          value={motion?.name ?? ""}
          aria-invalid={motion?.name.trim() === ""}
          onInput={(event) => change({ name: event.currentTarget.value }, "name")}
        />
        <button
          type="button"
          class="button button-icon"
          aria-label={say.remove(name)}
          title={say.remove(name)}
          onClick={() => editor.do({ act: "edit", edit: { do: "remove-shape", shape: id } })}
        >
          <Icon name="trash" />
        </button>
      </div>
      <label class="zone-as-set">
        <input
          type="checkbox"
          checked={sensitivity === null}
          onChange={(event) => change({ sensitivity: event.currentTarget.checked ? null : middle }, "as set")}
        />
        {say.sensitivity}: {say.asSet.toLowerCase()}
      </label>
      {sensitivity !== null && (
        <label class="zone-level">
          <input
            type="range"
            min={0}
            max={100}
            step={1}
            value={sensitivity}
            aria-label={`${say.sensitivity}, ${name}`}
            aria-valuetext={say.level(sensitivity)}
            onInput={(event) => change({ sensitivity: event.currentTarget.valueAsNumber }, "level")}
          />
          <span>{say.level(sensitivity)}</span>
        </label>
      )}
      <label class="zone-fuse">
        <span>{say.fuse}</span>
        <select
          class="input"
          aria-label={say.fuseOf(name)}
          title={say.fuseHint}
          value={motion?.fuse ?? ""}
          onChange={(event) => change({ fuse: fuseOf(event.currentTarget.value) }, "fuse")}
        >
          <option value="">{say.asSet}</option>
          {fuses.map((fuse) => (
            <option key={fuse} value={fuse}>
              {say.fuses[fuse]}
            </option>
          ))}
        </select>
      </label>
      {isOwner && (
        <ActionFields
          where={name}
          isZone
          actions={motion?.what ?? {}}
          onChange={(what) =>
            change({ what: Object.keys(what).length === 0 ? undefined : what }, "what moves")
          }
        />
      )}
    </li>
  );
}

/** Undefined = as the settings say. */
function fuseOf(value: string): Motion["fuse"] {
  return fuses.find((fuse) => fuse === value);
}

/** The zone whose fields have the keyboard is the one in hand. */
function choose(editor: Editor, shape: number): void {
  if (editor.desk.get().selection?.shape === shape) return;
  editor.do({ act: "select", selection: { shape, corner: null } });
}
