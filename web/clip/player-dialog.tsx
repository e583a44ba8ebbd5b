/**
 * PlayerDialog: one event, large: its recording from before it began, and what to do with it.
 *
 * A native modal dialog: Escape closes it and the browser gives the keyboard back to the row it
 * was opened from. Space plays and pauses, arrow keys seek, N and P go to the neighbours.
 */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Clip, Event } from "../../daemon/wire/api.ts";
import { remarksOf } from "../events/describe.ts";
import { IgnoredNote } from "../events/ignored-note.tsx";
import { SignIcon } from "../events/sign-icon.tsx";
import { signOf } from "../events/signs.ts";
import { WhatMenu } from "../events/what-menu.tsx";
import { kindWords } from "../events/what-of.ts";
import { duration, exactTime, moment, seconds } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import type { Ringing } from "../ring/ring.ts";
import { RingNote } from "../ring/ring-note.tsx";
import type { Home } from "../state/home.ts";
import { useStore } from "../state/store.ts";
import { words } from "../words.ts";
import { BeforeAfter } from "./before-after.tsx";
import { PlayerControls } from "./player-controls.tsx";
import { PlayerFace } from "./player-face.tsx";
import { eventStartMs, openAtMs, playableMs } from "./plan.ts";
import { SeekBar } from "./seek-bar.tsx";
import { useClip } from "./use-clip.ts";
import { useOpened } from "./use-opened.ts";
import { togglePlay } from "./use-playing.ts";

const { player: say } = words;
const seekStepS = 2;

interface Props {
  readonly home: Home;
  readonly event: Event;
  readonly newer: Event | null;
  readonly older: Event | null;
  readonly onGo: (event: Event) => void;
  /** Null: deleting is not for this person. */
  readonly onRemove: ((event: Event) => void) | null;
  /** Null: sharing is not for this person. Told the clip. */
  readonly onShare: ((clip: string) => void) | null;
  readonly onClose: () => void;
}

function beforeWords(ms: number): string {
  return ms < 60_000 ? `${seconds(ms)} ${words.units.seconds}` : duration(ms);
}

function factsOf(event: Event, clip: Clip | null): string[] {
  const facts = remarksOf(event);
  if (clip === null) return facts;
  const before = eventStartMs(clip, event);
  if (before >= 500) facts.push(say.preRoll(beforeWords(before)));
  return facts;
}

function fileName(event: Event): string {
  const stamp = new Date(event.startWallMs).toISOString().slice(0, 19).replaceAll(":", "-");
  return `sill-${event.kind}-${stamp}Z.mp4`;
}

/** A ring that came while the player was open: the banner lies behind it. */
function useNewRing(home: Home): Ringing | null {
  const ringing = useStore(home.store, (model) => model.ringing);
  const [known] = useState(() => home.store.get().ringing?.event.id);
  return ringing?.event.id === known ? null : ringing;
}

export function PlayerDialog({ home, event: given, newer, older, onGo, onRemove, onShare, onClose }: Props) {
  const event = useOpened(home, given);
  const dialog = useRef<HTMLDialogElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const ringing = useNewRing(home);
  const { clip, phase, again } = useClip(home, event.clip, video);
  const kind = kindWords(event);
  const title = say.dialog(kind, exactTime(event.startWallMs));

  useLayoutEffect(() => {
    dialog.current?.showModal();
    dialog.current?.focus(); // so that Space and the arrow keys work at once
  }, []);

  const playable = clip !== null && clip.fragments.length > 0;
  useEffect(() => {
    if (!playable || video.current === null) return;
    video.current.currentTime = openAtMs(clip, event) / 1000;
    video.current.play().catch(() => {}); // without a gesture the viewer presses play
  }, [event.id, playable]);

  const onKeyDown = (key: KeyboardEvent): void => {
    const onControl =
      key.target instanceof HTMLElement && key.target.closest("button, a, input, select") !== null;
    const step = ({ ArrowLeft: -seekStepS, ArrowRight: seekStepS } as Record<string, number>)[key.key];
    const go = key.key === "n" ? newer : key.key === "p" ? older : null;
    if (go !== null) onGo(go);
    else if (step !== undefined && video.current !== null) video.current.currentTime += step;
    else if (key.key === " " && !onControl) togglePlay(video.current);
    else return;
    key.preventDefault();
  };
  const empty = event.clip === null ? (event.state === "open" ? "waiting" : "no-video") : null;
  const waiting = clip !== null && clip.fragments.length === 0 ? "waiting" : phase;
  const totalMs = clip === null ? 0 : playableMs(clip);
  return (
    <dialog
      class="player"
      ref={dialog}
      aria-label={title}
      tabIndex={-1}
      onClose={onClose}
      onKeyDown={onKeyDown}
      onClick={(click) => click.target === dialog.current && dialog.current?.close()}
      data-testid="player"
    >
      <div class="player-body">
        <header class="player-head">
          <span class="kind-sign" data-kind={event.kind}>
            <SignIcon sign={signOf(event)} />
          </span>
          <div class="player-title">
            <h2>{kind}</h2>
            {event.kind === "motion" && (
              <WhatMenu event={event} onCorrect={(label) => void home.remarks.correct(event, label)} />
            )}
            <time dateTime={new Date(event.startWallMs).toISOString()}>{moment(event.startWallMs)}</time>
          </div>
          <button
            type="button"
            class="button button-icon"
            disabled={newer === null}
            aria-label={say.newer}
            title={say.newer}
            onClick={() => newer !== null && onGo(newer)}
          >
            <Icon name="newer" />
          </button>
          <button
            type="button"
            class="button button-icon"
            disabled={older === null}
            aria-label={say.older}
            title={say.older}
            onClick={() => older !== null && onGo(older)}
          >
            <Icon name="older" />
          </button>
          <button
            type="button"
            class="button button-icon"
            aria-label={say.close}
            title={say.close}
            onClick={() => dialog.current?.close()}
          >
            <Icon name="close" />
          </button>
        </header>
        {ringing !== null && <RingNote ringing={ringing} onSee={() => dialog.current?.close()} />}
        <div class="player-stage">
          <video ref={video} muted playsInline tabIndex={-1} onClick={() => togglePlay(video.current)} />
          <PlayerFace phase={empty ?? waiting} onAgain={again} />
          {clip?.state === "recording" && <p class="live-badge recording">{say.recording}</p>}
        </div>
        {playable && (
          <SeekBar videoRef={video} totalMs={totalMs} markMs={eventStartMs(clip, event)} kind={event.kind} />
        )}
        <p class="player-facts">{factsOf(event, clip).join(" · ")}</p>
        <IgnoredNote home={home} event={event} />
        {clip?.state === "interrupted" && <p class="player-facts">{say.interrupted}</p>}
        {clip !== null && <BeforeAfter clip={clip} happenings={event.happenings} />}
        <PlayerControls
          home={home}
          videoRef={video}
          clip={event.clip}
          downloadName={fileName(event)}
          removable={event.state !== "open"}
          onShare={
            onShare &&
            (() => {
              dialog.current?.close();
              if (event.clip !== null) onShare(event.clip);
            })
          }
          onRemove={
            onRemove &&
            (() => {
              dialog.current?.close(); // first: it gives the keyboard back to the list
              onRemove(event);
            })
          }
        />
      </div>
    </dialog>
  );
}
