/**
 * PlacePage: where an owner says where the house is, so that the doorbell can tell which requests are about it.
 *
 * What is typed is read here and shown back in words and on a grid before it is saved; it goes to the
 * doorbell and nowhere else.
 */
import "../look/requests.css";
import { useState } from "preact/hooks";
import { FaultNote } from "../look/fault-note.tsx";
import { number } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import { useAction } from "../look/use-action.ts";
import { useAsked } from "../look/use-asked.ts";
import type { PageProps } from "../route/page-props.ts";
import { words } from "../words.ts";
import { getPlace, putPlace } from "./api.ts";
import { parsePlace, type Parsed } from "./parse-place.ts";
import { PlaceGrid } from "./place-grid.tsx";
import { inDegrees, inMinutes } from "./say-place.ts";

const { place: say } = words;
/** Farther off than this, the smallest circle that a request may draw says nothing about the house. */
const coarseM = 60;

export function PlacePage({ home }: PageProps) {
  const asked = useAsked(getPlace, { clock: home.clock, everyMs: null });
  const [typed, setTyped] = useState("");
  const [done, setDone] = useState("");
  const { busy, fault, run } = useAction();
  const parsed = parsePlace(typed);
  const known = asked.value?.place ?? null;
  const shown = "place" in parsed ? parsed.place : known;
  const put = async (place: typeof known, said: string): Promise<void> => {
    setDone("");
    if (!(await run(() => putPlace(place)))) return;
    setTyped("");
    setDone(said);
    asked.again();
  };
  return (
    <section class="block place">
      <p>{say.why}</p>
      <div class="promise">
        <Icon name="shield" />
        <p>
          <strong>{say.staysTitle}.</strong> {say.stays}
        </p>
      </div>
      <FaultNote fault={asked.fault ?? fault} />
      {asked.value !== null && (
        <div class="place-known" data-testid="place-known">
          {known === null ? (
            <p>{say.notSaid}</p>
          ) : (
            <>
              <p>
                {say.known} <strong>{inDegrees(known)}</strong>
                <span>{inMinutes(known)}</span>
              </p>
              <button
                type="button"
                class="button"
                disabled={busy}
                onClick={() => void put(null, say.cleared)}
              >
                {say.clear}
              </button>
            </>
          )}
        </div>
      )}
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          if ("place" in parsed) void put(parsed.place, say.saved);
        }}
      >
        <PlaceField typed={typed} parsed={parsed} onTyped={setTyped} />
        {shown !== null && <PlaceGrid place={shown} />}
        <div class="form-row">
          <button type="submit" class="button button-main" disabled={busy || !("place" in parsed)}>
            {say.save}
          </button>
          <p role="status" class="quiet-status">
            {done}
          </p>
        </div>
      </form>
    </section>
  );
}

interface FieldProps {
  readonly typed: string;
  readonly parsed: Parsed;
  readonly onTyped: (text: string) => void;
}

function PlaceField({ typed, parsed, onTyped }: FieldProps) {
  const wrong = "flaw" in parsed && parsed.flaw !== "empty";
  return (
    <div class="field">
      <label for="coordinates">{say.field}</label>
      <input
        id="coordinates"
        class="input"
        data-code="true"
        value={typed}
        onInput={({ currentTarget }) => onTyped(currentTarget.value)}
        autoComplete="off"
        autoCapitalize="none"
        spellcheck={false}
        maxLength={200}
        aria-invalid={wrong}
        aria-describedby="coordinates-note coordinates-read"
      />
      <p class="field-note" id="coordinates-note">
        {say.fieldNote}
      </p>
      <p class="field-note" id="coordinates-read" data-wrong={wrong} role="status">
        <ReadBack parsed={parsed} />
      </p>
    </div>
  );
}

function ReadBack({ parsed }: { readonly parsed: Parsed }) {
  if ("flaw" in parsed) return <>{say.flaws[parsed.flaw]}</>;
  const { place, precisionM } = parsed;
  return (
    <>
      {`${say.shown} ${inDegrees(place)} (${inMinutes(place)}).`}
      {precisionM > coarseM && ` ${say.coarse(farWords(precisionM))}`}
    </>
  );
}

function farWords(metres: number): string {
  return metres < 1_000 ? `${number(Math.round(metres / 10) * 10)} m` : `${number(metres / 1_000)} km`;
}
