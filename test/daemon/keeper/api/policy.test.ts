import { readdir, readFile, rm } from "node:fs/promises";
import { expect, test } from "vitest";
import { payloadTypes } from "../../../../daemon/identity/envelope.ts";
import { signEnvelope } from "../../../../daemon/identity/keys.ts";
import { patienceMs } from "../../../../daemon/keeper/stills.ts";
import { errorSchema } from "../../../../daemon/wire/api.ts";
import type { HistoryEntry } from "../../../../daemon/wire/api-household.ts";
import type { KeeperToEye } from "../../../../daemon/wire/messages.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { porchPolicy } from "../../../../hal/sim/porch/policy.ts";
import { policyOf, type PolicyChange } from "../../../../scripts/rigs/paired.ts";
import {
  enrol,
  human,
  putJson,
  remove,
  signIn,
  type SignedInHuman,
} from "../../../../scripts/rigs/person.ts";
import { openDoor, type TestDoor } from "../door.ts";
import { until } from "../page.ts";
import { viewOf } from "../../../../hal/view.ts";
import { tempFolder } from "../temp-folder.ts";
import { connectTestEye, runningStatus, type TestEye } from "../test-eye.ts";

const half: NonNullable<PolicyChange["shape"]> = {
  propertyLine: [
    [0, 0],
    [0.5, 0],
    [0.5, 1],
    [0, 1],
  ],
  privacyZones: [],
};
const nonce = "n".repeat(43);

interface Changed extends PolicyChange {
  readonly by?: SignedInHuman;
  readonly raw?: Record<string, unknown>;
}

async function put(door: TestDoor, { by = door.owner, raw = {}, ...change }: Changed = {}) {
  const value = { ...policyOf(door.device, { shape: half, ...change }), ...raw };
  const envelope = signEnvelope(by.keys, payloadTypes.policy, value);
  const answer = await putJson(door.owner, "/api/policy", { envelope });
  const text = answer.ok ? "" : errorSchema.parse(await answer.json()).error.message;
  return { status: answer.status, text };
}

async function historyOf(door: TestDoor): Promise<HistoryEntry[]> {
  const { entries } = (await (await door.get("/api/history")).json()) as { entries: HistoryEntry[] };
  return entries;
}

function stillsOf(eye: TestEye): Extract<KeeperToEye, { type: "still" }>[] {
  return eye.received.filter((message) => message.type === "still");
}

interface StillChange {
  readonly by?: SignedInHuman;
  readonly value?: Record<string, unknown>;
}

function stillRequest(door: TestDoor, { by = door.owner, value = {} }: StillChange = {}) {
  const request = { device: door.device, nonce, issuedAt: 1, ...value };
  return signEnvelope(by.keys, payloadTypes.setupStill, request);
}

async function eyeWithNonce(door: TestDoor): Promise<TestEye> {
  const eye = await connectTestEye(door.paths);
  eye.status({ stillNonce: nonce });
  await until(async () => (await (await door.get("/api/policy")).text()).includes(nonce));
  return eye;
}

test("a policy that an owner signed is kept, told to the eye, and in the history with both areas", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  expect(await put(door)).toEqual({ status: 200, text: "" });
  expect(await put(door, { version: 2, shape: porchPolicy })).toMatchObject({ status: 200 });
  await until(() => eye.received.filter(({ type }) => type === "policy-changed").length === 2);
  const kept = await readFile(door.paths.policy, "utf8");
  expect(await readFile(`${door.paths.policies}/000002.json`, "utf8")).toBe(kept);
  expect(await readdir(door.paths.policies)).toEqual(["000001.json", "000002.json"]);
  const [second, first] = (await historyOf(door)).filter(({ what }) => what === "policy");
  expect(first).toMatchObject({ who: "Test owner 1", fromFrac: 0, toFrac: 0.5 });
  expect(second?.fromFrac).toBe(0.5);
  expect(second?.toFrac).toBeCloseTo(0.73, 1);
});

test("the page gets the envelope as it was put, the next version, and the porch's own line", async () => {
  await using door = await openDoor();
  expect(await (await door.get("/api/policy")).json()).toMatchObject({
    envelope: null,
    nextVersion: 1,
    suggestion: porchPolicy,
    stillNonce: null,
  });
  await put(door, { version: 3 });
  expect(await (await door.get("/api/policy")).json()).toMatchObject({
    envelope: JSON.parse(await readFile(door.paths.policy, "utf8")) as unknown,
    nextVersion: 4,
  });
});

test.each<[string, Changed, number, string]>([
  ["an older version", { version: 2 }, 403, "not newer than 2"],
  ["a version far ahead", { version: 100_000 }, 400, "far ahead"],
  ["another doorbell", { raw: { camera: human(1).keys.signKey } }, 403, "another doorbell"],
  [
    "edges that cross",
    {
      raw: {
        propertyLine: [
          [0, 0],
          [1, 1],
          [1, 0],
          [0, 1],
        ],
      },
    },
    400,
    "cross",
  ],
  [
    "a corner outside",
    {
      raw: {
        propertyLine: [
          [0, 0],
          [1.5, 0],
          [0, 1],
        ],
      },
    },
    400,
    "inside the picture",
  ],
  [
    "a corner that is no number",
    {
      raw: {
        propertyLine: [
          [0, 0],
          [null, 0],
          [0, 1],
        ],
      },
    },
    400,
    "propertyLine",
  ],
  ["a picture of another shape", { picture: { width: 1920, height: 1080 } }, 403, "another shape"],
  ["audio", { raw: { audio: "recorded" } }, 400, "audio"],
  ["an unknown key", { raw: { extra: 1 } }, 400, "not valid"],
])("a policy with %s is refused, and nothing has changed", async (_name, change, status, words) => {
  await using door = await openDoor();
  const picture = { width: 640, height: 480 };
  await put(door, { version: 2, picture });
  await using eye = await connectTestEye(door.paths);
  eye.status();
  await until(() => door.keeper.status().camera.state === "running");
  const before = await readFile(door.paths.policy, "utf8");
  const answer = await put(door, { version: 3, picture, ...change });
  expect(answer).toEqual({ status, text: expect.stringContaining(words) });
  expect(await readFile(door.paths.policy, "utf8")).toBe(before);
  expect((await historyOf(door)).filter(({ what }) => what === "policy")).toHaveLength(1);
  expect(eye.received.filter(({ type }) => type === "policy-changed")).toEqual([]);
});

test("of a picture that is turned, the line is that of the sensor's", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  const sensor = { width: 1280, height: 720 };
  const view = viewOf(sensor, { rotate: 90, crop: [0, 0, 0.5, 1] });
  eye.status({ camera: { ...runningStatus.camera, ...view.size, view } });
  await until(() => door.keeper.status().camera.view !== undefined);
  expect(await put(door, { picture: view.size })).toMatchObject({ status: 403 });
  expect(await put(door, { picture: sensor })).toMatchObject({ status: 200 });
});

test("a member's and a former owner's signature are refused", async () => {
  await using door = await openDoor();
  await enrol(door.owner, human(2, "member"));
  await enrol(door.owner, human(3));
  const [member, former] = [await signIn(door.base, human(2)), await signIn(door.base, human(3))];
  await remove(door.owner, human(3));
  for (const by of [member, former]) expect((await put(door, { by })).status).toBe(403);
});

test("what was ever in force is never put again, not even when the newest files are lost", async () => {
  await using folder = await tempFolder();
  const first = await openDoor({ data: folder.path });
  await put(first, { version: 7 });
  await first[Symbol.asyncDispose]();
  await rm(first.paths.policy);
  await using door = await openDoor({ data: folder.path });
  expect((await put(door, { version: 7 })).status).toBe(403);
  expect((await put(door, { version: 8 })).status).toBe(200);
});

test("recordings live as long as the policy says when that is less than the settings say", async () => {
  await using door = await openDoor();
  expect(door.keeper.status().storage.retentionHours).toBe(72);
  await put(door, { raw: { retentionHours: 5 } });
  expect(door.keeper.status().storage.retentionHours).toBe(5);
  await put(door, { version: 2, raw: { retentionHours: 700 } });
  expect(door.keeper.status().storage.retentionHours).toBe(72);
});

test("a setup still is in the history before the eye is asked, comes sealed and is never kept", async () => {
  await using door = await openDoor();
  await using eye = await eyeWithNonce(door);
  const request = stillRequest(door);
  const answer = putJson(door.owner, "/api/still", { request }, "POST");
  await until(() => stillsOf(eye).length === 1);
  expect((await historyOf(door))[0]).toMatchObject({ what: "setup-still", who: "Test owner 1" });
  const [asked] = stillsOf(eye);
  expect(asked).toMatchObject({ kind: "setup", request });
  const age = Buffer.from("sealed");
  eye.send({ type: "still-made", still: asked?.still ?? "", age: age.toString("base64") });
  expect(Buffer.from(await (await answer).arrayBuffer())).toEqual(age);
  expect((await answer).headers.get("cache-control")).toBe("no-store");
  expect((await readdir(door.paths.root)).filter((name) => name.includes("still"))).toEqual([]);
});

test.each([
  ["of a stranger", { by: 9 }, "may not sign"],
  ["with an old nonce", { value: { nonce: "o".repeat(43) } }, "not the newest"],
  ["for another doorbell", { value: { device: human(1).keys.signKey } }, "another doorbell"],
])(
  "a request for a setup still %s is refused and never reaches the eye",
  async (_name, { by, value }: { by?: number; value?: Record<string, unknown> }, words) => {
    await using door = await openDoor();
    await using eye = await eyeWithNonce(door);
    const signer = by === undefined ? door.owner : { ...door.owner, ...human(by) };
    const request = stillRequest(door, { by: signer, value: value ?? {} });
    const answer = await putJson(door.owner, "/api/still", { request }, "POST");
    expect(answer.status).toBe(403);
    expect(errorSchema.parse(await answer.json()).error.message).toContain(words);
    expect((await historyOf(door)).some(({ what }) => what === "setup-still")).toBe(false);
    expect(stillsOf(eye)).toEqual([]);
  },
);

test("what the eye refuses is answered in its words; an eye that says nothing or goes is not waited for", async () => {
  const clock = new SimClock();
  await using door = await openDoor({ clock });
  const ask = () => door.owner.fetch("/api/snapshot", { method: "POST" });
  const wordsOf = async (answer: Promise<Response>) =>
    errorSchema.parse(await (await answer).json()).error.message;
  expect(await wordsOf(ask())).toContain("eye is not running");
  const eye = await eyeWithNonce(door);
  const [refused] = [ask()];
  await until(() => stillsOf(eye).length === 1);
  const fault = { kind: "exhausted", message: "another picture is being made" };
  eye.send({ type: "still-refused", still: stillsOf(eye)[0]?.still ?? "", fault });
  expect(await wordsOf(refused)).toBe("another picture is being made");
  const late = ask();
  await until(() => stillsOf(eye).length === 2);
  await clock.advance(patienceMs);
  expect(await wordsOf(late)).toContain("in time");
  const left = ask();
  await until(() => stillsOf(eye).length === 3);
  await eye[Symbol.asyncDispose]();
  expect(await wordsOf(left)).toContain("went away");
});

test("only so many pictures are waited for at a time", async () => {
  const clock = new SimClock();
  await using door = await openDoor({ clock });
  await using eye = await eyeWithNonce(door);
  const asked = Array.from({ length: 4 }, () => door.owner.fetch("/api/snapshot", { method: "POST" }));
  await until(() => stillsOf(eye).length === 4);
  expect((await door.owner.fetch("/api/snapshot", { method: "POST" })).status).toBe(503);
  await clock.advance(patienceMs);
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([504, 504, 504, 504]);
});

test("when the guard trips, and when it is back, it is in the history, once", async () => {
  await using door = await openDoor();
  const mask = (state: "tripped" | "watching") => ({
    mask: { ...runningStatus.mask, guard: { state, reason: "moved" as const } },
  });
  await using eye = await connectTestEye(door.paths);
  for (const state of ["tripped", "tripped", "watching"] as const) eye.status(mask(state));
  const told = async () =>
    (await historyOf(door)).filter(({ what }) => what.startsWith("guard")).toReversed();
  await until(async () => (await told()).length >= 2);
  expect((await told()).map(({ what, who }) => [what, who])).toEqual([
    ["guard-tripped", null],
    ["guard-back", null],
  ]);
});
