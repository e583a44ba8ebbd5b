/**
 * PrivacyBar: one tap closes the camera's sight; while it is closed, for how long, and opening it again.
 *
 * The tap asks nothing: a question would be a moment in which somebody is still seen. When it is to open by itself is
 * chosen afterwards.
 */
import type { Closer, PrivacyState } from "../../daemon/wire/privacy.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { Icon } from "../look/icons.tsx";
import { useAction } from "../look/use-action.ts";
import { ask, sending } from "../state/api.ts";
import type { Home } from "../state/home.ts";
import { useStore } from "../state/store.ts";
import { mayOpenIt } from "./said.ts";
import { privacyWords as say } from "./words.ts";

const choices = [15, 60, 8 * 60] as const;

interface Props {
  readonly home: Home;
  /** As whom this person closes and opens. */
  readonly closer: Closer;
}

export function PrivacyBar({ home, closer }: Props) {
  const status = useStore(home.store, (model) => model.status);
  const act = useAction();
  if (status === null) return null;
  const { privacy } = status;
  const put = (body: { closed: boolean; minutes?: number | null }): void =>
    void act.run(async () => void (await ask("/api/privacy", sending("PUT", body))));
  const mayOpen = mayOpenIt(closer, privacy);
  return (
    <section class="privacy-bar" aria-label={say.title} data-closed={privacy.closed} data-testid="privacy">
      {!privacy.closed && (
        <>
          <button
            type="button"
            class="button privacy-close"
            disabled={act.busy}
            onClick={() => put({ closed: true })}
          >
            <Icon name="eyeOff" />
            {say.close}
          </button>
          <p class="privacy-hint">{say.closeHint}</p>
        </>
      )}
      {privacy.closed && !mayOpen && <p class="privacy-hint">{say.notYours[privacy.by ?? "owner"]}</p>}
      {privacy.closed && mayOpen && (
        <>
          <button
            type="button"
            class="button button-main privacy-open"
            disabled={act.busy}
            onClick={() => put({ closed: false })}
          >
            <Icon name="eye" />
            {say.open}
          </button>
          {privacy.by !== null && (
            <Until privacy={privacy} busy={act.busy} onPick={(minutes) => put({ closed: true, minutes })} />
          )}
        </>
      )}
      <FaultNote fault={act.fault} />
    </section>
  );
}

interface UntilProps {
  readonly privacy: PrivacyState;
  readonly busy: boolean;
  readonly onPick: (minutes: number | null) => void;
}

function Until({ privacy, busy, onPick }: UntilProps) {
  const { untilWallMs } = privacy;
  return (
    <div class="privacy-until" role="group" aria-label={say.openAgain}>
      <span class="privacy-hint" aria-hidden="true">
        {say.openAgain}
      </span>
      {choices.map((minutes) => (
        <button type="button" class="button" key={minutes} disabled={busy} onClick={() => onPick(minutes)}>
          {say.minutes(minutes)}
        </button>
      ))}
      <button
        type="button"
        class="button"
        aria-pressed={untilWallMs === null}
        disabled={busy}
        onClick={() => onPick(null)}
      >
        {say.never}
      </button>
    </div>
  );
}
