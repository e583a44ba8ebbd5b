/**
 * IgnoredNote: in the opened event, why it is hidden and how long it stays; one tap keeps it, another takes that back
 * where rules would ignore it still.
 */
import type { Event } from "../../daemon/wire/api.ts";
import { hoursLong } from "../look/format.ts";
import type { Home } from "../state/home.ts";
import { useStore } from "../state/store.ts";
import { words } from "../words.ts";
import { useIgnorable } from "./use-ignorable.ts";

const { ignored: say } = words;

export function IgnoredNote({ home, event }: { readonly home: Home; readonly event: Event }) {
  const hours = useStore(home.store, (model) => model.status?.storage.ignoredHours ?? null);
  const isKept = event.spared === "person";
  const isIgnorable = useIgnorable(home, event, hours);
  if (!event.ignored && !isKept) return null;
  const why = `${say.why} ${hours === null ? "" : say.gone(hoursLong(hours))}`;
  const text = !isKept ? why : isIgnorable ? say.keeps : say.byHand;
  return (
    <p class="ignored-line" data-testid="ignored-note">
      <span>{text}</span>
      {(!isKept || isIgnorable) && (
        <button type="button" class="button" onClick={() => void home.remarks.keep([event.id], !isKept)}>
          {isKept ? say.leave : say.keep}
        </button>
      )}
    </p>
  );
}
