/**
 * All checks, in the order in which they are asked: what needs a person first, while they are there.
 */
import type { Check } from "../check.ts";
import { boardModel, boardPower, boardTemperature } from "./board.ts";
import { clockDrift } from "./clock-drift.ts";
import { clockSense } from "./clock-sense.ts";
import { clockSource } from "./clock-source.ts";
import { keysThere, policyInForce } from "./keys.ts";
import { memory } from "./memory.ts";
import { networkName, networkOutside, networkUp } from "./network.ts";
import { permissionsData, permissionsUser } from "./permissions.ts";
import { indexSound, ledgerSound } from "./records.ts";
import { settingsSound } from "./settings-sound.ts";
import { storageFsync } from "./storage-fsync.ts";
import { storageMount } from "./storage-mount.ts";
import { storageSpace } from "./storage-space.ts";
import { storageSpeed } from "./storage-speed.ts";
import { storageWear } from "./storage-wear.ts";
import { gstParts, versions } from "./versions.ts";
import { watchdog } from "./watchdog.ts";

export const allChecks: readonly Check[] = [
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
  settingsSound,
  keysThere,
  policyInForce,
];
