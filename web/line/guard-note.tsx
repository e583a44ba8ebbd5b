/**
 * GuardNote: that the picture is masked because the camera was moved or covered, where it is put right.
 */
import { Icon } from "../look/icons.tsx";
import type { Home } from "../state/home.ts";
import { useStore } from "../state/store.ts";
import { words } from "../words.ts";

const { guard: say } = words;

export function GuardNote({ home }: { readonly home: Home }) {
  const reason = useStore(home.store, ({ status }) => {
    const guard = status?.mask.guard;
    return guard?.state === "tripped" ? (guard.reason ?? "changed") : null;
  });
  return (
    <div role="status">
      {reason !== null && (
        <div class="problem guard-note" data-level="wrong" data-testid="guard-note">
          <Icon name="alert" />
          <div>
            <p class="problem-title">{say.title[reason]}</p>
            <p>{say.hint[reason]}</p>
          </div>
        </div>
      )}
    </div>
  );
}
