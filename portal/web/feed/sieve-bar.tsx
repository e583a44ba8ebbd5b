/**
 * SieveBar: what to show, as three choices and a field.
 */
import { useId } from "preact/hooks";
import type { IncidentType } from "../../../daemon/consent/request.ts";
import type { AgencyCard, RequestCard } from "../../api.ts";
import { words } from "../words.ts";
import type { Sieve } from "./sieve.ts";

const { feed: say } = words;

const incidents = Object.entries(words.incident) as [IncidentType, string][];
const states: readonly (readonly [RequestCard["state"], string])[] = [
  ["open", say.stateOpen],
  ["expired", say.stateOver],
  ["withdrawn", say.stateWithdrawn],
];

interface Props {
  readonly sieve: Sieve;
  readonly agencies: readonly AgencyCard[];
  readonly onSieve: (sieve: Sieve) => void;
}

export function SieveBar({ sieve, agencies, onSieve }: Props) {
  return (
    <form class="sieve" aria-label={say.filter} onSubmit={(event) => event.preventDefault()}>
      <Choice
        label={say.agency}
        value={sieve.agency}
        any={say.anyAgency}
        among={agencies.map(({ id, name }) => [id, name])}
        onValue={(agency) => onSieve({ ...sieve, agency })}
      />
      <Choice
        label={say.type}
        value={sieve.type}
        any={say.anyType}
        among={incidents}
        onValue={(type) => onSieve({ ...sieve, type })}
      />
      <Choice
        label={say.state}
        value={sieve.state}
        any={say.anyState}
        among={states}
        onValue={(state) => onSieve({ ...sieve, state })}
      />
      <SearchField value={sieve.text} onValue={(text) => onSieve({ ...sieve, text })} note={say.textNote} />
    </form>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T | "";
  readonly any: string;
  readonly among: readonly (readonly [T, string])[];
  readonly onValue: (value: T | "") => void;
}

function Choice<T extends string>({ label, value, any, among, onValue }: ChoiceProps<T>) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        class="input"
        value={value}
        onChange={({ currentTarget }) =>
          onValue(among.find(([each]) => each === currentTarget.value)?.[0] ?? "")
        }
      >
        <option value="">{any}</option>
        {among.map(([each, name]) => (
          <option key={each} value={each}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

interface SearchProps {
  readonly value: string;
  readonly onValue: (value: string) => void;
  /** What one may look for. */
  readonly note: string;
}

export function SearchField({ value, onValue, note }: SearchProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{say.text}</label>
      <input
        id={id}
        class="input"
        type="search"
        value={value}
        placeholder={note}
        onInput={({ currentTarget }) => onValue(currentTarget.value)}
      />
    </div>
  );
}
