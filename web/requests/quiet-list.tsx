/**
 * QuietList: who is muted, and the one tap that shows them again; the one tap that mutes everybody.
 */
import type { Requests } from "../../daemon/wire/api-consent.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { Icon } from "../look/icons.tsx";
import { useAction } from "../look/use-action.ts";
import { words } from "../words.ts";

const { mute: say } = words.requests;

interface Props {
  readonly asked: Pick<Requests, "muted" | "mutedAll">;
  readonly mayDecide: boolean;
  readonly set: (agency: string, muted: boolean) => Promise<void>;
}

export function QuietList({ asked: { muted, mutedAll }, mayDecide, set }: Props) {
  const { busy, fault, run } = useAction();
  if (!mayDecide && muted.length === 0 && !mutedAll) return null;
  return (
    <section class="block quiet" aria-labelledby="quiet-title">
      <h3 id="quiet-title">{say.title}</h3>
      <p class="block-note">{say.note}</p>
      <FaultNote fault={fault} />
      <ul class="cards">
        {mutedAll && <li class="card">{row(say.everything, "all")}</li>}
        {muted.map(({ agency, name }) => (
          <li class="card" key={agency}>
            {row(name, agency)}
          </li>
        ))}
      </ul>
      {mayDecide && !mutedAll && (
        <div>
          <button
            type="button"
            class="button"
            disabled={busy}
            onClick={() => void run(() => set("all", true))}
          >
            <Icon name="quiet" />
            {say.all}
          </button>
        </div>
      )}
    </section>
  );

  function row(name: string, agency: string) {
    return (
      <div class="card-line" data-muted={agency}>
        <p class="card-words">
          <strong>{name}</strong>
        </p>
        {mayDecide && (
          <button
            type="button"
            class="button"
            aria-label={agency === "all" ? undefined : say.unmuteLabel(name)}
            disabled={busy}
            onClick={() => void run(() => set(agency, false))}
          >
            {say.unmute}
          </button>
        )}
      </div>
    );
  }
}
