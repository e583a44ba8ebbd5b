/**
 * StateTag: open, over or withdrawn, in one word.
 */
import type { RequestCard } from "../../api.ts";
import { words } from "../words.ts";

export function StateTag({ state }: { readonly state: RequestCard["state"] }) {
  return (
    <span class="tag" data-look={state}>
      {words.state[state]}
    </span>
  );
}
