/**
 * BulkBar: what can be done with the chosen events, and how much they are; at the lower edge, near the thumb.
 */
import { bytes, number } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import { words } from "../words.ts";
import { ExportStep } from "./export-step.tsx";
import type { Watchers } from "./filter.ts";
import type { Moment, Recording } from "./moment.ts";
import { RemoveStep } from "./remove-step.tsx";

const { timeline: say } = words;
export type Step = "choose" | "remove" | "export";

interface Props {
  /** Oldest first. */
  readonly chosen: readonly Moment[];
  readonly recordings: readonly Recording[];
  readonly watchers: Watchers;
  readonly nowMs: number;
  readonly step: Step;
  readonly onStep: (step: Step) => void;
  /** Deleting is for this person. */
  readonly mayRemove: boolean;
  readonly onClear: () => void;
  readonly onGone: (gone: ReadonlySet<string>) => void;
  /** They are kept although rules ignore them. */
  readonly onKeep: (ids: readonly string[]) => void;
  readonly onSay: (text: string) => void;
}

export function BulkBar(props: Props) {
  const { chosen, step, onStep, onSay } = props;
  const end = (text: string | null): void => {
    onStep("choose");
    if (text !== null) onSay(text);
  };
  const ignored = chosen.flatMap((moment) => (moment.ignored ? [moment.id] : []));
  if (chosen.length === 0 && step === "choose") return null;
  return (
    <section
      class="bulk"
      aria-label={say.chosen(number(chosen.length), bytes(weightOf(props)))}
      data-testid="bulk"
    >
      {step === "choose" && (
        <div class="bulk-row">
          <strong role="status">{say.chosen(number(chosen.length), bytes(weightOf(props)))}</strong>
          <div class="bulk-actions">
            <button type="button" class="button" onClick={() => onStep("export")}>
              <Icon name="download" />
              {say.save.start}
            </button>
            {ignored.length > 0 && (
              <button type="button" class="button" onClick={() => props.onKeep(ignored)}>
                {words.ignored.keepChosen(number(ignored.length))}
              </button>
            )}
            {props.mayRemove && (
              <button type="button" class="button button-danger" onClick={() => onStep("remove")}>
                <Icon name="trash" />
                {say.remove.start}
              </button>
            )}
          </div>
          <button
            type="button"
            class="button button-icon"
            aria-label={say.clear}
            title={say.clear}
            onClick={props.onClear}
          >
            <Icon name="close" />
          </button>
        </div>
      )}
      {step === "remove" && <RemoveStep ids={chosen.map(({ id }) => id)} onGone={props.onGone} onEnd={end} />}
      {step === "export" && (
        <ExportStep moments={chosen} watchers={props.watchers} nowMs={props.nowMs} onEnd={end} />
      )}
    </section>
  );
}

function weightOf({ chosen, recordings }: Pick<Props, "chosen" | "recordings">): number {
  const clips = new Set(chosen.flatMap(({ clip }) => clip ?? []));
  return recordings.reduce((sum, { id, bytes: size }) => sum + (clips.has(id) ? size : 0), 0);
}
