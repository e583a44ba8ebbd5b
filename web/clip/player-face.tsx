/**
 * PlayerFace: why there is no moving picture in the player, in words.
 */
import { Icon } from "../look/icons.tsx";
import { words } from "../words.ts";
import type { ClipPhase } from "./clip-player.ts";

const { player: say } = words;

interface Props {
  readonly phase: ClipPhase | "no-video" | "waiting";
  readonly onAgain: () => void;
}

const faces = {
  "no-video": [say.noVideo, say.noVideoHint],
  gone: [say.gone, say.goneHint],
  denied: [say.denied, say.deniedHint],
  corrupt: [say.corrupt, say.corruptHint],
  failed: [say.failed, ""],
  undecodable: [words.live.undecodable, words.live.unsupportedHint],
  waiting: [say.waiting, ""],
  loading: [say.loading, ""],
} as const;

export function PlayerFace({ phase, onAgain }: Props) {
  if (phase === "ready") return null;
  const [title, hint] = faces[phase];
  const waits = phase === "loading" || phase === "waiting";
  return (
    <div class="live-face" data-kind={waits ? "wait" : "problem"} role="status">
      <Icon name={waits ? "door" : "noVideo"} class={waits ? "breathing" : ""} />
      <p class="live-face-title">{title}</p>
      {hint !== "" && <p class="live-face-hint">{hint}</p>}
      {phase === "failed" && (
        <button type="button" class="button" onClick={onAgain}>
          <Icon name="again" />
          {say.retry}
        </button>
      )}
    </div>
  );
}
