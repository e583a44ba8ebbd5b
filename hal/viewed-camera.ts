/**
 * Viewed camera: a camera of which only a part is used, the right way up.
 *
 * Wraps any driver. What it lends is the view, `info` says its size and, in `view`, which pixels of
 * the sensor it is. A driver that turns pictures itself (gst, natively) says so with `turns`: then
 * only the crop is left to do here, which costs nothing.
 */
import type { Camera, CameraDriver, CameraInfo } from "./camera.ts";
import { Fault } from "./fault.ts";
import type { FrameGeometry } from "./frame.ts";
import { viewerOf } from "./turned-picture.ts";
import { isWhole, viewOf, wholeView, type View, type ViewGeometry } from "./view.ts";

export interface ViewedOptions {
  readonly view: View;
  /** Does the driver turn its pictures by `view.rotate` already? */
  readonly turns: boolean;
}

export function viewedCamera(driver: CameraDriver, { view, turns }: ViewedOptions): CameraDriver {
  return {
    async open(signal) {
      const camera = await driver.open(signal);
      try {
        return asViewed(camera, view, turns);
      } catch (error) {
        await camera.close();
        throw error;
      }
    },
  };
}

function asViewed(camera: Camera, view: View, turned: boolean): Camera {
  const lies = turned && (view.rotate === 90 || view.rotate === 270);
  const { width, height } = camera.info;
  const geometry = viewOf(lies ? { width: height, height: width } : { width, height }, view);
  if (isWhole(geometry)) return camera;
  const look = viewerOf(turned ? cropOfTurned(geometry, camera.info) : geometry);
  const info: CameraInfo = { ...camera.info, ...geometry.size, view: geometry };
  return {
    info,
    get counters() {
      return camera.counters;
    },
    async read() {
      const raw = await camera.read();
      return raw === null ? null : { ...look(raw), ptsUs: raw.ptsUs, sequence: raw.sequence };
    },
    close: () => camera.close(),
    [Symbol.asyncDispose]: () => camera.close(),
  };
}

/** The same view, as a crop of a picture that was turned as a whole before. */
function cropOfTurned({ sensor, box, rotate, size }: ViewGeometry, turned: FrameGeometry): ViewGeometry {
  const [left, top, width, height] = box;
  if (rotate !== 0 && (sensor.width % 2 !== 0 || sensor.height % 2 !== 0))
    throw new Fault("invalid", `a picture of ${sensor.width}x${sensor.height} cannot be turned`, {
      hint: "choose an even camera.width and camera.height",
    });
  const [right, bottom] = [sensor.width - left - width, sensor.height - top - height];
  const [x, y] = { 0: [left, top], 90: [bottom, left], 180: [right, bottom], 270: [top, right] }[rotate] as [
    number,
    number,
  ];
  return { sensor: turned, box: [x, y, size.width, size.height], rotate: wholeView.rotate, size };
}
