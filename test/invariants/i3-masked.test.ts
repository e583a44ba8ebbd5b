/**
 * I3: a missing, broken or unsigned policy masks everything.
 *
 * What everybody after the mask gets to see, frame by frame, of a house that something is wrong with. That of a house in
 * order no unmasked pixel exists outside the raw frame is hunted for in all that the doorbell shows, keeps and
 * sends, in test/leak.
 */
import { rm, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { settingsSchema } from "../../config/schema.ts";
import { DiskQueue } from "../../daemon/eye/record/disk-queue.ts";
import { Session } from "../../daemon/eye/session.ts";
import { Stages } from "../../daemon/eye/stages.ts";
import type { MaskedFrame } from "../../hal/frame.ts";
import type { Polygon } from "../../hal/geometry.ts";
import { SimClock } from "../../hal/sim/clock.ts";
import { simCamera } from "../../hal/sim/camera.ts";
import { tempFolder } from "../daemon/keeper/temp-folder.ts";
import {
  ada,
  bo,
  Chain,
  eve,
  makeHouse,
  personOf,
  watchHouse,
  type House,
} from "../daemon/eye/trust/house.ts";

const size = { width: 160, height: 90 };
const member = { type: "enrol", person: personOf(bo, "member", "Bo") } as const;
const lineOf = (propertyLine: Polygon) => ({ shape: { propertyLine, privacyZones: [] } });

interface SeenHouse extends House {
  readonly chain: Chain;
}

/** A house with a policy of version 2 in force, as an eye that ran before has seen it. */
async function seenHouse(root: string): Promise<SeenHouse> {
  const house = await makeHouse(root);
  const chain = new Chain(house.device).add(member);
  await house.settle(chain.records);
  await house.put(house.sign({ version: 2 }));
  await using watch = watchHouse(house);
  await watch.start();
  return { ...house, chain };
}

/** The samples that are not the mask's, in the first frames after a start of the eye. */
async function samplesSeen(house: House): Promise<number> {
  await using watch = watchHouse(house);
  await watch.start();
  const clock = new SimClock();
  await using camera = await simCamera({ ...size, fps: 10, frames: 3, pace: "fast", clock }).open();
  let seen = 0;
  const count = ({ y, u, v }: MaskedFrame): void => {
    seen += y.data.filter((sample) => sample !== 16).length;
    for (const plane of [u, v]) seen += plane.data.filter((sample) => sample !== 128).length;
  };
  const session = new Session(
    camera,
    { policy: watch.policy.state.policy, watched: false },
    {
      settings: settingsSchema.parse({}),
      clock,
      stages: new Stages(),
      clips: {
        queue: new DiskQueue({ clock, maxBytes: 1e6, onFull: () => {} }),
        viewers: () => [],
        jpeg: null,
        folderOf: () => "",
        sendLive: null,
      },
      sentry: null,
      stills: { handleRaw: () => {}, handleMasked: count, outdate: () => {} },
      report: () => {},
    },
  );
  await session.run(() => {}).catch(() => {}); // the three frames are over
  return seen;
}

test("I3: of a house in order the porch is seen", async () => {
  await using folder = await tempFolder();
  expect(await samplesSeen(await seenHouse(folder.path))).toBeGreaterThan(5_000);
});

describe("I3: not one sample is seen after a start with", () => {
  const crossed: Polygon = [
    [0, 0],
    [1, 1],
    [1, 0],
    [0, 1],
  ];
  const reaching = (x: number): Polygon => [
    [0, 0],
    [x, 0],
    [1, 1],
  ];
  const put = (policy: (house: SeenHouse) => unknown) => (house: SeenHouse) => house.put(policy(house));
  const settle = (records: (house: SeenHouse) => unknown[]) => (house: SeenHouse) =>
    house.settle(records(house));
  test.each<[string, (house: SeenHouse) => Promise<unknown>]>([
    ["no policy", ({ paths }) => rm(paths.policy)],
    ["a policy that is no JSON", put(() => "{")],
    ["a line that nobody signed", put(() => ({ version: 3, ...lineOf(reaching(0.9)).shape }))],
    ["a stranger's policy", put(({ sign }) => sign({ version: 3 }, eve))],
    ["a member's policy", put(({ sign }) => sign({ version: 3 }, bo))],
    [
      "a policy whose payload was changed",
      put(({ sign }) => ({ ...sign({ version: 3 }), payload: sign({ version: 4 }).payload })),
    ],
    ["an older policy", put(({ sign }) => sign({ version: 1 }))],
    ["another policy of the same version", put(({ sign }) => sign({ version: 2, ...lineOf(reaching(0.9)) }))],
    ["a line that crosses itself", put(({ sign }) => sign({ version: 3, ...lineOf(crossed) }))],
    ["a line that leaves the picture", put(({ sign }) => sign({ version: 3, ...lineOf(reaching(1.1)) }))],
    ["a corner that is no number", put(({ sign }) => sign({ version: 3, ...lineOf(reaching(Number.NaN)) }))],
    [
      "a line drawn on another shape of picture",
      put(({ sign }) => sign({ version: 3, picture: { width: 640, height: 480 } })),
    ],
    ["no key of the doorbell", ({ paths }) => rm(paths.deviceKey)],
    [
      "another key of the doorbell",
      async ({ paths }) => {
        await rm(paths.deviceKey);
        await makeHouse(paths.root);
      },
    ],
    ["no household", settle(() => [])],
    ["a shorter household", settle(({ chain }) => chain.records.slice(0, 1))],
    [
      "another household with its own policy",
      async (house) => {
        await house.settle(new Chain(house.device, eve).add(member, eve).records);
        await house.put(house.sign({ version: 9 }, eve));
      },
    ],
    [
      "another household, and trust.json broken",
      async (house) => {
        await house.settle(new Chain(house.device, eve).add(member, eve).records);
        await house.put(house.sign({ version: 9 }, eve));
        await writeFile(house.paths.trust, "{");
      },
    ],
    [
      "a newer policy of an owner who was removed",
      async (house) => {
        const chain = new Chain(house.device)
          .add(member)
          .add({ type: "enrol", person: personOf(eve, "owner", "Eve") });
        await house.settle(chain.add({ type: "remove", person: "person-eve" }, ada).records);
        await house.put(house.sign({ version: 3 }, eve));
      },
    ],
  ])("%s", async (_name, spoil) => {
    await using folder = await tempFolder();
    const house = await seenHouse(folder.path);
    await spoil(house);
    expect(await samplesSeen(house)).toBe(0);
  });
});
