/**
 * HeatView: the masked picture live, heat on it, the zones on top.
 *
 * Where there is no picture (covered, masked, the camera away) the words of the live view say why.
 */
import { useEffect, useRef } from "preact/hooks";
import type { Zones } from "../../../daemon/wire/api-household.ts";
import type { Frame } from "../../drawing/frame.ts";
import { faceOf } from "../../live/face.ts";
import { FaceWords } from "../../live/face-words.tsx";
import { useLive } from "../../live/use-live.ts";
import type { Home } from "../../state/home.ts";
import { useStore } from "../../state/store.ts";
import { words } from "../../words.ts";
import { HeatCanvas } from "./heat-canvas.tsx";
import type { HeatWatch, Seen } from "./heat-watch.ts";
import { ZoneLines } from "./zone-lines.tsx";

interface Props {
  readonly home: Home;
  readonly watch: HeatWatch;
  readonly zones: Zones["zones"];
  readonly frame: Frame;
  readonly wanted: boolean;
  /** Drawing the line is for this person to do. */
  readonly mayDraw: boolean;
  readonly onResume: () => void;
  readonly onPainted: (delayMs: number) => void;
}

export function firedOf(seen: Seen | null): string {
  return seen === null ? "" : seen.verdict.zones.join("\n");
}

export function HeatView({ home, watch, zones, frame, wanted, mayDraw, onResume, onPainted }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const live = useLive(home, video, wanted);
  const status = useStore(home.store, (model) => model.status);
  const fired = useStore(watch.seen, firedOf);
  const face = faceOf({ ...live, wanted, status, nowMs: home.clock.wallMs() });
  const { shape } = live;
  useEffect(() => {
    if (shape !== null) box.current?.style.setProperty("--shape", `${shape[0]} / ${shape[1]}`);
  }, [shape]);
  return (
    <div class="heat-view" ref={box} data-face={face.kind} data-testid="heat-view">
      <video ref={video} class="live-video" aria-label={words.live.label} muted playsInline tabIndex={-1} />
      {!face.covers && <HeatCanvas home={home} watch={watch} onPainted={onPainted} />}
      {!face.covers && <ZoneLines zones={zones} frame={frame} fired={fired.split("\n")} />}
      {face.covers && <FaceWords face={face} mayDraw={mayDraw} onResume={onResume} />}
    </div>
  );
}
