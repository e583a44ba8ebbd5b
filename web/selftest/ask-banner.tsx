/**
 * AskBanner: what the test wants of the person now, in letters for somebody on a ladder; and what is going on.
 */
import type { SelftestState } from "../../daemon/wire/api-selftest.ts";
import { sentence } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import { words } from "../words.ts";

const { selftest: say } = words;

interface Props {
  readonly state: SelftestState;
  readonly onStop: () => void;
}

export function AskBanner({ state, onStop }: Props) {
  const { checks, done, now } = state;
  const request = now?.request ?? null;
  const title = checks.find(({ id }) => id === now?.id)?.title ?? say.waiting;
  return (
    <section class="test-now" data-wanted={request !== null} data-testid="test-now">
      <div role="status" class="test-now-words">
        <p class="test-now-kind">{request === null ? say.running : say.wanted}</p>
        <p class="test-now-what">{request === null ? title : sentence(request)}</p>
      </div>
      <progress value={done.length} max={Math.max(1, checks.length)} aria-label={say.running} />
      <div class="test-now-line">
        <span>{say.step(String(Math.min(checks.length, done.length + 1)), String(checks.length))}</span>
        <button type="button" class="button" onClick={onStop} data-testid="test-stop">
          <Icon name="close" />
          {say.stop}
        </button>
      </div>
    </section>
  );
}
