/**
 * Paired rig: a data folder as it is after an owner paired and drew the line, without the page.
 *
 * Writes device.key, household/000000.json and policy.json where they are not there yet. The owner's
 * seed is always the same, so that a test opens what another start recorded.
 */
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { FrameGeometry } from "../../hal/frame.ts";
import { porchPolicy } from "../../hal/sim/porch/policy.ts";
import type { HouseholdRecord } from "../../daemon/household/record.ts";
import { openDeviceKey } from "../../daemon/identity/device-key.ts";
import { payloadTypes, type Envelope } from "../../daemon/identity/envelope.ts";
import { keysOf, signEnvelope, type Keys } from "../../daemon/identity/keys.ts";
import type { Policy } from "../../daemon/policy/policy.ts";
import type { MaskShape } from "../../daemon/policy/shape.ts";
import { writeDurableJson } from "../../daemon/seal/durable.ts";
import { dataPaths } from "../../daemon/wire/paths.ts";

export interface Paired {
  readonly owner: Keys;
  /** The doorbell's name. */
  readonly device: string;
}

/** Seed of nothing but one number: for tests, never for a house. */
export function testSeed(number: number): Uint8Array {
  return new Uint8Array(32).fill(number);
}

export function testKeys(number: number): Keys {
  return keysOf(testSeed(number));
}

export function firstRecord(device: string, owner: Keys): Envelope {
  const person = { id: "owner-01", name: "Ada", role: "owner", ...publicOf(owner) } as const;
  return signEnvelope(owner, payloadTypes.household, {
    type: "enrol",
    device,
    seq: 0,
    prev: null,
    issuedAt: 0,
    person,
  } satisfies HouseholdRecord);
}

export function publicOf({ signKey, sealTo }: Keys): { signKey: string; sealTo: string } {
  return { signKey, sealTo };
}

export interface PolicyChange {
  readonly version?: number;
  readonly shape?: MaskShape;
  readonly picture?: FrameGeometry;
  /** What may leave; default: nothing. */
  readonly publish?: Policy["publish"];
  readonly retentionHours?: number;
}

export function policyOf(device: string, change: PolicyChange = {}): Policy {
  const { version = 1, shape = porchPolicy, picture = { width: 1280, height: 720 }, publish = {} } = change;
  const { retentionHours = 72 } = change;
  return {
    version,
    camera: device,
    picture,
    propertyLine: shape.propertyLine.map(([x, y]) => [x, y]),
    privacyZones: shape.privacyZones.map((zone) => zone.map(([x, y]) => [x, y])),
    audio: false,
    retentionHours,
    publish,
    issuedAt: 0,
  };
}

export async function pairFolder(data: string, change: PolicyChange = {}): Promise<Paired> {
  const paths = dataPaths(data);
  await mkdir(paths.household, { recursive: true, mode: 0o700 });
  const { device } = await openDeviceKey(paths.deviceKey);
  const owner = testKeys(1);
  const first = join(paths.household, "000000.json");
  if (!existsSync(first)) await writeDurableJson(first, firstRecord(device, owner));
  if (!existsSync(paths.policy))
    await writeDurableJson(paths.policy, signEnvelope(owner, payloadTypes.policy, policyOf(device, change)));
  return { owner, device };
}
