/**
 * Inside: every file that may hold a picture, by what it holds. A file that names one of the types of
 * pictures and is not here fails the build.
 *
 * masked  it is handed masked frames; core.test.ts searches every one of them, and what comes out
 * raw     before or at the mask, or the setup still, which daemon.test.ts opens with the owner's key
 * type    names the type, holds no picture
 */
export const pictureHolders: Readonly<Record<string, "masked" | "raw" | "type">> = {
  // the simulated porch, in a shell
  "daemon/cli/models/porch-frame.ts": "type",
  "daemon/eye/alert-pictures.ts": "masked",
  "daemon/eye/build.ts": "type",
  "daemon/eye/examine/desk.ts": "masked",
  "daemon/eye/examine/light-watch.ts": "masked",
  "daemon/eye/examine/look.ts": "masked",
  "daemon/eye/examine/mask-proof.ts": "raw",
  "daemon/eye/examine/stillness.ts": "masked",
  "daemon/eye/guard/guard.ts": "masked",
  "daemon/eye/guard/sentry.ts": "masked",
  "daemon/eye/mask/apply.ts": "raw",
  "daemon/eye/mask/memory.ts": "masked",
  "daemon/eye/motion/light.ts": "masked",
  "daemon/eye/motion/motion.ts": "masked",
  "daemon/eye/pipeline.ts": "raw",
  "daemon/eye/replay/patient.ts": "masked",
  "daemon/eye/session.ts": "raw",
  "daemon/eye/setup-still/unmasked.ts": "raw",
  "daemon/eye/still-desk.ts": "raw",
  "daemon/eye/thumbnailer.ts": "masked",
  "daemon/eye/trace-pictures.ts": "masked",
  "daemon/eye/what/guarded.ts": "masked",
  "daemon/eye/what/pictures.ts": "masked",
  "daemon/eye/what/scene-of.ts": "masked",
  "daemon/eye/what/sharpness.ts": "masked",
  "daemon/eye/what/what.ts": "masked",
  // opens the masked video that systems of the house get; systems.ts searches what comes out
  "daemon/rtsp/picture/still.ts": "masked",
  "hal/encoder.ts": "type",
  "hal/gst/encoder-session.ts": "masked",
  "hal/gst/jpeg.ts": "masked",
  "models/detector.ts": "type",
  "models/input/input.ts": "masked",
  "models/runner/detector.ts": "masked",
  "models/runner/reading.ts": "masked",
};
