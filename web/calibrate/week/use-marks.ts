/**
 * useMarks: thumbs that were given on this page, over those that the preview came with.
 *
 * Shown at once, and taken back when the doorbell refused.
 */
import { useCallback, useState } from "preact/hooks";
import type { Mark, PreviewEvent } from "../../../daemon/wire/api-calibration.ts";
import type { Home } from "../../state/home.ts";
import { putMark } from "../../state/api.ts";
import { words } from "../../words.ts";

export interface Marks {
  readonly marked: ReadonlyMap<string, Mark | null>;
  readonly mark: (row: PreviewEvent, mark: Mark | null) => void;
}

export function useMarks(home: Home): Marks {
  const [marked, setMarked] = useState<ReadonlyMap<string, Mark | null>>(new Map());
  const mark = useCallback(
    (row: PreviewEvent, next: Mark | null) => {
      const set = (of: (event: PreviewEvent["events"][number]) => Mark | null): void =>
        setMarked(
          (before) => new Map([...before, ...row.events.map((each) => [each.id, of(each)] as const)]),
        );
      let before: ReadonlyMap<string, Mark | null> = new Map();
      setMarked((now) => (before = now));
      set(() => next);
      Promise.all(row.events.map(({ id }) => putMark(id, next))).catch(() => {
        set(({ id, mark: was }) => (before.has(id) ? (before.get(id) ?? null) : was));
        home.messages.say(words.marks.failed);
      });
    },
    [home],
  );
  return { marked, mark };
}
