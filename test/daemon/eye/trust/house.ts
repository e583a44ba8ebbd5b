/** A data folder whose records and policies a test signs itself, and the eye's two watches on it. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { HouseholdWatch } from "../../../../daemon/eye/trust/household-watch.ts";
import {
  PolicyWatch,
  type AppliedPolicy,
  type PolicyState,
} from "../../../../daemon/eye/trust/policy-watch.ts";
import { writeDurable } from "../../../../daemon/seal/durable.ts";
import { joined, emptyHousehold, type Household } from "../../../../daemon/household/household.ts";
import type { Person } from "../../../../daemon/household/record.ts";
import type { Role } from "../../../../daemon/household/roles.ts";
import { openDeviceKey } from "../../../../daemon/identity/device-key.ts";
import { payloadTypes, type Envelope } from "../../../../daemon/identity/envelope.ts";
import { signEnvelope, type Keys } from "../../../../daemon/identity/keys.ts";
import { dataPaths, type DataPaths } from "../../../../daemon/wire/paths.ts";
import type { Clock } from "../../../../hal/sensors.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import {
  firstRecord,
  policyOf,
  publicOf,
  testKeys,
  type PolicyChange,
} from "../../../../scripts/rigs/paired.ts";

export const ada = testKeys(1);
export const bo = testKeys(2);
/** Nobody of this house. */
export const eve = testKeys(6);

export function personOf(keys: Keys, role: Role, name: string): Person {
  const { signKey, sealTo } = publicOf(keys);
  const watches = role === "owner" || role === "member";
  return { id: `person-${name.toLowerCase()}`, name, role, signKey, sealTo: watches ? sealTo : null };
}

type Change = { type: "enrol"; person: Person } | { type: "remove"; person: string };

/** The chain of a household, grown record by record. */
export class Chain {
  readonly records: Envelope[] = [];
  household: Household;

  constructor(device: string, owner: Keys | null = ada) {
    this.household = emptyHousehold(device);
    if (owner !== null) this.#take(firstRecord(device, owner));
  }

  add(change: Change, by: Keys = ada): this {
    const { device, count, head } = this.household;
    return this.#take(
      signEnvelope(by, payloadTypes.household, { ...change, device, seq: count, prev: head, issuedAt: 0 }),
    );
  }

  #take(record: Envelope): this {
    this.household = joined(this.household, record);
    this.records.push(record);
    return this;
  }
}

export interface House {
  readonly paths: DataPaths;
  readonly device: string;
  /** Lays these records down instead of those that are there. */
  readonly settle: (records: readonly unknown[]) => Promise<void>;
  readonly sign: (change?: PolicyChange, by?: Keys) => Envelope;
  readonly put: (policy: unknown) => Promise<void>;
}

export async function makeHouse(root: string): Promise<House> {
  const paths = dataPaths(root);
  const { device } = await openDeviceKey(paths.deviceKey);
  return {
    paths,
    device,
    async settle(records) {
      await rm(paths.household, { recursive: true, force: true });
      await mkdir(paths.household);
      for (const [index, record] of records.entries())
        await writeFile(
          join(paths.household, `${String(index).padStart(6, "0")}.json`),
          JSON.stringify(record),
        );
    },
    sign: (change, by = ada) => signEnvelope(by, payloadTypes.policy, policyOf(device, change)),
    // whole or not at all, as the keeper writes it: a watcher that reads half of it tells one change more
    put: (policy) =>
      writeDurable(
        paths.policy,
        new TextEncoder().encode(typeof policy === "string" ? policy : JSON.stringify(policy)),
      ),
  };
}

/** The eye's own reading of a house; nothing is started before `start`. */
export function watchHouse({ paths }: Pick<House, "paths">, clock: Clock = new SimClock()) {
  const [changes, applied]: [PolicyState[], AppliedPolicy[]] = [[], []];
  const household = new HouseholdWatch({ paths, clock, onChange: () => void policy.reload() });
  const policy = new PolicyWatch({
    path: paths.policy,
    seenPath: paths.policySeen,
    clock,
    household: () => household.state,
    onChange: (state) => changes.push(state),
    onApplied: (each) => applied.push(each),
  });
  return {
    household,
    policy,
    changes,
    applied,
    start: async () => {
      await household.start();
      await policy.start();
    },
    /** Reads everything again; what is in force, or the kind of fault that masks everything. */
    reads: async () => {
      await household.reload();
      await policy.reload();
      return policy.state.policy?.version ?? policy.state.fault?.kind;
    },
    [Symbol.asyncDispose]: async () => {
      await household[Symbol.asyncDispose]();
      await policy[Symbol.asyncDispose]();
    },
  };
}
