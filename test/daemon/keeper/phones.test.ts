/** Browsers that are told: who may be, who is removed when, and what the courier learns of them. */
import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { SimClock } from "../../../hal/sim/clock.ts";
import { sessionMs } from "../../../daemon/keeper/people/sessions.ts";
import { maxPerPerson } from "../../../daemon/keeper/push/phone-book.ts";
import type { PhonesShown, PhoneShown } from "../../../daemon/wire/api-push.ts";
import type { HistoryEntry } from "../../../daemon/wire/api-household.ts";
import type { PhonesSaid } from "../../../daemon/wire/told.ts";
import {
  enrol,
  getJson,
  human,
  putJson,
  remove,
  signIn,
  type SignedInHuman,
} from "../../../scripts/rigs/person.ts";
import { startPushService, type PushService, type RigBrowser } from "../../../scripts/rigs/push-service.ts";
import { openDoor, type TestDoor } from "./door.ts";
import { until } from "./page.ts";
import { tempFolder } from "./temp-folder.ts";
import { connectTestCourier, type TestCourier } from "./test-courier.ts";

const open = (service: PushService, data?: string): Promise<TestDoor> =>
  openDoor({
    settings: { alerts: { pushHosts: [service.host] }, button: { cooldownMs: 0 } },
    ...(data === undefined ? {} : { data }),
  });
const ask = (who: SignedInHuman, { subscription }: RigBrowser): Promise<Response> =>
  putJson(who, "/api/phones", { ...subscription, label: "Firefox on Android" }, "POST");
const shown = (who: SignedInHuman): Promise<PhonesShown> => getJson<PhonesShown>(who, "/api/phones");
const added = async (who: SignedInHuman, browser: RigBrowser): Promise<PhoneShown> => {
  const answer = await ask(who, browser);
  expect(answer.status).toBe(201);
  return (await answer.json()) as PhoneShown;
};
const lists = ({ received }: TestCourier): PhonesSaid[] =>
  received.flatMap((message) => (message.type === "phones" ? [message] : []));
const error = async (answer: Response) =>
  ((await answer.json()) as { error: { kind: string; message: string; hint?: string } }).error;
const history = async (owner: SignedInHuman): Promise<string[]> =>
  (await getJson<{ entries: HistoryEntry[] }>(owner, "/api/history")).entries.map(({ what }) => what);

test("a browser that asks is told of rings from then on, over the courier, and stands in the list", async () => {
  await using service = await startPushService();
  await using door = await open(service);
  await using courier = await connectTestCourier(door.paths);
  const browser = service.browser();
  const { key, phones } = await shown(door.owner);
  expect([key?.length, phones]).toEqual([87, []]);
  const { id, ...phone } = await added(door.owner, browser);
  expect(phone).toMatchObject({ label: "Firefox on Android", service: service.host, own: true });
  expect(JSON.stringify(await shown(door.owner))).not.toContain(browser.subscription.endpoint);
  await until(() => lists(courier).length === 1);
  expect(lists(courier)[0]).toMatchObject({
    key: { publicKey: key },
    phones: [{ phone: id, ...browser.subscription }],
  });
  await door.button.press();
  await until(() => courier.received.some(({ type }) => type === "happened"));
  expect(courier.received.find(({ type }) => type === "happened")).toMatchObject({
    kind: "ring",
    phones: [id],
  });
  expect(await history(door.owner)).toContain("phone-added");
});

test("while nobody is told the courier hears nothing of it", async () => {
  await using service = await startPushService();
  await using door = await open(service);
  await shown(door.owner); // the key is made
  await using courier = await connectTestCourier(door.paths);
  await door.button.press();
  courier.send({ type: "chunk-asked", grant: "grant-0001", offset: 0 });
  await until(() => courier.received.some(({ type }) => type === "chunk-refused"));
  expect(courier.received.map(({ type }) => type)).toEqual(["feed-from", "chunk-refused"]);
});

test("a ring that another courier was not done with is said again, with the phones before it", async () => {
  await using service = await startPushService();
  await using door = await open(service);
  await added(door.owner, service.browser());
  const first = await connectTestCourier(door.paths);
  await door.button.press();
  await door.button.press();
  const rings = ({ received }: TestCourier): string[] =>
    received.flatMap((message) => (message.type === "happened" ? [message.event] : []));
  await until(() => rings(first).length === 2);
  const [one = "", two] = rings(first);
  first.send({ type: "happened-done", alert: one, channel: "push", taken: true });
  first.send({ type: "chunk-asked", grant: "grant-0001", offset: 0 });
  await until(() => first.received.some(({ type }) => type === "chunk-refused"));
  await first[Symbol.asyncDispose]();
  await using second = await connectTestCourier(door.paths);
  await until(() => rings(second).length === 1);
  expect(rings(second)).toEqual([two]);
  const types = second.received.map(({ type }) => type);
  expect(types.indexOf("phones")).toBeLessThan(types.indexOf("happened"));
});

test("no member is told before an owner has allowed it, and nobody after it was taken back", async () => {
  await using service = await startPushService();
  await using door = await open(service);
  await enrol(door.owner, human(2, "member"));
  const member = await signIn(door.base, human(2, "member"));
  const refused = await ask(member, service.browser());
  expect([refused.status, (await error(refused)).message]).toEqual([
    403,
    "no owner has allowed alerts to browsers yet",
  ]);
  expect(await history(door.owner)).not.toContain("phone-added");
  await putJson(door.owner, "/api/phones", { allowed: true });
  await added(member, service.browser());
  await added(door.owner, service.browser());
  expect([(await shown(member)).phones.length, (await shown(door.owner)).phones.length]).toEqual([1, 2]);
  await putJson(door.owner, "/api/phones", { allowed: false });
  expect(await shown(member)).toMatchObject({ allowed: false, phones: [] });
  expect((await ask(member, service.browser())).status).toBe(403);
});

test("a person removes their own browsers, an owner anybody's, and nobody another's", async () => {
  await using service = await startPushService();
  await using door = await open(service);
  await enrol(door.owner, human(2, "member"));
  const member = await signIn(door.base, human(2, "member"));
  const owners = await added(door.owner, service.browser());
  const theirs = await added(member, service.browser());
  const drop = async (who: SignedInHuman, { id }: PhoneShown): Promise<number> =>
    (await who.fetch(`/api/phones/${id}`, { method: "DELETE" })).status;
  expect([
    await drop(member, owners),
    await drop(door.owner, theirs),
    await drop(door.owner, owners),
  ]).toEqual([404, 204, 204]);
  expect((await shown(door.owner)).phones).toEqual([]);
});

test("whoever signs out, is signed out or is removed is told no more on that browser", async () => {
  await using service = await startPushService();
  await using door = await open(service);
  await using courier = await connectTestCourier(door.paths);
  const who = human(2, "member");
  await enrol(door.owner, who);
  const [first, second, third] = [
    await signIn(door.base, who),
    await signIn(door.base, who),
    await signIn(door.base, who),
  ];
  await added(door.owner, service.browser());
  for (const each of [first, second, third]) await added(each, service.browser());
  const left = async (count: number): Promise<void> => {
    await until(() => lists(courier).at(-1)?.phones.length === count);
    expect((await shown(door.owner)).phones.length).toBe(count);
  };
  await left(4);
  await first.fetch("/api/session", { method: "DELETE" });
  await left(3);
  const sessions = await getJson<{ id: string; own: boolean }[]>(second, "/api/sessions");
  const own = sessions.find((session) => session.own)?.id ?? "";
  await door.owner.fetch(`/api/sessions/${own}`, { method: "DELETE" });
  await left(2);
  await remove(door.owner, who);
  await left(1);
});

test("ending the session of a lost phone ends its alerts, also when it was added under one that ran out", async () => {
  await using service = await startPushService();
  await using folder = await tempFolder();
  const clock = new SimClock();
  await using door = await openDoor({
    settings: { alerts: { pushHosts: [service.host] } },
    data: folder.path,
    clock,
  });
  const phone = { ...service.browser().subscription, label: "a test" }; // as the rig's sessions are called
  const other = { ...service.browser().subscription, label: "Firefox on Android" };
  for (const each of [phone, other]) await putJson(door.owner, "/api/phones", each, "POST");
  clock.stepWall(sessionMs);
  await clock.advance(60_000); // sessions that ran out are looked for
  const again = await signIn(door.base, human(1));
  const lost = await signIn(door.base, human(1));
  const labels = async () => (await shown(again)).phones.map(({ label }) => label);
  expect((await labels()).toSorted()).toEqual(["Firefox on Android", "a test"]); // who is told does not open the page for weeks
  await lost.fetch("/api/session", { method: "DELETE" });
  await expect.poll(labels).toEqual(["Firefox on Android"]);
});

test("the list and the key outlive a restart, in a file that nobody else may read", async () => {
  await using service = await startPushService();
  await using folder = await tempFolder();
  const first = await open(service, folder.path);
  const before = await added(first.owner, service.browser());
  const { key } = await shown(first.owner);
  expect((await stat(join(first.paths.push, "phones.json"))).mode & 0o777).toBe(0o600);
  await first[Symbol.asyncDispose]();
  await using second = await open(service, folder.path);
  const { phones, ...rest } = await shown(second.owner);
  expect(rest).toEqual({ on: true, allowed: true, key });
  expect(phones).toEqual([{ ...before, own: false }]);
});

test("a browser that its push service has forgotten leaves the list", async () => {
  await using service = await startPushService();
  await using door = await open(service);
  await using courier = await connectTestCourier(door.paths);
  const { id } = await added(door.owner, service.browser());
  courier.send({ type: "phone-gone", phone: id });
  await until(() => lists(courier).at(-1)?.phones.length === 0);
  expect((await shown(door.owner)).phones).toEqual([]);
  await expect.poll(() => history(door.owner)).toContain("phone-removed");
});

test("what does not arrive is shown with its browser, since when and why, until it does", async () => {
  await using service = await startPushService();
  await using door = await open(service);
  await using courier = await connectTestCourier(door.paths);
  const { id } = await added(door.owner, service.browser());
  const fault = { kind: "unavailable", message: "it hung up" };
  courier.send({ type: "phone-state", phone: id, fault });
  const trouble = async () => (await shown(door.owner)).phones[0]?.trouble;
  await expect.poll(trouble).toEqual({ fault, sinceWallMs: expect.any(Number) });
  courier.send({ type: "phone-state", phone: id });
  await expect.poll(trouble).toBeUndefined();
});

test("a test alert answers what the push service said", async () => {
  await using service = await startPushService();
  await using door = await open(service);
  await using courier = await connectTestCourier(door.paths);
  const { id } = await added(door.owner, service.browser());
  const asked = () => courier.received.flatMap((each) => (each.type === "phone-test" ? [each] : []));
  const tested = async (fault?: { kind: string; message: string; hint: string }): Promise<Response> => {
    const before = asked().length;
    const answer = door.owner.fetch(`/api/phones/${id}/test`, { method: "POST" });
    await until(() => asked().length > before);
    courier.send({ type: "phone-tested", test: asked().at(-1)?.test ?? "", ...(fault && { fault }) });
    return answer;
  };
  expect((await tested()).status).toBe(204);
  const refused = await tested({ kind: "denied", message: "it says no", hint: "ask it" });
  expect([refused.status, await error(refused)]).toEqual([
    503,
    { kind: "unavailable", message: "it says no", hint: "ask it" },
  ]);
});

test("a push service that the settings do not name is refused in words", async () => {
  await using service = await startPushService();
  await using door = await open(service);
  const browser = service.browser();
  const subscription = { ...browser.subscription, endpoint: "https://push.example.org/abc" };
  const answer = await ask(door.owner, { ...browser, subscription });
  expect([answer.status, (await error(answer)).message]).toEqual([
    400,
    "the push service of this browser, push.example.org, is not among those that may be called",
  ]);
});

test("a person has so many browsers and no more; one that asks twice counts once", async () => {
  await using service = await startPushService();
  await using door = await open(service);
  const first = service.browser();
  const { id } = await added(door.owner, first);
  for (let i = 1; i < maxPerPerson; i += 1) await added(door.owner, service.browser());
  expect((await added(door.owner, first)).id).toBe(id);
  const more = await ask(door.owner, service.browser());
  expect([more.ok, (await error(more)).kind]).toEqual([false, "exhausted"]);
  expect((await history(door.owner)).filter((what) => what === "phone-added").length).toBe(maxPerPerson);
});

test("where the settings name no push service nobody can be told", async () => {
  await using door = await openDoor({ settings: { alerts: { pushHosts: [] } } });
  expect(await shown(door.owner)).toEqual({ on: false, allowed: false, key: null, phones: [] });
});

test("a list that cannot be read is told as a problem, and begun anew by the next who asks", async () => {
  await using service = await startPushService();
  const browser = service.browser();
  await using folder = await tempFolder();
  const before = await open(service, folder.path);
  await added(before.owner, browser);
  await before[Symbol.asyncDispose]();
  await writeFile(join(folder.path, "push", "phones.json"), "{");
  await using door = await open(service, folder.path);
  const problems = async () =>
    ((await (await door.get("/healthz")).json()) as { problems: string[] }).problems;
  expect(await problems()).toContain("the list of browsers that are told cannot be read");
  expect((await shown(door.owner)).phones).toEqual([]);
  await added(door.owner, browser);
  expect(await problems()).not.toContain("the list of browsers that are told cannot be read");
});
