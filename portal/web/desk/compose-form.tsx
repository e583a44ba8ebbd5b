/**
 * ComposeForm: the fields of a request, in the order in which an owner will read them.
 */
import type { ComponentChildren } from "preact";
import type { Agency } from "../../../daemon/consent/agency.ts";
import { incidentTypes } from "../../../daemon/consent/request.ts";
import { words } from "../words.ts";
import type { Draft } from "./draft.ts";
import { ChoiceField, InputField, LinesField } from "./fields.tsx";
import { deskWords } from "./words.ts";

const { compose: say } = deskWords;

interface Props {
  readonly draft: Draft;
  readonly agency: Agency;
  readonly onDraft: (draft: Draft) => void;
  /** The plan, between the fields of the place. */
  readonly children: ComponentChildren;
}

export function ComposeForm({ draft, agency, onDraft, children }: Props) {
  const set =
    (field: keyof Draft) =>
    (value: string): void =>
      onDraft({ ...draft, [field]: value });
  const types = incidentTypes.map((type) => [type, words.incident[type]] as const);
  return (
    <>
      <fieldset class="bare">
        <legend>{say.what}</legend>
        <div class="pair">
          <ChoiceField
            label={say.incidentType}
            value={draft.incidentType}
            onValue={set("incidentType")}
            among={types}
            choose={say.choose}
          />
          <InputField
            label={say.case}
            note={say.caseNote}
            type="text"
            maxLength={60}
            value={draft.case}
            onValue={set("case")}
          />
        </div>
        <LinesField
          label={say.purpose}
          note={say.purposeNote}
          maxLength={1_000}
          value={draft.purpose}
          onValue={set("purpose")}
        />
      </fieldset>
      <fieldset class="bare">
        <legend>{say.where}</legend>
        <p class="field-note">{say.whereNote}</p>
        {children}
        <div class="pair" data-three="true">
          <InputField label={say.lat} type="text" value={draft.lat} onValue={set("lat")} />
          <InputField label={say.lon} type="text" value={draft.lon} onValue={set("lon")} />
          <InputField
            label={say.radius}
            type="number"
            step="10"
            value={draft.radiusM}
            onValue={set("radiusM")}
          />
        </div>
      </fieldset>
      <fieldset class="bare">
        <legend>{say.when}</legend>
        <div class="pair">
          <InputField label={say.from} type="datetime-local" value={draft.from} onValue={set("from")} />
          <InputField label={say.to} type="datetime-local" value={draft.to} onValue={set("to")} />
        </div>
        <p class="field-note">{say.whenNote}</p>
      </fieldset>
      <fieldset class="bare">
        <legend>{say.promise}</legend>
        <div class="pair">
          <InputField
            label={say.life}
            type="number"
            step="1"
            value={draft.lifeDays}
            onValue={set("lifeDays")}
          />
          <InputField
            label={say.keep}
            type="number"
            step="1"
            value={draft.keepDays}
            onValue={set("keepDays")}
          />
        </div>
        <LinesField
          label={say.onward}
          note={say.onwardNote}
          maxLength={1_200}
          value={draft.onward}
          onValue={set("onward")}
        />
        <InputField
          label={say.contact}
          type="text"
          maxLength={200}
          value={draft.contact}
          onValue={set("contact")}
        />
        {agency.sealTo.length > 1 && (
          <ChoiceField
            label={say.sealTo}
            value={draft.sealTo}
            onValue={set("sealTo")}
            among={agency.sealTo.map((key) => [key, key] as const)}
          />
        )}
        {agency.docks.length > 1 && (
          <ChoiceField
            label={say.deliverTo}
            value={draft.deliverTo}
            onValue={set("deliverTo")}
            among={agency.docks.map((dock) => [dock, dock] as const)}
          />
        )}
      </fieldset>
    </>
  );
}
