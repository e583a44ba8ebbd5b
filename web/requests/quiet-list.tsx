/**
 * QuietList: who is muted, and the one tap that shows them again; the one tap that mutes everybody.
 *
 * The button that was pressed goes with what it muted; the keyboard then stands on the one that undoes it.
 */
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Requests } from "../../daemon/wire/api-consent.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { Icon } from "../look/icons.tsx";
import { useAction } from "../look/use-action.ts";
import { words } from "../words.ts";

const { mute: say } = words.requests;

export interface MuteChange {
  readonly agency: string;
  readonly muted: boolean;
}

interface Props {
  readonly asked: Pick<Requests, "muted" | "mutedAll">;
  readonly mayDecide: boolean;
  readonly set: (change: MuteChange) => Promise<void>;
  /** The newest change that was made on this page. */
  readonly last: MuteChange | null;
}

export function QuietList({ asked, mayDecide, set, last }: Props) {
  const { muted, mutedAll } = asked;
  const { busy, fault, run } = useAction();
  const section = useFocusAfter(last, asked);
  if (!mayDecide && muted.length === 0 && !mutedAll) return null;
  return (
    <section class="block quiet" aria-labelledby="quiet-title" ref={section}>
      <h3 id="quiet-title" tabIndex={-1}>
        {say.title}
      </h3>
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
            onClick={() => void run(() => set({ agency: "all", muted: true }))}
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
            onClick={() => void run(() => set({ agency, muted: false }))}
          >
            {say.unmute}
          </button>
        )}
      </div>
    );
  }
}

/** Once for each change, when the doorbell's answer is on the page. Nothing scrolls. */
function useFocusAfter(last: MuteChange | null, asked: Props["asked"]) {
  const section = useRef<HTMLElement>(null);
  const done = useRef<MuteChange | null>(null);
  useLayoutEffect(() => {
    if (last === null || last === done.current) return;
    const undo = section.current?.querySelector<HTMLElement>(`[data-muted="${last.agency}"] button`) ?? null;
    const there = last.muted ? undo : (section.current?.querySelector("h3") ?? null);
    if (there === null || (undo === null) === last.muted) return;
    there.focus({ preventScroll: true });
    done.current = last;
  }, [last, asked]);
  return section;
}
