/**
 * WeekList: the events of the preview, newest first.
 *
 * Rows have one fixed height, and a block of them that is far from the window keeps its place without them: two
 * thousand rows stay as light as fifty. Arrow keys move, Enter plays, G and F mark.
 */
import { useMemo, useRef, useState } from "preact/hooks";
import type { Mark, PreviewEvent } from "../../../daemon/wire/api-calibration.ts";
import { moveOnKey } from "../../events/keys.ts";
import { useNearWindow } from "../../events/near-window.ts";
import { memo } from "../../look/memo.ts";
import { words } from "../../words.ts";
import { blocksOf, markOf, rowKey } from "./rows.ts";
import { WeekRow, type RowActions } from "./week-row.tsx";

const { calibrate: say } = words;
const perBlock = 25;

const weekRows = { row: ".week-row", open: ".week-open" };

interface BlockProps {
  readonly rows: readonly PreviewEvent[];
  readonly marked: ReadonlyMap<string, Mark | null>;
  readonly tabbable: string | null;
  readonly first: boolean;
  readonly actions: RowActions;
}

function Block({ rows, marked, tabbable, first, actions }: BlockProps) {
  const root = useRef<HTMLOListElement>(null);
  const near = useNearWindow(root, first);
  return (
    <ol class="week-block" ref={root} style={{ "--rows": String(rows.length) }}>
      {near &&
        rows.map((row) => {
          const name = rowKey(row);
          return (
            <WeekRow
              key={name}
              row={row}
              name={name}
              mark={markOf(row, marked)}
              tabbable={name === tabbable}
              actions={actions}
            />
          );
        })}
    </ol>
  );
}

const MemoBlock = memo(Block);

interface Props {
  /** Newest first. */
  readonly rows: readonly PreviewEvent[];
  readonly marked: ReadonlyMap<string, Mark | null>;
  readonly actions: Omit<RowActions, "focused">;
}

export function WeekList({ rows, marked, actions }: Props) {
  const root = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string | null>(null);
  const blocks = useMemo(() => blocksOf(rows, perBlock), [rows]);
  const all = useMemo<RowActions>(() => ({ ...actions, focused: setActive }), [actions]);
  const present = useMemo(() => new Set(rows.map(rowKey)), [rows]);
  const first = rows[0];
  const tabbable =
    active !== null && present.has(active) ? active : first === undefined ? null : rowKey(first);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const mark = ({ g: "good", f: "false" } as const)[event.key as "g" | "f"];
    const row = rows.find((each) => rowKey(each) === active);
    if (mark !== undefined && row !== undefined && row.events.length > 0)
      all.mark(row, markOf(row, marked) === mark ? null : mark);
    else if (root.current !== null) moveOnKey(root.current, event, weekRows);
  };
  return (
    <div class="week-list" ref={root} onKeyDown={onKeyDown} data-testid="week-list">
      {blocks.map((block, i) => (
        <MemoBlock
          key={i}
          rows={block}
          marked={marked}
          tabbable={tabbable !== null && block.some((row) => rowKey(row) === tabbable) ? tabbable : null}
          first={i < 2}
          actions={all}
        />
      ))}
      <p class="drawing-keys">{say.keys}</p>
    </div>
  );
}
