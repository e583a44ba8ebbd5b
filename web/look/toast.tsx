/**
 * Toast: one short message at the bottom, with the word that takes back what it tells.
 */
import type { Home } from "../state/home.ts";
import { useStore } from "../state/store.ts";

export function Toast({ home }: { readonly home: Home }) {
  const message = useStore(home.messages.shown, (value) => value);
  const undo = message?.undo ?? null;
  return (
    <div class="toast-place" role="status" aria-live="polite">
      {message !== null && (
        <div class="toast" key={message.text}>
          <p>{message.text}</p>
          {undo !== null && (
            <button type="button" class="toast-undo" onClick={undo.run}>
              {undo.label}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
