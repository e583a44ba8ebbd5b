/** Between keeper and eye: whoever comes anew, on either side, opens nothing that was closed. */
import { expect, test } from "vitest";
import type { PrivacyState } from "../../../../daemon/wire/privacy.ts";
import { putJson } from "../../../../scripts/rigs/person.ts";
import { openDoor, type TestDoor } from "../door.ts";
import { until } from "../page.ts";
import { connectTestEye, runningStatus, type TestEye } from "../test-eye.ts";

const stateOf = async (door: TestDoor): Promise<PrivacyState> => door.keeper.status().privacy;
const told = ({ received }: TestEye): boolean[] =>
  received.flatMap((message) => (message.type === "privacy" ? [message.hold] : []));
const byWord = { mask: { ...runningStatus.mask, visibleFrac: 0, closed: { byWord: true } } };

test("a keeper that starts anew while the eye is closed by word takes that up, and says nothing that opens", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  eye.status(byWord);
  await until(async () => (await stateOf(door)).closed);
  expect(await stateOf(door)).toMatchObject({ by: "owner", name: null });
  await until(() => told(eye).includes(true));
  expect(told(eye)[0]).toBe(true);
});

test("an eye that is open hears nothing of privacy when it comes", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  eye.status();
  await until(() => door.keeper.status().camera.state === "running");
  expect(told(eye)).toEqual([]);
});

test("a status that was on its way when somebody opened closes nothing again", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  eye.status();
  const put = async (body: object): Promise<number> =>
    (await putJson(door.owner, "/api/privacy", body)).status;
  expect(await put({ closed: true, minutes: null })).toBe(200);
  expect(await put({ closed: false })).toBe(200);
  await until(() => told(eye).includes(false));
  eye.status(byWord);
  await until(() => door.keeper.status().mask.closed !== undefined);
  expect((await stateOf(door)).closed).toBe(false);
});
