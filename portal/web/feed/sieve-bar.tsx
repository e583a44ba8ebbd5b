/**
 * SieveBar: what to show, as three choices and a field.
 */
import { useId } from "preact/hooks";
import { incidentTypes } from "../../../daemon/consent/request.ts";
import { requestStates, type AgencyCard } from "../../api.ts";
import { words } from "../words.ts";
import type { Sieve } from "./sieve.ts";

const { feed: say } = words;

interface Props {
  readonly sieve: Sieve;
  readonly agencies: readonly AgencyCard[];
  readonly onSieve: (sieve: Sieve) => void;
}

export function SieveBar({ sieve, agencies, onSieve }: Props) {
  const states = { open: say.stateOpen, expired: say.stateOver, withdrawn: say.stateWithdrawn };
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
        among={incidentTypes.map((type) => [type, words.incident[type]])}
        onValue={(type) => onSieve({ ...sieve, type })}
      />
      <Choice
        label={say.state}
        value={sieve.state}
        any={say.anyState}
        among={requestStates.map((state) => [state, states[state]])}
        onValue={(state) => onSieve({ ...sieve, state })}
      />
      <SearchField value={sieve.text} onValue={(text) => onSieve({ ...sieve, text })} />
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

export function SearchField({ value, onValue }: { value: string; onValue: (value: string) => void }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{say.text}</label>
      <input
        id={id}
        class="input"
        type="search"
        value={value}
        placeholder={say.textNote}
        onInput={({ currentTarget }) => onValue(currentTarget.value)}
      />
    </div>
  );
}
