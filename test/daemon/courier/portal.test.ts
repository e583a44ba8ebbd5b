/** The courier before the real portal: its log, its docks. */
import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { settingsSchema } from "../../../config/schema.ts";
import { openCourier } from "../../../daemon/courier/courier.ts";
import { decodeBundle } from "../../../daemon/ledger/bundle.ts";
import { openCheckpoint } from "../../../daemon/ledger/checkpoint.ts";
import { appended, emptyRange, rootOf } from "../../../daemon/ledger/range.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { openKeeperEnd, type KeeperEnd, type Parcel } from "../../../scripts/rigs/keeper-end.ts";
import {
  agencyOf,
  register,
  signInAgency,
  startPortal,
  type PortalRig,
  type TestAgency,
} from "../../../scripts/rigs/portal.ts";
import { until } from "../keeper/page.ts";

interface Rig extends AsyncDisposable {
  readonly portal: PortalRig;
  readonly agency: TestAgency;
  readonly keeper: KeeperEnd;
  readonly clock: SimClock;
}

async function openRig(): Promise<Rig> {
  await using stack = new AsyncDisposableStack();
  const portal = stack.use(await startPortal());
  const agency = agencyOf(1, portal.url);
  await register(portal, agency);
  const keeper = stack.use(await openKeeperEnd());
  const clock = new SimClock();
  const settings = settingsSchema.parse({ portal: { url: portal.url, pollMinutes: 1 } });
  stack.use(openCourier({ settings, socketPath: keeper.socketPath, clock, random: () => 0.5 }));
  await keeper.next("hello");
  await keeper.next("courier-status");
  const open = stack.move();
  return { portal, agency, keeper, clock, [Symbol.asyncDispose]: () => open.disposeAsync() };
}

function parcelTo(deliverTo: string, keepUntil: number | null = null): Parcel {
  const chunks = [700, 1_200, 1_048_576, 30_000];
  const bytes = randomBytes(chunks.reduce((sum, length) => sum + length, 0));
  return {
    chunks,
    bytes,
    order: {
      type: "parcel-send",
      grant: "grant-0001",
      deliverTo,
      bytes: bytes.length,
      letterBytes: 700,
      request: null,
      keepUntil,
      location: null,
    },
  };
}

test("what the courier brings of the log is what its checkpoint is signed for", async () => {
  await using rig = await openRig();
  rig.keeper.send({
    type: "dock-ask",
    grant: "grant-0001",
    deliverTo: "https://nobody.example",
    what: "receipt",
  });
  await rig.keeper.next("dock-answer"); // where to begin was said before it, and is heard
  await rig.clock.advance(2_500);
  const { text } = await rig.keeper.next("feed-checkpoint");
  const { size, root } = openCheckpoint(text, rig.portal.portal.keys.logKey);
  await rig.keeper.next("feed-end", (end) => end.size === size);
  const bundles = rig.keeper.said.flatMap((said) => (said.type === "feed-bundle" ? [said.bytes] : []));
  const entries = bundles.flatMap((bytes) => decodeBundle(Buffer.from(bytes, "base64")));
  expect(size).toBeGreaterThan(0);
  expect(Buffer.from(rootOf(entries.reduce(appended, emptyRange)))).toEqual(Buffer.from(root));
});

test("a parcel for an agency is what its desk downloads", async () => {
  await using rig = await openRig();
  const parcel = parcelTo(rig.agency.deliverTo);
  rig.keeper.carry(parcel);
  expect(await rig.keeper.next("parcel-state", ({ state }) => state !== "sending")).toMatchObject({
    state: "delivered",
  });
  const desk = await signInAgency(rig.portal.url, rig.agency);
  const got = await desk.fetch("/api/desk/parcels/grant-0001/parcel");
  expect(Buffer.compare(Buffer.from(await got.arrayBuffer()), parcel.bytes)).toBe(0);
  rig.keeper.send({
    type: "dock-ask",
    grant: "grant-0001",
    deliverTo: rig.agency.deliverTo,
    what: "receipt",
  });
  expect(await rig.keeper.next("dock-answer")).toEqual({
    type: "dock-answer",
    grant: "grant-0001",
    what: "receipt",
    envelope: null,
  });
});

test("a share is there for whoever has the link, and gone once it is forgotten", async () => {
  await using rig = await openRig();
  const deliverTo = `${rig.portal.url}/dock/shares`;
  const parcel = parcelTo(deliverTo, Date.now() + 3_600_000);
  rig.keeper.carry(parcel);
  const { state, location } = await rig.keeper.next("parcel-state", (said) => said.state !== "sending");
  expect(state).toBe("delivered");
  const here = async (): Promise<number> =>
    (await fetch(location ?? "", { method: "HEAD", headers: { "tus-resumable": "1.0.0" } })).status;
  expect(await here()).toBe(200);
  rig.keeper.send({ type: "parcel-stop", grant: "grant-0001", deliverTo, location, forget: true });
  await until(() => rig.keeper.said.some((said) => said.type === "parcel-state" && said.state === "stopped"));
  expect(rig.keeper.said.findLast(({ type }) => type === "parcel-state")).not.toHaveProperty("fault");
  expect(await here()).toBe(404);
});
