/**
 * RulesForm: of what one listener is told, where, and when not. Nothing changes before it is saved.
 */
import { useState } from "preact/hooks";
import { alertKindNames } from "./kinds.ts";
import type { AlertKind } from "../../daemon/alerts/kinds.ts";
import type { Rules } from "../../daemon/alerts/rules.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { useAction } from "../look/use-action.ts";
import { words } from "../words.ts";
import { browserZone, putRules, type Whose } from "./api.ts";
import { flawOf, isSame, withKind, withZone } from "./draft.ts";
import type { Alerts } from "./use-alerts.ts";
import { WindowRows } from "./window-rows.tsx";

const { rules: say } = words.alerts;

interface Props {
  readonly whose: Whose;
  readonly kept: Rules;
  /** Names of the drawn zones. */
  readonly zones: readonly string[];
  /** Kinds that can be told at all. */
  readonly kinds: readonly AlertKind[];
  readonly alerts: Alerts;
}

export function RulesForm({ whose, kept, zones, kinds, alerts }: Props) {
  const [draft, setDraft] = useState<Rules>(kept);
  const [base, setBase] = useState<Rules>(kept);
  // somebody else, or this person elsewhere, saved others: what is being edited here stays
  if (!isSame(base, kept)) {
    setBase(kept);
    if (isSame(draft, base)) setDraft(kept);
  }
  const [saved, setSaved] = useState(false);
  const action = useAction();
  const change = (rules: Rules): void => {
    setSaved(false);
    setDraft(rules);
  };
  const flaw = flawOf(draft);
  const own = browserZone();
  const names = [...zones, ...draft.zones.filter((zone) => !zones.includes(zone))];
  return (
    <form
      class="card rules-form"
      data-testid={`rules-${whose}`}
      onSubmit={(event) => {
        event.preventDefault();
        void action.run(async () => alerts.set(await putRules(whose, draft))).then(setSaved);
      }}
    >
      <fieldset class="ticks">
        <legend>{say.kinds}</legend>
        <p class="block-note">{say.kindsNote}</p>
        {alertKindNames.map((kind) => (
          <label key={kind} class="tick">
            <input
              type="checkbox"
              checked={draft.kinds.includes(kind) && kinds.includes(kind)}
              disabled={!kinds.includes(kind)}
              onChange={({ currentTarget }) => change(withKind(draft, kind, currentTarget.checked))}
            />
            <span class="tick-words">
              {say.kind[kind]} {!kinds.includes(kind) && <span class="tick-note">{say.notInSettings}</span>}
            </span>
          </label>
        ))}
      </fieldset>
      {names.length > 0 && draft.kinds.some((kind) => kind !== "ring" && kinds.includes(kind)) && (
        <fieldset class="ticks">
          <legend>
            {say.zones} {draft.zones.length === 0 && say.everywhere}
          </legend>
          <p class="block-note">{say.zoneNote}</p>
          {names.map((zone) => (
            <label key={zone} class="tick">
              <input
                type="checkbox"
                checked={draft.zones.includes(zone)}
                onChange={({ currentTarget }) => change(withZone(draft, zone, currentTarget.checked))}
              />
              <span class="tick-words">
                {zone} {!zones.includes(zone) && <span class="tick-note">{say.zoneGone}</span>}
              </span>
            </label>
          ))}
        </fieldset>
      )}
      <fieldset class="ticks">
        <legend>{say.quiet}</legend>
        <WindowRows rules={draft} onChange={change} />
        {draft.quiet.length > 0 && (
          <>
            <p class="block-note">
              {say.zone(draft.timeZone)}{" "}
              {draft.timeZone !== own && (
                <button type="button" class="button" onClick={() => change({ ...draft, timeZone: own })}>
                  {say.takeZone(own)}
                </button>
              )}
            </p>
            <label class="tick">
              <input
                type="checkbox"
                checked={draft.ringThroughQuiet}
                onChange={({ currentTarget }) =>
                  change({ ...draft, ringThroughQuiet: currentTarget.checked })
                }
              />
              <span class="tick-words">{say.ringThrough}</span>
            </label>
          </>
        )}
        <label class="tick">
          <input
            type="checkbox"
            checked={draft.digestAfter}
            onChange={({ currentTarget }) => change({ ...draft, digestAfter: currentTarget.checked })}
          />
          <span class="tick-words">{say.digest}</span>
        </label>
      </fieldset>
      <div class="form-row">
        <button
          type="submit"
          class="button button-main"
          disabled={action.busy || flaw !== null || isSame(draft, kept)}
        >
          {say.save}
        </button>
        <span role="status" class="rules-said">
          {flaw !== null ? say.flaws[flaw] : saved ? say.saved : ""}
        </span>
      </div>
      <FaultNote fault={action.fault} />
    </form>
  );
}
