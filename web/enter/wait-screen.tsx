/**
 * WaitScreen: asked to be let in; the number that both screens must show.
 */
import type { Access } from "../identity/access.ts";
import { useAction } from "../look/use-action.ts";
import { words } from "../words.ts";
import { Frame } from "./frame.tsx";

const { wait: say } = words.enter;

export function WaitScreen({ access, check }: { readonly access: Access; readonly check: string }) {
  const { busy, run } = useAction();
  return (
    <Frame name="waiting" title={say.title} note={say.note}>
      <p class="check-number" data-testid="check-number" aria-label={say.label(check)}>
        {`${check.slice(0, 3)} ${check.slice(3)}`}
      </p>
      <p class="enter-note" role="status">
        <span class="waiting-dot breathing" />
        {say.waiting}
      </p>
      <button
        type="button"
        class="button button-wide"
        disabled={busy}
        onClick={() => void run(() => access.cancelJoin())}
      >
        {say.cancel}
      </button>
    </Frame>
  );
}
