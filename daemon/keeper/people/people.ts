/**
 * People: everything the keeper knows of persons, opened together.
 *
 *   device key -> household book -> sessions -> their sockets
 *                     └-> pairing code (while nobody is paired), challenges, joins
 */
import type { Clock } from "../../../hal/sensors.ts";
import { openDeviceKey, type DeviceKey } from "../../identity/device-key.ts";
import type { DataPaths } from "../../wire/paths.ts";
import { Challenges } from "./challenges.ts";
import { HouseholdBook } from "./household-book.ts";
import { Joins } from "./joins.ts";
import { PairingDesk } from "./pairing.ts";
import { SessionSockets } from "./session-sockets.ts";
import { Sessions } from "./sessions.ts";

export interface People extends AsyncDisposable {
  readonly device: DeviceKey;
  readonly household: HouseholdBook;
  readonly pairing: PairingDesk;
  readonly joins: Joins;
  readonly challenges: Challenges;
  readonly sessions: Sessions;
  readonly sockets: SessionSockets;
}

export interface PeopleOptions {
  readonly paths: DataPaths;
  readonly clock: Clock;
  /** A full disk takes no pairing code, but must not stop the bell; `sill pair` makes one later. */
  readonly onNoCode: (error: unknown) => void;
}

/** Throws Fault when the device key cannot be read or made; a broken household is a fault of the book. */
export async function openPeople({ paths, clock, onNoCode }: PeopleOptions): Promise<People> {
  const device = await openDeviceKey(paths.deviceKey);
  const household = await HouseholdBook.open(paths.household, device.device);
  const pairing = new PairingDesk(paths.pairing, clock);
  if (household.isPaired) await pairing.close();
  else await pairing.open().catch(onNoCode);
  const sockets = new SessionSockets((session): boolean => sessions.isOpen(session));
  const sessions: Sessions = await Sessions.open({
    path: paths.sessions,
    clock,
    personWith: (signKey) => household.personWith(signKey),
    onEnded: (session) => sockets.close(session),
  });
  const joins = new Joins({ clock, isEnrolled: (signKey) => household.personWith(signKey) !== null });
  return {
    device,
    household,
    pairing,
    joins,
    challenges: new Challenges(clock),
    sessions,
    sockets,
    [Symbol.asyncDispose]: () => sessions[Symbol.asyncDispose](),
  };
}
