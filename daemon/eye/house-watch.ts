/**
 * House watch: what the people of the house have said: who they are, what may be seen, where motion
 * counts, whether the sight is closed. Four files' worth of words, each read and judged by the eye itself, now and at every change.
 *
 * The household is read first: a policy is judged by who owns the doorbell at that moment.
 */
import { runningTime } from "../../hal/running-time.ts";
import type { Clock } from "../../hal/sensors.ts";
import type { DataPaths } from "../wire/paths.ts";
import type { MotionSettings } from "../sight/zones.ts";
import { HouseholdWatch } from "./trust/household-watch.ts";
import { PrivacyWatch, type PrivacyState } from "./privacy-watch.ts";
import { PolicyWatch, type AppliedPolicy, type PolicyState } from "./trust/policy-watch.ts";
import { ZonesWatch } from "./zones-watch.ts";

export interface HouseWatchOptions {
  readonly paths: DataPaths;
  readonly clock: Clock;
  /** Those of the settings. */
  readonly motion: MotionSettings;
  readonly onPolicy: (state: PolicyState) => void;
  readonly onApplied: (applied: AppliedPolicy) => void;
  readonly onZones: (zones: MotionSettings) => void;
  readonly onPrivacy: (state: PrivacyState) => void;
}

export class HouseWatch implements AsyncDisposable {
  readonly household: HouseholdWatch;
  readonly policy: PolicyWatch;
  readonly zones: ZonesWatch;
  readonly privacy: PrivacyWatch;

  constructor({ paths, clock, motion, onPolicy, onApplied, onZones, onPrivacy }: HouseWatchOptions) {
    this.household = new HouseholdWatch({ paths, clock, onChange: () => void this.policy.reload() });
    this.policy = new PolicyWatch({
      path: paths.policy,
      seenPath: paths.policySeen,
      clock,
      household: () => this.household.state,
      onChange: onPolicy,
      onApplied,
    });
    this.privacy = new PrivacyWatch({
      path: paths.privacy,
      seenPath: paths.privacySeen,
      clock,
      runningTime,
      onChange: onPrivacy,
    });
    this.zones = new ZonesWatch({
      path: paths.zones,
      clock,
      settings: motion,
      onChange: ({ settings }) => onZones(settings),
    });
  }

  /** Resolves when everything was read for the first time. */
  async start(): Promise<void> {
    await this.privacy.start();
    await this.household.start();
    await this.policy.start();
    await this.zones.start();
  }

  /** Household and policy, in this order. */
  async reload(): Promise<void> {
    await this.household.reload();
    await this.policy.reload();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const watch of [this.privacy, this.household, this.policy, this.zones])
      await watch[Symbol.asyncDispose]();
  }
}
