import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createMasker } from "../../../daemon/eye/mask/apply.ts";
import { createPlainMemory } from "../../../daemon/eye/mask/memory.ts";
import { Stages } from "../../../daemon/eye/stages.ts";
import { StillDesk } from "../../../daemon/eye/still-desk.ts";
import { payloadTypes } from "../../../daemon/identity/envelope.ts";
import { signEnvelope, type Keys } from "../../../daemon/identity/keys.ts";
import { viewersOf, type Household } from "../../../daemon/household/household.ts";
import { rasteriseOpening } from "../../../daemon/policy/opening.ts";
import { parseIdentity, parseRecipient } from "../../../daemon/seal/age/keys.ts";
import { open } from "../../../daemon/seal/age/seal.ts";
import type { EyeToKeeper } from "../../../daemon/wire/messages.ts";
import type { RawFrame } from "../../../hal/frame.ts";
import { gstCamera } from "../../../hal/gst/camera.ts";
import { openJpegEncoder } from "../../../hal/gst/jpeg.ts";
import { simCamera } from "../../../hal/sim/camera.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { ada, bo, Chain, eve, personOf } from "./trust/house.ts";

const size = { width: 320, height: 180 };
const device = eve.signKey;
const { household } = new Chain(device).add({ type: "enrol", person: personOf(bo, "member", "Bo") });
const blindMasker = createMasker(rasteriseOpening(size, null));

let folder = "";
let jpeg: Awaited<ReturnType<typeof openJpegEncoder>>;
let raw: RawFrame;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sill-still-"));
  jpeg = await openJpegEncoder();
  const driver = simCamera({ ...size, fps: 10, pace: "fast", clock: new SimClock() });
  const frame = await (await driver.open()).read();
  if (frame === null) throw new Error("the porch gave no picture");
  raw = frame;
});
afterAll(async () => {
  await jpeg.close();
  await rm(folder, { recursive: true });
});

interface Known {
  readonly household: Household | null;
  /** What the eye knows once it has read again. */
  readonly reread: Household | null;
}

function openDesk({
  camera = true,
  viewers = viewersOf(household),
  known: { household: first, reread } = { household, reread: household },
}: { camera?: boolean; viewers?: string[]; known?: Known } = {}) {
  const clock = new SimClock();
  const told: EyeToKeeper[] = [];
  let known = first;
  const desk = new StillDesk({
    clock,
    stage: new Stages().at("still"),
    cameraRuns: () => camera,
    household: () => known,
    reread: async () => void (known = reread),
    viewers: () => viewers.map(parseRecipient),
    jpeg: () => jpeg,
    report: (message) => told.push(message),
  });
  const request = () =>
    signEnvelope(ada, payloadTypes.setupStill, { device, nonce: desk.nonce, issuedAt: 0 });
  return {
    desk,
    clock,
    told,
    knows: (household: Household) => (known = household),
    setup: (still: string, asked: unknown = request()) =>
      desk.ask({ type: "still", still, kind: "setup", request: asked }),
    snapshot: (still: string) => desk.ask({ type: "still", still, kind: "snapshot" }),
    /** A frame of a camera whose policy hides everything. */
    frame: () => {
      desk.handleRaw(raw);
      desk.handleMasked(blindMasker.apply(raw, createPlainMemory(size.width, size.height)));
    },
    answered: (count: number) => vi.waitFor(() => expect(told).toHaveLength(count), 30_000),
  };
}

/** The brightest sample of a sealed picture, as this person's browser sees it; null = it does not open. */
async function brightest(message: EyeToKeeper | undefined, { sealIdentity }: Keys): Promise<number | null> {
  if (message?.type !== "still-made") throw new Error(JSON.stringify(message));
  const picture = opened(Buffer.from(message.age, "base64"), sealIdentity);
  if (picture === null) return null;
  const path = join(folder, `${message.still}.jpg`);
  await writeFile(path, picture);
  await using camera = await gstCamera({ source: path, ...size, fps: 1, stallMs: 5_000 }).open();
  return Math.max(...((await camera.read())?.y.data ?? []));
}

function opened(age: Uint8Array, identity: string): Uint8Array | null {
  try {
    return open(age, [parseIdentity(identity)]);
  } catch {
    return null;
  }
}

describe("a setup picture", () => {
  test("is the next frame unmasked, opens for the owner who asked and for nobody else", async () => {
    const { desk, setup, frame, told, answered } = openDesk();
    const before = desk.nonce;
    setup("still-0001");
    frame();
    await answered(1);
    expect(await brightest(told[0], ada)).toBeGreaterThan(100);
    expect(await brightest(told[0], bo)).toBe(null);
    expect(desk.nonce).not.toBe(before);
  });

  test("is made once: frames after it are not looked at, and the request is used up", async () => {
    const { desk, setup, frame, told, answered } = openDesk();
    const request = signEnvelope(ada, payloadTypes.setupStill, { device, nonce: desk.nonce, issuedAt: 0 });
    setup("still-0001", request);
    for (let i = 0; i < 5; i += 1) frame();
    await answered(1);
    setup("still-0002", request);
    await answered(2);
    expect(told.map(({ type }) => type)).toEqual(["still-made", "still-refused"]);
    expect(told[1]).toMatchObject({
      fault: { kind: "denied", message: expect.stringContaining("used already") },
    });
  });

  test("that nobody signed is refused with words, and no frame is looked at", async () => {
    const { setup, frame, told, answered } = openDesk();
    setup("still-0001", { please: true });
    frame();
    await answered(1);
    expect(told).toMatchObject([{ type: "still-refused", still: "still-0001", fault: { kind: "invalid" } }]);
  });
});

describe("who owns the doorbell", () => {
  const ask = signEnvelope.bind(null, bo, payloadTypes.setupStill);
  const owned = new Chain(device).add({ type: "enrol", person: personOf(bo, "owner", "Bo") });
  const both = owned.household;
  const { household: adaAlone } = owned.add({ type: "remove", person: "person-bo" });

  test.each<[string, Household | null]>([
    ["nobody was known yet", null],
    ["another owner was", adaAlone],
  ])("is read once more before an owner is refused because %s", async (_, before) => {
    const { desk, setup, frame, told, answered } = openDesk({ known: { household: before, reread: both } });
    setup("still-0001", ask({ device, nonce: desk.nonce, issuedAt: 0 }));
    await vi.waitFor(() => {
      frame();
      expect(told).toHaveLength(1);
    }, 30_000);
    await answered(1);
    expect(await brightest(told[0], bo)).toBeGreaterThan(100);
  });

  test("an owner who is removed while the picture is waited for does not get it", async () => {
    const { desk, setup, frame, knows, told, answered } = openDesk({
      known: { household: both, reread: both },
    });
    setup("still-0001", ask({ device, nonce: desk.nonce, issuedAt: 0 }));
    knows(adaAlone);
    frame();
    await answered(1);
    expect(told).toMatchObject([{ type: "still-refused", fault: { kind: "denied" } }]);
  });
});

describe("a snapshot", () => {
  test("that was made before the line changed is not handed out after it", async () => {
    const { desk, snapshot, frame, told, answered } = openDesk();
    snapshot("still-0001");
    frame();
    desk.outdate();
    await answered(1);
    expect(told).toMatchObject([{ type: "still-refused", fault: { kind: "unavailable" } }]);
  });

  test("is masked as everything else, and opens for every viewer", async () => {
    const { snapshot, frame, told, answered } = openDesk();
    snapshot("still-0001");
    frame();
    await answered(1);
    for (const viewer of [ada, bo]) expect(await brightest(told[0], viewer)).toBeLessThanOrEqual(20);
    expect(await brightest(told[0], eve)).toBe(null);
  });

  test("is refused when there is nobody to seal it to", async () => {
    const { snapshot, told, answered } = openDesk({ viewers: [] });
    snapshot("still-0001");
    await answered(1);
    expect(told).toMatchObject([{ type: "still-refused", fault: { kind: "unavailable" } }]);
  });
});

test("one at a time: a second request is refused while the first waits, and served after it", async () => {
  const { snapshot, setup, frame, told, answered } = openDesk();
  snapshot("still-0001");
  setup("still-0002");
  frame();
  setup("still-0003");
  await answered(3);
  setup("still-0004");
  frame();
  await answered(4);
  expect(told.map((each) => [each.type, "still" in each && each.still])).toEqual([
    ["still-refused", "still-0002"],
    ["still-refused", "still-0003"],
    ["still-made", "still-0001"],
    ["still-made", "still-0004"],
  ]);
});

test("with the camera away it is refused at once, and the request stays good", async () => {
  const { setup, told, desk } = openDesk({ camera: false });
  const before = desk.nonce;
  setup("still-0001");
  expect(told).toMatchObject([{ type: "still-refused", fault: { kind: "unavailable" } }]);
  expect(desk.nonce).toBe(before);
});

test("a camera that gives no frame is waited for five seconds, and a late frame is not taken", async () => {
  const { setup, frame, told, clock } = openDesk();
  setup("still-0001");
  await clock.advance(4_999);
  expect(told).toEqual([]);
  await clock.advance(1);
  frame();
  expect(told).toMatchObject([{ type: "still-refused", fault: { message: "the camera gave no picture" } }]);
});
