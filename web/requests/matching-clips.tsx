/**
 * MatchingClips: which recordings of this house lie in the time that is asked about, opened with the
 * viewer's own key; when, and how much of each lies inside.
 */
import { useState } from "preact/hooks";
import type { RequestCard } from "../../daemon/wire/api-consent.ts";
import { usePicture } from "../events/use-picture.ts";
import { clockTime, duration, exactTime, number } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import { clipPaths } from "../state/api.ts";
import { words } from "../words.ts";

const { clips: say } = words.requests;
const shownAtOnce = 6;

type MatchingClip = RequestCard["clips"][number];

export function MatchingClips({ clips }: { readonly clips: readonly MatchingClip[] }) {
  const [all, setAll] = useState(false);
  const insideMs = clips.reduce((sum, clip) => sum + clip.insideMs, 0);
  const inside = duration(insideMs);
  const shown = all ? clips : clips.slice(0, shownAtOnce);
  return (
    <section class="request-part">
      <h4>
        {clips.length === 0
          ? say.gone
          : clips.length === 1
            ? say.one(inside)
            : say.title(number(clips.length), inside)}
      </h4>
      <ul class="clips">
        {shown.map((clip) => (
          <ClipCell key={clip.clip} clip={clip} />
        ))}
      </ul>
      {shown.length < clips.length && (
        <button type="button" class="button" onClick={() => setAll(true)}>
          {say.more(number(clips.length - shown.length))}
        </button>
      )}
    </section>
  );
}

function ClipCell({ clip }: { readonly clip: MatchingClip }) {
  const picture = usePicture(clipPaths.thumbnail(clip.clip), clip.durationMs);
  const all = duration(clip.durationMs);
  const whole = clip.insideMs >= clip.durationMs;
  return (
    <li class="clip-cell" data-clip={clip.clip}>
      <span class="thumb">
        {picture === null ? <Icon name="play" /> : <img src={picture} alt="" decoding="async" />}
      </span>
      <time dateTime={new Date(clip.startWallMs).toISOString()} title={exactTime(clip.startWallMs)}>
        {clockTime(clip.startWallMs)}
      </time>
      <span class="clip-inside">{whole ? say.whole(all) : say.inside(duration(clip.insideMs), all)}</span>
    </li>
  );
}
