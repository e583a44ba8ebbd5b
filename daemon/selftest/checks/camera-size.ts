/**
 * Is the picture as large as the settings ask?
 */
import type { Check } from "../check.ts";
import { lookAtCamera, mostMs } from "./camera-look.ts";
import { passed, skipped, warned } from "./said.ts";

export const cameraSize: Check = {
  id: "camera-size",
  group: "camera",
  title: "The picture has the size that was asked for",
  mostMs,
  async run(context) {
    const report = await lookAtCamera(context).catch(() => null);
    if (report === null) return skipped("the camera gave no picture", "mend camera-present first");
    const { width, height, asked } = report;
    if (context.settings.camera.driver === "replay") return skipped("a video has the size that it has");
    const figures = [
      { name: "width", value: width, unit: "px", atLeast: asked.width, atMost: asked.width },
      { name: "height", value: height, unit: "px", atLeast: asked.height, atMost: asked.height },
    ];
    const seen = `the camera gives ${width}x${height}`;
    if (width === asked.width && height === asked.height) return passed(seen, { figures });
    return warned(
      `${seen}, not ${asked.width}x${asked.height}`,
      `set camera.width to ${width} and camera.height to ${height}, or choose a size that this camera has: sill hal list`,
      { figures },
    );
  },
};
