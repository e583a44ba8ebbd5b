/**
 * GaugeList: the limits of a request, each with what is allowed and a mark that says whether it is kept.
 */
import { Icon } from "../../../web/look/icons.tsx";
import { words } from "../words.ts";
import type { Gauge } from "./gauges.ts";

const { limits: say } = words;

interface Props {
  /** `ok` null: not said yet. */
  readonly gauges: readonly (Omit<Gauge, "ok"> & { readonly ok: boolean | null })[];
}

export function GaugeList({ gauges }: Props) {
  return (
    <ul class="gauges" data-testid="gauges">
      {gauges.map(({ id, name, value, allowed, ok }) => (
        <li key={id} class="gauge" data-ok={ok ?? "unsaid"} data-gauge={id}>
          <Icon name={ok === null ? "minus" : ok ? "check" : "alert"} />
          <span>
            {name}
            {ok !== null && <span class="unseen">, {ok ? say.kept : say.broken}</span>}
          </span>
          <strong>{value}</strong>
          <small>{allowed}</small>
        </li>
      ))}
    </ul>
  );
}
