/**
 * Opens a camera once and prints the Fault as JSON, or null: for another user than the test's.
 *
 *   node try-camera.ts SOURCE
 */
import { toFault } from "../../../hal/fault.ts";
import { gstCamera } from "../../../hal/gst/camera.ts";

const source = process.argv[2] ?? "auto";
try {
  await using camera = await gstCamera({ source, width: 320, height: 180, fps: 15, stallMs: 4_000 }).open();
  await camera.read();
  process.stdout.write("null\n");
} catch (error) {
  const { kind, message, hint } = toFault(error);
  process.stdout.write(`${JSON.stringify({ kind, message, hint })}\n`);
}
