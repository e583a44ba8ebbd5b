/**
 * Household watch: who belongs to this doorbell, read by the eye itself, now and at every change.
 *
 * Fails closed: with no key of the doorbell, with records that do not hold together or that
 * contradict the pin, there is no household (everything is masked) and `fault` says why. Recipients
 * stay those of the last household that was good, so that what is being recorded can be closed;
 * nobody is added.
 */
import { basename } from "node:path";
import { Fault, toFault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import { viewersOf } from "../../household/household.ts";
import { readRecords } from "../../household/record-files.ts";
import { readDeviceName } from "../../identity/device-key.ts";
import { parseRecipient, type Recipient } from "../../seal/age/keys.ts";
import type { DataPaths } from "../../wire/paths.ts";
import { furtherPin, keepPin, readPin, type Pin } from "./pin.ts";
import { readSeen } from "./policy-seen.ts";
import { Rereader } from "./rereader.ts";
import { pinOf, trustedHousehold, type TrustedHousehold } from "./trusted.ts";
import { watchFolder } from "./watch-folder.ts";

export interface HouseholdState {
  readonly trusted: TrustedHousehold | null;
  readonly fault: Fault | null;
}

export interface HouseholdWatchOptions {
  readonly paths: Pick<DataPaths, "root" | "deviceKey" | "deviceName" | "household" | "trust" | "policySeen">;
  readonly clock: Clock;
  readonly onChange: (state: HouseholdState) => void;
}

export class HouseholdWatch implements AsyncDisposable {
  readonly #options: HouseholdWatchOptions;
  readonly #rereader = new Rereader(() => this.#read());
  #state: HouseholdState = { trusted: null, fault: null };
  #viewers: readonly Recipient[] = [];
  #pin: Pin | null = null;
  /** Nothing is judged before the pin is known: any household would pass, and be pinned. */
  #started = false;
  #kept = true;
  /** What the state was made of: the same records are not verified again. */
  #judged = "";
  #stops: (() => void)[] = [];

  constructor(options: HouseholdWatchOptions) {
    this.#options = options;
  }

  get state(): HouseholdState {
    return this.#state;
  }

  /** Whom recordings are sealed to; the same list until it changes. */
  get viewers(): readonly Recipient[] {
    return this.#viewers;
  }

  /** Resolves when the household was read for the first time. */
  async start(): Promise<void> {
    const { paths, clock } = this.#options;
    const [kept, seen] = [await readPin(paths.trust), await readSeen(paths.policySeen)];
    this.#pin = furtherPin(kept, seen?.household ?? null);
    this.#kept = kept?.head === this.#pin?.head;
    this.#started = true;
    const onStir = (): void => void this.reload();
    this.#stops = [
      watchFolder({ folder: paths.household, clock, concerns: () => true, onStir }),
      watchFolder({
        folder: paths.root,
        clock,
        concerns: (name) => name === basename(paths.deviceKey) || name === basename(paths.deviceName),
        onStir,
      }),
    ];
    await this.reload();
  }

  /** Reads again; calls onChange only when something changed. Before `start` there is nothing to do. */
  async reload(): Promise<void> {
    if (this.#started) await this.#rereader.again();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const stop of this.#stops) stop();
    await this.#rereader.idle();
  }

  async #read(): Promise<void> {
    const before = keyOf(this.#state);
    this.#state = await this.#judge();
    if (keyOf(this.#state) === before) return;
    if (this.#state.trusted !== null)
      this.#viewers = viewersOf(this.#state.trusted.household).map(parseRecipient);
    this.#options.onChange(this.#state);
  }

  async #judge(): Promise<HouseholdState> {
    const { paths } = this.#options;
    try {
      const device = await readDeviceName(paths.deviceKey);
      if (device === null)
        throw new Fault("unavailable", "the doorbell has no key of its own yet, so every pixel is masked", {
          hint: "it is made at the first start; if this stays, look at the log",
        });
      const records = await readRecords(paths.household);
      const judged = JSON.stringify([device, records]);
      if (this.#kept && judged === this.#judged) return this.#state;
      const trusted = trustedHousehold(records, device, this.#pin);
      await this.#remember(pinOf(trusted.household));
      this.#judged = judged;
      return { trusted, fault: null };
    } catch (error) {
      this.#judged = "";
      return { trusted: null, fault: toFault(error) };
    }
  }

  /** On the disk before it is obeyed. A full disk must not blind the camera: tried at every read. */
  async #remember(pin: Pin | null): Promise<void> {
    if (pin === null) return;
    this.#kept &&= pin.head === this.#pin?.head;
    this.#pin = pin;
    if (this.#kept) return;
    this.#kept = await keepPin(this.#options.paths.trust, pin).then(
      () => true,
      () => false,
    );
  }
}

function keyOf({ trusted, fault }: HouseholdState): string {
  return `${trusted?.household.device} ${trusted?.household.head} ${fault?.message}`;
}
