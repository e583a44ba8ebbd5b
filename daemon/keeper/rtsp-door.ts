/**
 * RTSP door: may the masked picture go to systems of the house, and is there one now? In one place, asked anew each time.
 *
 * The owner's signed policy in force must allow it (`publish.rtsp`). It is open while the eye obeys that very policy and
 * shows something: no guard that tripped, no mask that is closed, no privacy now. A camera that sleeps (camera.sleep) shows
 * nothing, and whoever watches wakes it.
 */
import type { Parts } from "./parts.ts";
import type { RtspDoor } from "./links/rtsp.ts";
import { deviceId } from "./told/facts.ts";

export type RtspDoorParts = Pick<Parts, "settings" | "policies" | "eye" | "people" | "privacy">;

export function rtspDoor(parts: RtspDoorParts): RtspDoor {
  const { settings, policies, eye, people } = parts;
  const allowed = policies.policy?.publish.rtsp === true;
  const why = allowed
    ? closedBecause(parts)
    : "the owner's signed policy does not let the picture leave by RTSP";
  const { width, height } = eye.status?.camera ?? settings.camera;
  return {
    type: "rtsp-door",
    allowed,
    open: why === null,
    why,
    device: deviceId(people.device.device),
    name: settings.mqtt.name,
    size: { width, height, fps: settings.camera.fps },
  };
}

function closedBecause({ policies, eye, privacy }: RtspDoorParts): string | null {
  if (privacy.state.closed) return "privacy now: the camera's sight is closed";
  const mask = eye.status?.mask;
  if (mask === undefined) return "the eye is not running";
  if (mask.closed !== undefined) return "the eye's sight is closed";
  if (mask.guard?.state === "tripped") return "the camera was moved, covered, or sees another scene";
  if (mask.fault !== undefined || (mask.visibleFrac === 0 && eye.status?.camera.state !== "asleep"))
    return "everything is masked";
  if (mask.policyVersion !== policies.policy?.version)
    return "the camera does not obey the newest policy yet";
  return null;
}
