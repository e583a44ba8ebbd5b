/**
 * PublishPage: where an owner opens and closes the ways out that the signed policy knows.
 *
 * All are closed until somebody ticks and signs. While the camera may have been moved nothing is signed here: a new
 * policy would confirm a line that nobody looked at.
 */
import "../look/selftest.css";
import { useState } from "preact/hooks";
import { FaultNote } from "../look/fault-note.tsx";
import { Icon } from "../look/icons.tsx";
import type { InForce } from "../line/in-force.ts";
import { publishWays, type Ways } from "../line/policy-draft.ts";
import { SaveResult } from "../line/save-result.tsx";
import { type Line, useLine } from "../line/use-line.ts";
import { addressOf } from "../route/route.ts";
import type { PageProps } from "../route/page-props.ts";
import { useStore } from "../state/store.ts";
import { words } from "../words.ts";

const { publish: say } = words;
const wayNames = ["audio", ...publishWays] as const;
type WayName = (typeof wayNames)[number];

export function PublishPage({ home, me }: PageProps) {
  const line = useLine(home, me);
  const tripped = useStore(home.store, (model) => model.status?.mask.guard?.state === "tripped");
  if (line.known === null)
    return line.loadFault === null ? (
      <p role="status">{say.loading}</p>
    ) : (
      <FaultNote fault={line.loadFault} />
    );
  const { inForce } = line.known;
  if (inForce === null || tripped)
    return (
      <section class="block">
        <p>{inForce === null ? say.noLine : say.tripped}</p>
        <a class="button button-main" href={addressOf("line")}>
          {inForce === null ? say.drawLine : words.guard.go}
        </a>
      </section>
    );
  return (
    <div class="selftest">
      <WaysForm key={inForce.version} line={line} inForce={inForce} />
    </div>
  );
}

function WaysForm({ line, inForce }: { readonly line: Line; readonly inForce: InForce }) {
  const [ways, setWays] = useState<Ways>(inForce.ways);
  const same = wayNames.every((way) => isOpen(ways, way) === isOpen(inForce.ways, way));
  return (
    <form
      class="card test-start"
      onSubmit={(event) => {
        event.preventDefault();
        void line.saveWays(inForce, ways);
      }}
    >
      {wayNames.map((way) => (
        <label key={way} class="test-attended">
          <input
            type="checkbox"
            checked={isOpen(ways, way)}
            onChange={({ currentTarget }) => setWays(withWay(ways, way, currentTarget.checked))}
            data-testid={`way-${way}`}
          />
          <span>
            <strong>{say.ways[way].name}</strong>
            <span>{say.ways[way].what}</span>
          </span>
        </label>
      ))}
      <p class="block-note">
        {say.everybody}{" "}
        <a class="quiet-link" href="/notice/sign" target="_blank" rel="noreferrer">
          {say.print}
        </a>
      </p>
      <button
        type="submit"
        class="button button-main"
        disabled={same || line.outcome === "signing"}
        data-testid="sign-ways"
      >
        <Icon name="shield" />
        {say.sign}
      </button>
      <SaveResult line={line} />
    </form>
  );
}

function isOpen({ audio, publish }: Ways, way: WayName): boolean {
  return way === "audio" ? audio : publish[way] === true;
}

function withWay(ways: Ways, way: WayName, open: boolean): Ways {
  if (way === "audio") return { ...ways, audio: open };
  const { [way]: _, ...others } = ways.publish;
  return { ...ways, publish: open ? { ...others, [way]: true } : others };
}
