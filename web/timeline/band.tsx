/**
 * Band: time from left to right under a playhead that stays where it is; dragged, pinched, wheeled or by keys.
 *
 * A slider whose value is the time under the playhead, told in words when it rests. Whoever cannot see it has the
 * same in the list.
 */
import { useEffect, useRef } from "preact/hooks";
import { moment } from "../look/format.ts";
import { useStore } from "../state/store.ts";
import { words } from "../words.ts";
import { moved, noHands, pressed, released, wheeled, type Hands, type Pointer } from "./hands.ts";
import { deedOf, type Deed } from "./keys.ts";
import type { HousePlace } from "./nights.ts";
import type { Timeline } from "./timeline.ts";
import { usePaint } from "./use-paint.ts";
import { stepMs, zoomed } from "./view.ts";
import { whatAt, whatWords } from "./what-at.ts";

const { timeline: say } = words;

interface Props {
  readonly timeline: Timeline;
  readonly place: HousePlace;
  readonly onPlay: () => void;
}

/** False: it was not for the band. */
export function carryOut(timeline: Timeline, deed: Deed, onPlay: () => void): void {
  const view = timeline.view.get();
  const to = (atMs: number): void => timeline.go({ ...view, atMs });
  switch (deed.do) {
    case "step":
      return to(view.atMs + deed.steps * stepMs(view));
    case "page":
      return to(view.atMs + deed.pages * view.spanMs);
    case "zoom":
      return timeline.go(zoomed(view, deed.factor));
    case "oldest":
      return to(timeline.bounds.oldestMs);
    case "now":
      return to(timeline.bounds.nowMs);
    case "play":
      return onPlay();
    case "event": {
      const next = timeline.neighbour(deed.direction);
      return next === null ? undefined : to(next.startWallMs);
    }
  }
}

export function Band({ timeline, place, onPlay }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const slider = useRef<HTMLDivElement>(null);
  const hands = useRef<Hands>(noHands);
  usePaint(canvas, timeline, place);
  const rested = useStore(timeline.state, (state) => state.rested);
  const known = useStore(timeline.state, (state) => state.known);
  const oldestMs = useStore(timeline.state, (state) => state.bounds.oldestMs);
  const text = say.at(moment(rested.atMs), whatWords(whatAt(known, rested.atMs)));

  // not passive: the page must not scroll with the band
  useEffect(() => {
    const element = slider.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent): void => {
      if (event.ctrlKey) return; // the browser's zoom
      event.preventDefault();
      timeline.move(wheeled(timeline.view.get(), event, element.clientWidth));
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [timeline]);

  const frame = () => ({ view: timeline.view.get(), widthPx: slider.current?.clientWidth ?? 1 });
  const pointerOf = (event: PointerEvent): Pointer => ({
    id: event.pointerId,
    px: event.clientX - (slider.current?.getBoundingClientRect().left ?? 0),
  });
  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    slider.current?.setPointerCapture(event.pointerId);
    hands.current = pressed(hands.current, pointerOf(event));
  };
  const onMove = (event: PointerEvent): void => {
    const before = timeline.view.get();
    const next = moved(hands.current, pointerOf(event), frame());
    hands.current = next.hands;
    if (next.view !== before) timeline.move(next.view);
  };
  const onUp = (event: PointerEvent): void => {
    const next = released(hands.current, pointerOf(event), frame());
    hands.current = next.hands;
    if (next.tapMs !== null) timeline.go({ ...timeline.view.get(), atMs: next.tapMs });
  };
  const onCancel = (event: PointerEvent): void => {
    hands.current = released(hands.current, pointerOf(event), frame()).hands;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const deed = deedOf(event);
    if (deed === null) return;
    event.preventDefault();
    carryOut(timeline, deed, onPlay);
  };
  return (
    <div
      ref={slider}
      class="band"
      role="slider"
      tabIndex={0}
      aria-label={say.band}
      aria-describedby="band-keys"
      aria-valuemin={Math.round(oldestMs / 1000)}
      aria-valuemax={Math.round(Math.max(timeline.bounds.nowMs, rested.atMs) / 1000)}
      aria-valuenow={Math.round(rested.atMs / 1000)}
      aria-valuetext={text}
      onPointerDown={onDown}
      onPointerMove={onMove}
      onPointerUp={onUp}
      onPointerCancel={onCancel}
      onKeyDown={onKeyDown}
      data-testid="band"
    >
      <canvas ref={canvas} aria-hidden="true" />
    </div>
  );
}
