/**
 * ParcelView: an opened parcel: that it is whole, the letter, and each recording to play and to save.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { systemClock } from "../../../hal/clock.ts";
import { SeekBar } from "../../../web/clip/seek-bar.tsx";
import { togglePlay, usePlaying } from "../../../web/clip/use-playing.ts";
import { FaultNote } from "../../../web/look/fault-note.tsx";
import { bytes as bytesText, duration } from "../../../web/look/format.ts";
import { Icon } from "../../../web/look/icons.tsx";
import { saveFile } from "../../../web/look/save-file.ts";
import { useAction } from "../../../web/look/use-action.ts";
import { countText, whenText } from "../request/places.ts";
import { words } from "../words.ts";
import { custodyOf } from "./custody.ts";
import { hashHex } from "./hash.ts";
import { videoOf, type OpenedParcel } from "./opened.ts";
import { ParcelPlayer, type PlayerPhase } from "./parcel-player.ts";
import { filesOf, type ParcelClip } from "./parcel.ts";
import { timelineOf } from "./timeline.ts";

const { parcel: say } = words;

interface Props {
  readonly parcel: OpenedParcel;
  /** The agency's signed one, for the record of custody; null = none. */
  readonly receipt: unknown;
  readonly openedWallMs: number;
  /** Whoever follows a link wants to see; whoever asked wants to know from whom. */
  readonly first?: "letter" | "recordings";
}

export function ParcelView({ parcel, receipt, openedWallMs, first = "letter" }: Props) {
  const { clips } = parcel;
  const files = filesOf(clips).length + 1;
  return (
    <>
      <section class="part" data-testid="opened">
        <div class="panel">
          <ul class="checks">
            <li>
              <Icon name="shield" />
              <span>
                <strong>{say.checkedTitle}.</strong> {say.checked(countText(files), bytesText(parcel.bytes))}
              </span>
            </li>
          </ul>
        </div>
      </section>
      {first === "letter" && <LetterFacts parcel={parcel} />}
      {clips.map((clip, i) => (
        <Recording key={clip.clip.clip} parcel={parcel} clip={clip} number={i + 1} />
      ))}
      {first === "recordings" && <LetterFacts parcel={parcel} />}
      <Custody parcel={parcel} receipt={receipt} openedWallMs={openedWallMs} />
    </>
  );
}

function LetterFacts({ parcel: { letter } }: { readonly parcel: OpenedParcel }) {
  return (
    <section class="part">
      <h2>{say.letter}</h2>
      <dl class="facts">
        <dt>{say.to}</dt>
        <dd>{letter.to}</dd>
        <dt>{say.purpose}</dt>
        <dd>{letter.purpose === "" ? "–" : letter.purpose}</dd>
        <dt>{say.note}</dt>
        <dd>{letter.note === "" ? say.noNote : <span class="own-words">{letter.note}</span>}</dd>
        <dt>{say.signedAt}</dt>
        <dd>{whenText(letter.issuedAt)}</dd>
        <dt>{say.from}</dt>
        <dd>
          <span class="code">{letter.ownerKey}</span>
          <small>{say.fromNote}</small>
        </dd>
      </dl>
    </section>
  );
}

interface RecordingProps {
  readonly parcel: OpenedParcel;
  readonly clip: ParcelClip;
  readonly number: number;
}

export function videoName({ clip }: ParcelClip, number: number): string {
  const stamp = new Date(timelineOf(clip).startWallMs).toISOString().slice(0, 19).replaceAll(":", "-");
  return `recording-${number}-${stamp}Z.mp4`;
}

function Recording({ parcel, clip, number }: RecordingProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [phase, setPhase] = useState<PlayerPhase>("loading");
  const saving = useAction();
  const { totalMs, gaps, startWallMs } = timelineOf(clip.clip);
  const sealedBytes = [clip.init, ...clip.fragments].reduce((sum, file) => sum + file.bytes, 0);
  useEffect(() => {
    if (video.current === null) return;
    const player = new ParcelPlayer(video.current, { parcel, clip }, setPhase);
    player.start();
    return () => player.close();
  }, [parcel, clip]);
  const save = async (): Promise<void> => saveFile(await videoOf(parcel, clip), videoName(clip, number));
  const playable = phase === "loading" || phase === "ready";
  return (
    <section class="part" aria-label={say.clip(String(number))} data-testid="recording" data-phase={phase}>
      <h2>{say.clip(String(number))}</h2>
      <p class="part-note">
        {say.clipFacts(whenText(startWallMs), duration(totalMs), bytesText(sealedBytes))}{" "}
        {gaps > 0 && say.gaps(gaps)}
      </p>
      <div class="screen" hidden={!playable}>
        <video ref={video} muted playsInline onClick={() => togglePlay(video.current)} />
        <SeekBar videoRef={video} totalMs={totalMs} markMs={0} kind="motion" />
      </div>
      {!playable && (
        <div class="said" data-look="warn">
          <strong>{say.cannotPlay}</strong>
          {say.cannotPlayHint}
        </div>
      )}
      <div class="form-row">
        {playable && <PlayButton video={video} clip={clip.clip.clip} />}
        <button type="button" class="button" disabled={saving.busy} onClick={() => void saving.run(save)}>
          <Icon name="download" />
          {say.save}
        </button>
      </div>
      <FaultNote fault={saving.fault} />
    </section>
  );
}

function PlayButton({
  video,
  clip,
}: {
  readonly video: { current: HTMLVideoElement | null };
  readonly clip: string;
}) {
  const playing = usePlaying(video, clip) === "playing";
  return (
    <button
      type="button"
      class="button button-main"
      onClick={() => togglePlay(video.current)}
      data-testid="play"
    >
      <Icon name={playing ? "pause" : "play"} />
      {playing ? say.pause : say.play}
    </button>
  );
}

function Custody({ parcel, receipt, openedWallMs }: Props) {
  const saving = useAction();
  const save = async (): Promise<void> => {
    const videos = [];
    for (const [i, clip] of parcel.clips.entries()) {
      const bytes = new Uint8Array(await (await videoOf(parcel, clip)).arrayBuffer());
      videos.push({ name: videoName(clip, i + 1), sha256: await hashHex(bytes), bytes: bytes.length });
    }
    const text = custodyOf({ portal: location.origin, parcel, videos, openedWallMs, receipt });
    saveFile(new Blob([text], { type: "application/json" }), `custody-${parcel.letter.grant}.json`);
  };
  return (
    <section class="part">
      <h2>{say.custodyTitle}</h2>
      <p class="part-note">{say.custodyNote}</p>
      <div class="form-row">
        <button type="button" class="button" disabled={saving.busy} onClick={() => void saving.run(save)}>
          <Icon name="download" />
          {say.custody}
        </button>
      </div>
      <FaultNote fault={saving.fault} />
    </section>
  );
}

/** Now, as the record of custody will say. */
export const openedNow = (): number => systemClock.wallMs();
