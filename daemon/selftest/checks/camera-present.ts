/**
 * Does the camera give pictures at all?
 */
import type { Check } from "../check.ts";
import { toFault } from "../../../hal/fault.ts";
import { lookAtCamera, mostMs } from "./camera-look.ts";
import { failed, passed } from "./said.ts";

export const cameraPresent: Check = {
  id: "camera-present",
  group: "camera",
  title: "The camera is there and gives pictures",
  mostMs,
  async run(context) {
    try {
      const { name, frames } = await lookAtCamera(context);
      return passed(`${name} gave ${frames} pictures`, {
        figures: [{ name: "frames", value: frames, unit: "count", atLeast: 2 }],
      });
    } catch (error) {
      const { message, hint } = toFault(error);
      return failed(message, hint ?? "look at the cable; sill hal list shows which cameras are there");
    }
  },
};
