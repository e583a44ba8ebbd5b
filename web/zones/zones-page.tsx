/**
 * ZonesPage: where owners and installers draw where movement counts.
 *
 * The same editor as the property line's, on the picture as everybody sees it.
 */
import "../look/drawing.css";
import { useRef } from "preact/hooks";
import { useFrame } from "../drawing/use-frame.ts";
import { Icon } from "../look/icons.tsx";
import { faceOf, type Face } from "../live/face.ts";
import type { PageProps } from "../route/page-props.ts";
import { useStore } from "../state/store.ts";
import { words } from "../words.ts";
import { useMaskedPicture } from "./use-masked-picture.ts";
import { useZones } from "./use-zones.ts";
import { ZonesDesk } from "./zones-desk.tsx";

const { zones: say } = words;

export function ZonesPage({ home, me }: PageProps) {
  const video = useRef<HTMLVideoElement>(null);
  const status = useStore(home.store, (model) => model.status);
  const zones = useZones();
  const blind = status !== null && status.camera.state === "running" && status.mask.visibleFrac === 0;
  const masked = useMaskedPicture(home, video, blind);
  const face = faceOf({ ...masked.live, wanted: masked.wanted, status, nowMs: home.clock.wallMs() });
  const { picture } = masked;
  const frame = useFrame(home, picture?.size ?? null);
  return (
    <div class="draw-page">
      <video ref={video} class="unseen" muted playsInline tabIndex={-1} aria-hidden="true" />
      {zones.fault !== null && (
        <div class="problem" data-level="wrong" role="alert">
          <p>
            {say.failed}: {zones.fault.message}
          </p>
          <button type="button" class="button" onClick={() => void zones.load()}>
            {say.retry}
          </button>
        </div>
      )}
      {zones.fault === null && (zones.kept === null || picture === null) && (
        <p role="status">{blind ? say.masked : waitingFor(face)}</p>
      )}
      {zones.kept !== null && picture !== null && (
        <ZonesDesk
          kept={zones.kept}
          zones={zones}
          picture={picture}
          frame={frame}
          isOwner={me.person.role === "owner"}
        >
          <button type="button" class="button tool" disabled={masked.wanted} onClick={masked.again}>
            <Icon name="again" />
            {say.newPicture}
          </button>
        </ZonesDesk>
      )}
    </div>
  );
}

function waitingFor(face: Face): string {
  return face.covers && face.kind !== "wait" ? `${face.title}. ${face.hint}` : say.waiting;
}
