/**
 * Orders: grants that owners, and others, may try to hand in. Signed once, before any schedule.
 *
 * `sound` = a doorbell may keep it while its signer is an owner there; all others must be refused always.
 */
import type { Destination, Recipient } from "../../daemon/consent/grant.ts";
import type { Keys } from "../../daemon/identity/keys.ts";
import type { GrantOrder } from "../../daemon/wire/api-consent.ts";
import { Fault } from "../../hal/fault.ts";
import { testPortalUrl } from "../../scripts/rigs/agency.ts";
import { composeOrder, resigned, type ComposedGrant } from "../../scripts/rigs/grant.ts";
import { testKeys } from "../../scripts/rigs/paired.ts";
import { agency, deviceKeys, others, people, requests, settings, startMs } from "./cast.ts";
import { clipFilesOfWorld, clips, type WorldClip } from "./clips.ts";

export interface WorldOrder {
  readonly id: string;
  readonly device: string;
  readonly composed: ComposedGrant;
  readonly order: GrantOrder;
  readonly signer: Keys;
  readonly sound: boolean;
  readonly why: string;
}

interface To {
  readonly destination: Destination;
  readonly recipient: Recipient;
}

const minuteMs = 60_000;
const stranger = testKeys(40);

function toRequest(i: number): To {
  const { name, sealTo, docks, id } = agency.profile;
  return {
    destination: { kind: "request", request: requests[i]?.hash ?? "", agency: id },
    recipient: { name, sealTo: sealTo[0] ?? "", deliverTo: docks[0] ?? "" },
  };
}

const toLink: To = {
  destination: { kind: "link" },
  recipient: {
    name: "whoever has the link",
    sealTo: stranger.sealTo,
    deliverTo: `${testPortalUrl}/dock/shares`,
  },
};
const toArchive: To = {
  destination: { kind: "archive" },
  recipient: { name: "our archive", sealTo: people.ada.sealTo, deliverTo: settings.archive.to },
};

async function read(clip: string, name: string): Promise<Uint8Array> {
  const folder = clips.find(({ id }) => id === clip)?.folder ?? "";
  const bytes = clipFilesOfWorld.get(`${folder}/${name}`);
  if (bytes === undefined) throw new Fault("bug", `the world has no ${clip}/${name}`);
  return bytes;
}

async function ordersOf({ signKey: device }: Keys, number: number): Promise<WorldOrder[]> {
  let count = 0;
  const made: WorldOrder[] = [];
  const nextId = (): string => `grant-${number}-${String((count += 1)).padStart(4, "0")}`;
  const compose = (to: To, owner: Keys, lastsMs: number, choice: readonly [WorldClip, number[]][]) =>
    composeOrder(
      {
        id: nextId(),
        owner,
        device,
        ...to,
        choices: choice.map(([clip, indexes]) => ({
          clip: { ...clip, fragments: [...clip.fragments] },
          indexes,
        })),
        nowMs: startMs,
        notAfter: startMs + lastsMs,
      },
      read,
    );
  const [one, two] = clips;
  if (one === undefined || two === undefined) throw new Fault("bug", "the world has two clips");
  const choices: [WorldClip, number[]][][] = [
    [[one, [0, 2]]],
    [[two, [1]]],
    [
      [one, [1]],
      [two, [0, 1, 2]],
    ],
  ];
  const lasting = [20 * minuteMs, 3 * 60 * minuteMs, 7 * 1_440 * minuteMs];
  const destinations = [toRequest(0), toRequest(1), toLink, toArchive];
  const sound = async (to: To, owner: Keys, at: number): Promise<void> => {
    const composed = await compose(to, owner, lasting[at % 3] ?? 0, choices[(at + 1) % 3] ?? []);
    const base = { id: composed.grant.id, device, composed, signer: owner };
    made.push({ ...base, order: composed.order, sound: true, why: "as it should be" });
  };
  for (const [at, to] of destinations.entries()) {
    await sound(to, people.ada, at);
    await sound(to, people.bo, at + 1);
  }
  const bad = async (why: string, change: Parameters<typeof resigned>[1], signer: Keys = people.ada) => {
    const composed = await compose(toRequest(0), people.ada, lasting[1] ?? 0, choices[0] ?? []);
    const order = resigned(composed, change, signer);
    made.push({ id: composed.grant.id, device, composed, order, signer, sound: false, why });
  };
  for (const signer of [people.eve, ...others, deviceKeys[number] ?? people.eve])
    await bad("signed by somebody else", { ownerKey: signer.signKey }, signer);
  await bad("in an owner's name", {}, people.eve);
  await bad("for longer than a grant may be", { notAfter: startMs + 30 * 1_440 * minuteMs });
  await bad("to another place", {
    recipient: { ...toRequest(0).recipient, deliverTo: "https://elsewhere.test/dock" },
  });
  await bad("to another key", { recipient: { ...toRequest(0).recipient, sealTo: stranger.sealTo } });
  await bad("for a request that was never made", {
    destination: { kind: "request", request: "0".repeat(64), agency: agency.profile.id },
  });
  await bad("for another doorbell", { device: testKeys(79).signKey });
  return made;
}

/** Of each doorbell. */
export const orders: readonly (readonly WorldOrder[])[] = await Promise.all(deviceKeys.map(ordersOf));
export const orderById: ReadonlyMap<string, WorldOrder> = new Map(
  orders.flat().map((order) => [order.id, order]),
);
