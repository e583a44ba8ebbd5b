/**
 * CheckList: what this browser computed about an entry of the log, step by step.
 */
import { Icon } from "../../../web/look/icons.tsx";
import { countText, whenText } from "../request/places.ts";
import { words } from "../words.ts";
import type { CheckedEntry } from "./check.ts";
import type { Seen } from "./seen.ts";

const { steps } = words.check;

interface Props {
  readonly checked: CheckedEntry;
  /** Whose key it is, by the registrar's signature; null = was not asked. */
  readonly vouched?: string | null;
  /** What this browser saw before, of which this is a continuation. */
  readonly seen?: Seen | null;
}

export function CheckList({ checked, vouched = null, seen = null }: Props) {
  const { checkpoint, index, hashes, signKey } = checked;
  const said = [
    steps.checkpoint(countText(checkpoint.size)),
    steps.entry(countText(index)),
    steps.signature(`${signKey.slice(0, 12)}…`),
    ...(vouched === null ? [] : [steps.vouched(vouched)]),
    steps.inclusion(countText(hashes)),
    ...(seen === null ? [] : [steps.grown(countText(seen.size), whenText(seen.atMs))]),
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
