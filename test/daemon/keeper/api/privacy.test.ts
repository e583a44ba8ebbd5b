/** Privacy now over the API: who may, what the eye hears, what status, light, facts and history say. */
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import type { Status } from "../../../../daemon/wire/api-status.ts";
import { privacyFileSchema } from "../../../../daemon/wire/privacy.ts";
import type { KeeperToEye } from "../../../../daemon/wire/messages.ts";
import { enrol, human, signIn, type SignedInHuman } from "../../../../scripts/rigs/person.ts";
import { openDoor } from "../door.ts";
import { until } from "../page.ts";
import { tempFolder } from "../temp-folder.ts";
import { connectTestCourier } from "../test-courier.ts";
import { connectTestEye, runningStatus, type TestEye } from "../test-eye.ts";

const put = (who: SignedInHuman, body: unknown): Promise<Response> =>
  who.fetch("/api/privacy", {
    method: "PUT",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
const privacyOf = async (who: SignedInHuman): Promise<Status["privacy"]> =>
  ((await (await who.fetch("/api/status")).json()) as Status).privacy;
const wordsTo = ({ received }: TestEye): KeeperToEye[] => received.filter(({ type }) => type === "privacy");

test("an owner closes and opens: the eye hears it, the light goes dark, the broker and the history know", async () => {
  await using door = await openDoor({ settings: { mqtt: { url: "mqtt://127.0.0.1:1" } } });
  await using eye = await connectTestEye(door.paths);
  await using courier = await connectTestCourier(door.paths);
  eye.status();
  await until(() => door.light.state === "idle");
  expect((await put(door.owner, { closed: true, minutes: 60 })).status).toBe(200);
  // nothing when it came: a greeting opens nothing
  expect(wordsTo(eye)).toEqual([
    { type: "privacy", hold: true },
    { type: "privacy", hold: false },
  ]);
  expect(await privacyOf(door.owner)).toMatchObject({ closed: true, by: "owner", waitsForClock: false });
  const { closure } = privacyFileSchema.parse(JSON.parse(await readFile(door.paths.privacy, "utf8")));
  expect((closure?.until?.wallMs ?? 0) - (closure?.sinceWallMs ?? 0)).toBe(3_600_000);
  await until(() => door.light.state === "off");
  await until(() => courier.received.findLast((each) => each.type === "facts")?.masked === true);
  expect((await put(door.owner, { closed: false })).status).toBe(200);
  expect((await privacyOf(door.owner)).closed).toBe(false);
  await until(() => door.light.state === "idle");
  const { entries } = (await (await door.owner.fetch("/api/history")).json()) as {
    entries: { what: string; who: string | null; detail: string }[];
  };
  const told = entries.filter(({ what }) => what.startsWith("privacy-"));
  expect(told.map(({ what, detail }) => [what, detail])).toEqual([
    ["privacy-opened", ""],
    ["privacy-closed", "for 1 h"],
  ]);
});

test("a member may not open what an owner closed, and rings ring on while it is closed", async () => {
  await using door = await openDoor();
  const ben = human(2, "member");
  await enrol(door.owner, ben);
  const member = await signIn(door.base, ben);
  await put(door.owner, { closed: true });
  expect((await put(member, { closed: false })).status).toBe(403);
  expect((await privacyOf(member)).closed).toBe(true);
  await door.button.press();
  await until(
    async () =>
      ((await (await member.fetch("/api/events")).json()) as { events: unknown[] }).events.length === 1,
  );
  expect(door.chime.sounded).toBeGreaterThan(0);
  await put(door.owner, { closed: false });
  expect((await put(member, { closed: true })).status).toBe(200);
  expect((await put(member, { closed: false })).status).toBe(200);
});

test.each([
  {},
  { closed: "yes" },
  { closed: true, minutes: 0 },
  { closed: true, minutes: 20_000 },
  { closed: true, for: 1 },
])("%o is not understood, and changes nothing", async (body) => {
  await using door = await openDoor();
  expect((await put(door.owner, body)).status).toBe(400);
  expect((await privacyOf(door.owner)).closed).toBe(false);
});

test("what it was before a start of the keeper, it is afterwards", async () => {
  await using folder = await tempFolder();
  {
    await using door = await openDoor({ data: folder.path });
    await put(door.owner, { closed: true, minutes: null });
  }
  await using again = await openDoor({ data: folder.path });
  expect(await privacyOf(again.owner)).toMatchObject({ closed: true, by: "owner", untilWallMs: null });
});

test("an eye that cannot read the file says so, and the page knows", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  const fault = { kind: "corrupt", message: "the privacy state is broken: everything stays masked" };
  eye.status({ mask: { ...runningStatus.mask, visibleFrac: 0, closed: { fault } } });
  await until(async () => (await privacyOf(door.owner)).closed);
  expect(await privacyOf(door.owner)).toMatchObject({ by: null, fault });
  const health = (await (await door.get("/healthz")).json()) as { problems: string[] };
  expect(health.problems).toContain(`privacy: ${fault.message}`);
});
