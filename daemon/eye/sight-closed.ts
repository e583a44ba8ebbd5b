/**
 * Sight closed: why nobody gets a picture now, in words.
 */
import { Fault } from "../../hal/fault.ts";

export function sightClosed(): Fault {
  return new Fault("unavailable", "the camera's sight is closed: privacy now", {
    hint: "somebody of the house opens it on the page, or its time runs out",
  });
}
