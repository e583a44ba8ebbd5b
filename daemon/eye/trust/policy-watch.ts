/**
 * Policy watch: the policy in force, read by the eye itself, now and whenever the file changes.
 *
 * Fails closed: with no household to trust, no file, a broken, unsigned or foreign one, or an older one
 * than was ever in force, the policy is null (everything masked) and `fault` says why. A policy
 * that was not in force before is told once, with the part of the picture before and after.
 */
import { basename, dirname } from "node:path";
import { Fault, toFault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import type { Verified } from "../../identity/verify.ts";
import { visibleFracOf } from "../../policy/picture.ts";
import type { Policy } from "../../policy/policy.ts";
import type { HouseholdState } from "./household-watch.ts";
import { judgePolicy } from "./judge-policy.ts";
import { parsePolicyFile, readPolicyFile } from "./policy-file.ts";
import { keepSeen, readSeen, type SeenPolicy } from "./policy-seen.ts";
import { Rereader } from "./rereader.ts";
import { pinOf, type TrustedHousehold } from "./trusted.ts";
import { watchFolder } from "./watch-folder.ts";

export interface PolicyState {
  readonly policy: Policy | null;
  readonly fault: Fault | null;
}

export interface AppliedPolicy {
  readonly version: number;
  readonly fromFrac: number;
  readonly toFrac: number;
}

export interface PolicyWatchOptions {
  readonly path: string;
  /** Where the eye remembers the newest policy that was in force. */
  readonly seenPath: string;
  readonly clock: Clock;
  /** Asked at every reading. */
  readonly household: () => HouseholdState;
  readonly onChange: (state: PolicyState) => void;
  readonly onApplied: (applied: AppliedPolicy) => void;
}

export class PolicyWatch implements AsyncDisposable {
  readonly #options: PolicyWatchOptions;
  readonly #rereader = new Rereader(() => this.#read());
  #state: PolicyState = { policy: null, fault: null };
  #seen: SeenPolicy | null = null;
  /** Nothing is judged before it is known what was in force last: an older policy would pass. */
  #started = false;
  #kept = true;
  /** What the state was made of: the same text under the same household is not verified again. */
  #judged = "";
  #stop: () => void = () => {};

  constructor(options: PolicyWatchOptions) {
    this.#options = options;
  }

  get state(): PolicyState {
    return this.#state;
  }

  /** Resolves when the policy was read for the first time. */
  async start(): Promise<void> {
    const { path, seenPath, clock } = this.#options;
    this.#seen = await readSeen(seenPath);
    this.#started = true;
    this.#stop = watchFolder({
      folder: dirname(path),
      clock,
      concerns: (name) => name === basename(path),
      onStir: () => void this.reload(),
    });
    await this.reload();
  }

  /** Reads again; calls onChange only when something changed. Before `start` there is nothing to do. */
  async reload(): Promise<void> {
    if (this.#started) await this.#rereader.again();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop();
    await this.#rereader.idle();
  }

  async #read(): Promise<void> {
    const next = await this.#judge();
    const before = JSON.stringify([this.#state.policy, this.#state.fault?.message]);
    this.#state = next;
    if (JSON.stringify([next.policy, next.fault?.message]) !== before) this.#options.onChange(next);
  }

  async #judge(): Promise<PolicyState> {
    try {
      const trusted = ownedHousehold(this.#options.household());
      const text = await readPolicyFile(this.#options.path);
      const judged = `${trusted.household.head} ${text}`;
      if (this.#kept && judged === this.#judged) return this.#state;
      const verified = judgePolicy(parsePolicyFile(text), trusted, this.#seen);
      await this.#remember(verified, trusted);
      this.#judged = judged;
      return { policy: verified.value, fault: null };
    } catch (error) {
      this.#judged = "";
      return { policy: null, fault: toFault(error) };
    }
  }

  /** On the disk before it is in force. A full disk must not blind the camera: tried at every read. */
  async #remember({ value, sha256 }: Verified<Policy>, { household }: TrustedHousehold): Promise<void> {
    const pin = pinOf(household);
    if (pin === null) return;
    const before = this.#seen;
    const isNew = sha256 !== before?.sha256;
    this.#kept &&= !isNew && pin.head === before.household.head;
    if (!this.#kept) {
      const visibleFrac = isNew ? visibleFracOf(value) : before.visibleFrac;
      this.#seen = { version: value.version, sha256, visibleFrac, household: pin };
      this.#kept = await keepSeen(this.#options.seenPath, this.#seen).then(
        () => true,
        () => false,
      );
    }
    if (!isNew || this.#seen === null) return;
    const { version, visibleFrac: toFrac } = this.#seen;
    this.#options.onApplied({ version, fromFrac: before?.visibleFrac ?? 0, toFrac });
  }
}

function ownedHousehold({ trusted, fault }: HouseholdState): TrustedHousehold {
  if (fault !== null) throw fault;
  if (trusted === null || trusted.household.count === 0)
    throw new Fault("not-found", "nobody owns this doorbell yet, so every pixel is masked", {
      hint: "`sill pair` prints the code that pairs the first owner",
    });
  return trusted;
}
