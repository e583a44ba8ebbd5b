/**
 * WalkResult: what the doorbell makes of a walk: seen or not, how soon, where, zone by zone.
 */
import type { Walk } from "../../../daemon/wire/api-calibration.ts";
import type { Frame } from "../../drawing/frame.ts";
import { exactTime, number, percent } from "../../look/format.ts";
import { Icon } from "../../look/icons.tsx";
import { words } from "../../words.ts";
import { walkFiles } from "../api.ts";
import { PathView } from "./path-view.tsx";

const { calibrate: say } = words;

interface Props {
  readonly walk: Walk;
  readonly frame: Frame;
  readonly ratio: number;
}

export function WalkResult({ walk, frame, ratio }: Props) {
  return (
    <section class="walk-result" data-seen={walk.seen} aria-label={walk.name} data-testid="walk-result">
      <p class="walk-verdict">
        <Icon name={walk.seen ? "eye" : "eyeOff"} />
        <strong>{walk.seen ? say.sights.seen : say.sights.unseen}</strong>
        <span>
          {walk.delayMs === null
            ? walk.firstStirWallMs === null
              ? say.nothingStirred
              : say.neverSeen
            : say.after(walk.delayMs)}
        </span>
      </p>
      <PathView zones={walk.zones.zones} frame={frame} path={walk.path} ratio={ratio} />
      <p class="path-key">
        <span class="path-key-seen" />
        {say.pathSeen}
        <span class="path-key-unseen" />
        {say.pathUnseen}
      </p>
      <dl class="facts">
        <dt>{say.seenPart}</dt>
        <dd>{percent(walk.seenFrac)}</dd>
        <dt>{say.light}</dt>
        <dd>{say.lights[walk.light]}</dd>
        <dt>{say.when}</dt>
        <dd>
          {exactTime(walk.fromWallMs)} – {exactTime(walk.toWallMs)}
        </dd>
      </dl>
      <ul class="walk-zones">
        {walk.perZone.map(({ name, seen, firstSeenWallMs, bestScore }) => (
          <li key={name} data-seen={seen}>
            <Icon name={seen ? "check" : "close"} />
            <strong>{name === "everywhere" ? say.everywhere : name}</strong>
            <span>
              {say.zoneLine(firstSeenWallMs === null ? null : exactTime(firstSeenWallMs), number(bestScore))}
            </span>
          </li>
        ))}
      </ul>
      {walk.notes.length > 0 && (
        <ul class="walk-notes-list" aria-label={say.notes}>
          {walk.notes.map(({ wallMs, text }) => (
            <li key={wallMs}>
              {exactTime(wallMs)} {text}
            </li>
          ))}
        </ul>
      )}
      <WalkFiles id={walk.id} name={walk.name} />
    </section>
  );
}

export function WalkFiles({ id, name }: Pick<Walk, "id" | "name">) {
  return (
    <div class="form-row">
      <a class="button button-big" href={walkFiles.html(id)} target="_blank" rel="noopener">
        <Icon name="paper" />
        {say.openReport}
        <span class="unseen">: {name}</span>
      </a>
      <a class="button button-big" href={walkFiles.json(id)} download={`sill-walk-${id}.json`}>
        <Icon name="download" />
        {say.json}
        <span class="unseen">: {name}</span>
      </a>
    </div>
  );
}
