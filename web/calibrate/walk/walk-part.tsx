/**
 * WalkPart: the walk test: what it is called, the big button, its result, and those that were taken before.
 */
import { useState } from "preact/hooks";
import type { Zones } from "../../../daemon/wire/api-household.ts";
import type { Frame } from "../../drawing/frame.ts";
import { FaultNote } from "../../look/fault-note.tsx";
import { clockTime, shortDay } from "../../look/format.ts";
import { Icon } from "../../look/icons.tsx";
import { useAsked } from "../../look/use-asked.ts";
import type { Home } from "../../state/home.ts";
import { useStore } from "../../state/store.ts";
import { words } from "../../words.ts";
import { getWalks } from "../api.ts";
import type { HeatWatch } from "../heat/heat-watch.ts";
import { useWalk } from "./use-walk.ts";
import { WalkList } from "./walk-list.tsx";
import { WalkResult } from "./walk-result.tsx";
import { WalkScreen } from "./walk-screen.tsx";

const { calibrate: say } = words;

interface Props {
  readonly home: Home;
  readonly watch: HeatWatch;
  /** The draft differs from what the doorbell keeps, which the walk is counted with. */
  readonly differs: boolean;
  readonly zones: Zones["zones"];
  readonly frame: Frame;
}

export function WalkPart({ home, watch, differs, zones, frame }: Props) {
  const walks = useAsked(getWalks, { clock: home.clock, everyMs: null });
  const desk = useWalk(home, watch, walks.again);
  const [name, setName] = useState("");
  const camera = useStore(home.store, cameraRatio);
  const nowMs = home.now();
  const usual = say.walkName(shortDay(nowMs), clockTime(nowMs));
  const { state } = desk;
  const ratio = camera ?? 16 / 9;
  return (
    <div class="walk" data-testid="walk">
      {(state.phase === "countdown" || state.phase === "walking") && (
        <WalkScreen desk={desk} state={state} zones={zones} frame={frame} ratio={ratio} />
      )}
      <section class="card walk-start">
        <h3>{say.walk}</h3>
        <p class="block-note">{say.walkWhy}</p>
        {differs && <p class="draw-wrong">{say.walkUnsaved}</p>}
        <div class="field">
          <label for="walk-name">{say.walkNameField}</label>
          <input
            id="walk-name"
            class="input"
            value={name}
            placeholder={usual}
            maxLength={80}
            autoComplete="off"
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
        </div>
        <button
          type="button"
          class="button button-main walk-go"
          disabled={state.phase === "sending"}
          onClick={() => desk.start(name.trim() === "" ? usual : name.trim())}
          data-testid="walk-start"
        >
          <Icon name="person" />
          {say.start}
        </button>
        <p class="draw-hint">{say.walkTone}</p>
      </section>
      {state.phase === "sending" && (
        <p class="week-progress" data-busy="true" role="status">
          <span class="spinner" aria-hidden="true" />
          {say.counting}
        </p>
      )}
      {state.phase === "failed" && (
        <div class="week-fault">
          <FaultNote fault={state.fault} />
          <button type="button" class="button button-big" onClick={desk.again}>
            <Icon name="again" />
            {say.again}
          </button>
        </div>
      )}
      {state.phase === "over" && (
        <section class="card" aria-labelledby="walk-over">
          <h3 id="walk-over">{state.result.name}</h3>
          <WalkResult walk={state.result} frame={frame} ratio={ratio} />
        </section>
      )}
      <WalkList walks={walks} />
    </div>
  );
}

function cameraRatio({ status }: ReturnType<Home["store"]["get"]>): number | null {
  const camera = status?.camera;
  return camera === undefined || camera.height === 0 ? null : camera.width / camera.height;
}
