/**
 * All checks, in the order in which they are asked: what needs a person first, while they are there.
 */
import type { Check } from "../check.ts";
import { boardModel, boardPower, boardTemperature } from "./board.ts";
import { button } from "./button.ts";
import { cameraDropped } from "./camera-dropped.ts";
import { cameraPacing } from "./camera-pacing.ts";
import { cameraPresent } from "./camera-present.ts";
import { cameraSize } from "./camera-size.ts";
import { chime } from "./chime.ts";
import { clockDrift } from "./clock-drift.ts";
import { clockSense } from "./clock-sense.ts";
import { clockSource } from "./clock-source.ts";
import { gstParts } from "./gst-parts.ts";
import { keysThere, policyInForce } from "./keys.ts";
import { maskVerified } from "./mask-verified.ts";
import { memory } from "./memory.ts";
import { networkName, networkUp } from "./network.ts";
import { networkOutside } from "./outside.ts";
import { permissionsData, permissionsUser } from "./permissions.ts";
import { pictureCovered } from "./picture-covered.ts";
import { pictureExposure } from "./picture-exposure.ts";
import { pictureFocus } from "./picture-focus.ts";
import { pictureFrozen } from "./picture-frozen.ts";
import { pictureGuard } from "./picture-guard.ts";
import { pictureLight } from "./picture-light.ts";
import { pir } from "./pir.ts";
import { indexSound, ledgerSound } from "./records.ts";
import { settingsSound } from "./settings-sound.ts";
import { statusLight } from "./status-light.ts";
import { storageFsync } from "./storage-fsync.ts";
import { storageMount } from "./storage-mount.ts";
import { storageSpace } from "./storage-space.ts";
import { storageSpeed } from "./storage-speed.ts";
import { storageWear } from "./storage-wear.ts";
import { versions } from "./versions.ts";
import { watchdog } from "./watchdog.ts";
import { whatModel } from "./what-model.ts";

export const allChecks: readonly Check[] = [
  button,
  pir,
  statusLight,
  chime,
  cameraPresent,
  cameraSize,
  cameraPacing,
  cameraDropped,
  pictureCovered,
  pictureExposure,
  pictureFocus,
  pictureFrozen,
  pictureLight,
  pictureGuard,
  maskVerified,
  storageMount,
  storageSpeed,
  storageFsync,
  storageSpace,
  storageWear,
  indexSound,
  ledgerSound,
  clockSource,
  clockSense,
  clockDrift,
  networkUp,
  networkName,
  networkOutside,
  boardModel,
  boardTemperature,
  boardPower,
  memory,
  watchdog,
  permissionsUser,
  permissionsData,
  versions,
  gstParts,
  whatModel,
  settingsSound,
  keysThere,
  policyInForce,
];
