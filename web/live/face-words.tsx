/**
 * FaceWords: the words over the live picture while there is none to see, and what to do about it.
 */
import { Icon, type IconName } from "../look/icons.tsx";
import { addressOf } from "../route/route.ts";
import { words } from "../words.ts";
import type { Face } from "./face.ts";

const { live: say } = words;

const faceIcons: Readonly<Record<Face["kind"], IconName>> = {
  live: "camera",
  wait: "door",
  paused: "pause",
  problem: "alert",
  masked: "shield",
  closed: "eyeOff",
};

interface FaceProps {
  readonly face: Face;
  readonly mayDraw: boolean;
  readonly onResume: () => void;
}

export function FaceWords({ face, mayDraw, onResume }: FaceProps) {
  return (
    <div class="live-face" data-kind={face.kind} role="status">
      <Icon name={faceIcons[face.kind]} class={face.kind === "wait" ? "breathing" : ""} />
      <p class="live-face-title">{face.title}</p>
      {face.hint !== "" && <p class="live-face-hint">{face.hint}</p>}
      {face.draw !== null && mayDraw && (
        <a class="button" href={addressOf("line")}>
          <Icon name="outline" />
          {face.draw}
        </a>
      )}
      {face.kind === "paused" && (
        <button type="button" class="button" onClick={onResume}>
          <Icon name="play" />
          {say.resume}
        </button>
      )}
    </div>
  );
}
