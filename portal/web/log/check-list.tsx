/**
 * CheckList: what this browser computed about an entry of the log, step by step.
 */
import { Icon } from "../../../web/look/icons.tsx";
import { countText } from "../request/places.ts";
import { words } from "../words.ts";
import type { CheckedEntry } from "./check.ts";

const { steps } = words.check;

export function CheckList({ checked }: { readonly checked: CheckedEntry }) {
  const { checkpoint, index, hashes, signKey } = checked;
  const said = [
    steps.checkpoint(countText(checkpoint.size)),
    steps.entry(countText(index)),
    steps.signature(`${signKey.slice(0, 12)}…`),
    steps.inclusion(countText(hashes)),
  ];
  return (
    <ul class="checks" data-testid="checked">
      {said.map((each) => (
        <li key={each}>
          <Icon name="check" />
          {each}
        </li>
      ))}
    </ul>
  );
}
