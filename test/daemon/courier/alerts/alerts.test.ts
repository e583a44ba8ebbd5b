/** Alerts on their way to servers that take them, refuse them, come back later, or say nothing. */
import { createHmac } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { settingsSchema } from "../../../../config/schema.ts";
import { noCounts } from "../../../../daemon/alerts/counts.ts";
import { Alerts } from "../../../../daemon/courier/alerts/alerts.ts";
import { AllowList } from "../../../../daemon/courier/http/allow-list.ts";
import { HttpClient } from "../../../../daemon/courier/http/client.ts";
import { PushList } from "../../../../daemon/courier/push/push-list.ts";
import { Stages } from "../../../../daemon/courier/stages.ts";
import type { PictureDone, PictureSend } from "../../../../daemon/wire/alert-picture.ts";
import type { DigestSaid, HappenedSaid } from "../../../../daemon/wire/told.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { startMosquitto } from "../../../../scripts/rigs/mosquitto.ts";
import { serve, type TestServer } from "../http/servers.ts";
import { someFacts } from "../mqtt/some-facts.ts";

const wait = { timeout: 30_000, interval: 20 };
const secret = "not a secret at all";
let folder = "";
let webhookSecretFile = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sill-alerts-"));
  webhookSecretFile = join(folder, "secret");
  await writeFile(webhookSecretFile, `${secret}\n`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Heard {
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
}

interface Place extends TestServer {
  readonly heard: readonly Heard[];
}

/** Remembers what it was sent; answers the n-th with the n-th of these, the rest with 200. Null = never. */
async function place(
  answers: readonly (readonly [number, Record<string, string>?] | null)[] = [],
): Promise<Place> {
  const heard: Heard[] = [];
  let calls = 0;
  const server = await serve((request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      heard.push({ headers: request.headers, text: Buffer.concat(chunks).toString("utf8") });
      const answer = answers[calls];
      calls += 1;
      if (answer === null) return;
      const [status, headers = {}] = answer ?? [200];
      response.writeHead(status, headers).end("{}");
    });
  });
  return { ...server, heard };
}

function openRig(alerts: Record<string, unknown>, mqtt: Record<string, unknown> = {}) {
  const clock = new SimClock();
  const stages = new Stages();
  const settings = settingsSchema.parse({ alerts, mqtt });
  const allow = new AllowList(settings);
  const done: string[] = [];
  const pictures: PictureDone[] = [];
  const all = new Alerts({
    settings,
    clock,
    random: () => 0.5,
    stages,
    newClient: () => new HttpClient({ allow, clock }),
    newPushClient: () => new HttpClient({ allow: new PushList([]), clock }),
    tellNow: () => {},
    tell: (message) => {
      if (message.type === "picture-done") pictures.push(message);
      if (message.type === "happened-done")
        done.push(Object.keys(mqtt).length > 0 ? `${message.channel} ${message.alert}` : message.alert);
    },
    onChange: () => {},
  });
  all.facts(someFacts);
  const ring = (event: string, more: Partial<HappenedSaid> = {}): void =>
    all.happened({
      type: "happened",
      event,
      kind: "ring",
      wallMs: clock.wallMs(),
      agoMs: 0,
      done: [],
      zones: [],
      phones: [],
      ...more,
    });
  const doneWith = (...events: string[]) => vi.waitFor(() => expect(done).toEqual(events), wait);
  return {
    all,
    clock,
    stages,
    done,
    pictures,
    ring,
    doneWith,
    [Symbol.asyncDispose]: () => all[Symbol.asyncDispose](),
  };
}

test("a webhook is told of a ring in JSON, with a signature that its receiver can check", async () => {
  await using receiver = await place();
  await using rig = openRig({ webhookUrl: `${receiver.url}/hook`, webhookSecretFile });
  rig.ring("ring-0001");
  await rig.doneWith("ring-0001");
  const [{ headers, text } = { headers: {}, text: "" }] = receiver.heard;
  const at = new Date(rig.clock.wallMs()).toISOString();
  expect(JSON.parse(text)).toEqual({
    type: "ring",
    timestamp: at,
    data: { event: "ring-0001", at, device: someFacts.device, name: "Doorbell" },
  });
  const id = String(headers["webhook-id"]);
  const timestamp = String(headers["webhook-timestamp"]);
  expect([id, timestamp]).toEqual(["ring-0001", String(Math.floor(rig.clock.wallMs() / 1_000))]);
  const mac = createHmac("sha256", secret).update([id, timestamp, text].join(".")).digest("base64");
  expect(headers["webhook-signature"]).toBe(`v1,${mac}`);
  expect(rig.stages.at("webhook")).toMatchObject({ in: 1, out: 1, dropped: 0 });
});

test("a phone is told by ntfy, in words, and loudly when somebody rings", async () => {
  await using receiver = await place();
  const ntfyTokenFile = join(folder, "token");
  await writeFile(ntfyTokenFile, "tk_test");
  await using rig = openRig({ ntfyUrl: `${receiver.url}/door`, ntfyTokenFile, kinds: ["ring", "motion"] });
  rig.ring("ring-0001");
  rig.ring("motion-0001", { kind: "motion", zones: ["path"] });
  await rig.doneWith("ring-0001", "motion-0001");
  expect(receiver.heard.map(({ text }) => text)).toEqual(["Somebody rang.", "Something moves in path."]);
  expect(
    receiver.heard.map(({ headers: { title, priority, tags, authorization } }) => ({
      title,
      priority,
      tags,
      authorization,
    })),
  ).toEqual([
    { title: "Doorbell", priority: "urgent", tags: "bell", authorization: "Bearer tk_test" },
    { title: "Doorbell", priority: "default", tags: "eyes", authorization: "Bearer tk_test" },
  ]);
});

test("movement is told only to who asked for it", async () => {
  await using receiver = await place();
  await using rig = openRig({ ntfyUrl: `${receiver.url}/door` });
  rig.ring("motion-0001", { kind: "motion" });
  rig.ring("ring-0001");
  await rig.doneWith("motion-0001", "ring-0001");
  expect(receiver.heard.map(({ text }) => text)).toEqual(["Somebody rang."]);
});

test("a place that fails is tried again later, in order, and one that says when is obeyed", async () => {
  await using receiver = await place([[500], [429, { "Retry-After": "60" }]]);
  await using rig = openRig({ webhookUrl: receiver.url, webhookSecretFile });
  const calls = (count: number) => vi.waitFor(() => expect(receiver.heard.length).toBe(count), wait);
  const told = (words: string) =>
    vi.waitFor(() => expect(rig.stages.at("webhook").lastError).toContain(words), wait);
  rig.ring("ring-0001");
  rig.ring("ring-0002");
  await told("has a fault (500)");
  await rig.clock.advance(1_499);
  await calls(1);
  await rig.clock.advance(1);
  await told("too much to do (429)");
  await rig.clock.advance(59_000);
  await calls(2);
  await rig.clock.advance(1_000);
  await rig.doneWith("ring-0001", "ring-0002");
  expect(receiver.heard.map(({ headers }) => headers["webhook-id"])).toEqual([
    "ring-0001",
    "ring-0001",
    "ring-0001",
    "ring-0002",
  ]);
  expect(rig.stages.at("webhook")).toEqual({ name: "webhook", in: 2, out: 2, dropped: 0 });
});

test.each([400, 401, 403, 404, 410, 413])(
  "an alert that is refused for good (%d) is dropped, the next one is tried",
  async (status) => {
    await using receiver = await place([[status]]);
    await using rig = openRig({ webhookUrl: receiver.url, webhookSecretFile });
    rig.ring("ring-0001");
    await rig.doneWith("ring-0001");
    expect(rig.stages.at("webhook")).toMatchObject({
      in: 1,
      out: 0,
      dropped: 1,
      lastError: expect.stringContaining(`(${status})`),
    });
    rig.ring("ring-0002");
    await rig.doneWith("ring-0001", "ring-0002");
    expect(rig.stages.at("webhook").lastError).toBeUndefined();
  },
);

test("a receiver that never answers is left after its time, and the ring goes out again", async () => {
  await using receiver = await place([null]);
  await using rig = openRig({ webhookUrl: receiver.url, webhookSecretFile });
  rig.ring("ring-0001");
  await vi.waitFor(() => expect(receiver.heard.length).toBe(1), wait);
  await vi.waitFor(async () => {
    await rig.clock.advance(1_000);
    expect(receiver.heard.length).toBe(2);
  }, wait);
  await rig.doneWith("ring-0001");
});

test("what could not be told for a while comes as one message on the phone, not as a storm", async () => {
  await using receiver = await place([[500]]);
  await using rig = openRig({ ntfyUrl: receiver.url, kinds: ["ring", "motion"] });
  rig.ring("ring-0001");
  await vi.waitFor(() => expect(rig.stages.at("ntfy").lastError).toBeDefined(), wait);
  for (let i = 2; i <= 5; i += 1) rig.ring(`ring-000${i}`);
  rig.ring("motion-0001", { kind: "motion" });
  await rig.clock.advance(2_000);
  await vi.waitFor(() => expect(rig.done.length).toBe(6), wait);
  expect(receiver.heard.map(({ text }) => text)).toEqual([
    "Somebody rang.",
    // who stands there now, on their own
    "Somebody rang.",
    "4 rings and 1 movement could not be told in time, the last just now.",
  ]);
  expect(rig.done[0]).toBe("ring-0005");
});

test("ten thousand alerts while nobody takes them: 64 wait, the rest is counted, none is older than an hour", async () => {
  await using receiver = await place(Array.from({ length: 100 }, () => [500] as const));
  await using rig = openRig({ webhookUrl: receiver.url, webhookSecretFile });
  for (let i = 0; i < 10_000; i += 1) rig.ring(`ring-${10_000 + i}`);
  expect(rig.stages.at("webhook")).toMatchObject({ in: 10_000, dropped: 10_000 - 64 });
  await vi.waitFor(async () => {
    await rig.clock.advance(300_000);
    expect(rig.done.length).toBe(10_000);
  }, wait);
  expect(rig.stages.at("webhook")).toMatchObject({ in: 10_000, out: 0, dropped: 10_000 });
});

test("an event that is said twice is told once, and done when every channel is", async () => {
  await using broker = await startMosquitto();
  await using home = await broker.subscribe("sill/+/ring");
  await using receiver = await place([[500]]);
  await using rig = openRig({ webhookUrl: receiver.url, webhookSecretFile }, { url: broker.url });
  rig.ring("ring-0001");
  rig.ring("ring-0001");
  await home.next(({ text }) => text.includes("ring-0001"));
  await vi.waitFor(() => expect(rig.stages.at("webhook").lastError).toBeDefined(), wait);
  await rig.doneWith("mqtt ring-0001");
  await rig.clock.advance(2_000);
  await rig.doneWith("mqtt ring-0001", "webhook ring-0001");
  rig.ring("ring-0001");
  expect(rig.done.slice(2)).toEqual(["mqtt ring-0001", "webhook ring-0001"]);
  expect([home.heard.length, receiver.heard.length]).toEqual([1, 2]);
});

test.each([
  [{}, "alerts.webhookSecretFile is not set"],
  [
    { webhookSecretFile: "/nonexistent/secret" },
    "the file of alerts.webhookSecretFile cannot be used: there is none",
  ],
])("without its secret nothing is sent: %o", async (more, words) => {
  await using receiver = await place();
  await using rig = openRig({ webhookUrl: receiver.url, ...more });
  rig.ring("ring-0001");
  await vi.waitFor(() => expect(rig.stages.at("webhook").lastError).toContain(words), wait);
  expect(receiver.heard).toEqual([]);
});

test("a name that is not ASCII reaches the phone", async () => {
  await using receiver = await place();
  await using rig = openRig({ ntfyUrl: receiver.url });
  rig.all.facts({ ...someFacts, name: "Haustür" });
  rig.ring("ring-0001");
  await rig.doneWith("ring-0001");
  const [, base64 = ""] = /^=\?UTF-8\?B\?(.+)\?=$/u.exec(String(receiver.heard[0]?.headers["title"])) ?? [];
  expect(Buffer.from(base64, "base64").toString("utf8")).toBe("Haustür");
});

test("somebody who rings while the digest is on its way is told on their own", async () => {
  let answer = (): void => {};
  const heard: string[] = [];
  await using receiver = await serve((request, response) => {
    request.on("data", (chunk: Buffer) => heard.push(chunk.toString("utf8")));
    request.on("end", () => {
      if (heard.length === 1) return void response.writeHead(500).end();
      answer = () => void response.end();
      if (heard.length > 2) answer();
    });
  });
  await using rig = openRig({ ntfyUrl: receiver.url });
  const late = { agoMs: 120_000 };
  rig.ring("ring-0001", late);
  await vi.waitFor(() => expect(rig.stages.at("ntfy").lastError).toBeDefined(), wait);
  for (let i = 2; i <= 5; i += 1) rig.ring(`ring-000${i}`, late);
  await rig.clock.advance(2_000);
  await vi.waitFor(() => expect(heard.length).toBe(2), wait);
  rig.ring("ring-0006");
  answer();
  await vi.waitFor(() => expect(rig.done.length).toBe(6), wait);
  expect(heard.slice(1)).toEqual([
    "5 rings could not be told in time, the last 2 minutes ago.",
    "Somebody rang.",
  ]);
});

test("who rings does not wait behind words about their coming, and one visitor is counted once", async () => {
  await using receiver = await place([[500]]);
  const kinds = ["ring", "motion", "person", "waiting", "parcel-left"];
  await using rig = openRig({ ntfyUrl: receiver.url, kinds });
  rig.ring("motion-0001", { kind: "motion" });
  await vi.waitFor(() => expect(rig.stages.at("ntfy").lastError).toBeDefined(), wait);
  for (const kind of ["person", "waiting", "parcel-left"] as const) rig.ring("motion-0001", { kind });
  rig.ring("motion-0002", { kind: "motion" });
  rig.ring("ring-0001");
  await rig.clock.advance(2_000);
  await vi.waitFor(() => expect(rig.done.length).toBe(6), wait);
  expect(receiver.heard.slice(1).map(({ text }) => text)).toEqual([
    "Somebody rang.",
    "1 person, 1 movement and 1 parcel could not be told in time, the last just now.",
  ]);
});

test.each([
  ["points elsewhere", 303, { Location: "https://elsewhere.example" }],
  ["answers with a page", 200, { "Content-Type": "text/html", "Content-Length": "9999999" }],
  ["packs its answer", 200, { "Content-Encoding": "gzip" }],
] as const)(
  "a receiver that %s has had the alert: it is not called again",
  async (_what, status, headers) => {
    let calls = 0;
    await using receiver = await serve((_request, response) => {
      calls += 1;
      response.writeHead(status, headers).flushHeaders();
    });
    for (const channel of [{ webhookUrl: receiver.url, webhookSecretFile }, { ntfyUrl: receiver.url }]) {
      calls = 0;
      await using rig = openRig(channel);
      rig.ring("ring-0001");
      await rig.doneWith("ring-0001");
      await rig.clock.advance(600_000);
      expect(calls).toBe(1);
    }
  },
);

test("a new ring does not wait for a long back-off", async () => {
  await using receiver = await place(Array.from({ length: 8 }, () => [500] as const));
  await using rig = openRig({ webhookUrl: receiver.url, webhookSecretFile });
  rig.ring("ring-0001");
  await vi.waitFor(async () => {
    await rig.clock.advance(10_000);
    expect(receiver.heard.length).toBe(7);
  }, wait);
  await vi.waitFor(() => expect(rig.stages.at("webhook").lastError).toBeDefined(), wait);
  await rig.clock.advance(2_000);
  rig.ring("ring-0002");
  await vi.waitFor(() => expect(receiver.heard.length).toBeGreaterThan(7), wait);
});

test("another courier's alert is told only where it was not yet, whatever the wall clock did", async () => {
  await using phone = await place();
  await using receiver = await place();
  await using rig = openRig({ ntfyUrl: phone.url, webhookUrl: receiver.url, webhookSecretFile });
  rig.ring("ring-0001", { done: ["ntfy"], agoMs: 1_000, wallMs: rig.clock.wallMs() - 10 * 3_600_000 });
  await rig.doneWith("ring-0001");
  expect([phone.heard.length, receiver.heard.length]).toEqual([0, 1]);
});

test.each(["", "short", "whsec_", "whsec_c2hvcnQ="])(
  "a secret that anybody could guess signs nothing: %j",
  async (text) => {
    const file = join(folder, "weak");
    await writeFile(file, text);
    await using receiver = await place();
    await using rig = openRig({ webhookUrl: receiver.url, webhookSecretFile: file });
    rig.ring("ring-0001");
    await vi.waitFor(
      () => expect(rig.stages.at("webhook").lastError).toContain("alerts.webhookSecretFile"),
      wait,
    );
    expect(receiver.heard).toEqual([]);
  },
);

describe("a digest", () => {
  const digest: DigestSaid = {
    type: "digest",
    event: "digest-0001",
    why: "flood",
    ...noCounts,
    motions: 12,
    firstWallMs: 1_767_268_200_000,
    wallMs: 1_767_268_800_000,
    firstAgoMs: 600_000,
    lastAgoMs: 5_000,
    agoMs: 0,
    done: [],
    zones: ["path"],
    last: "motion-0012",
    phones: [],
  };

  test.each<[string, Partial<DigestSaid>]>([
    ["12 movements in path in the last 10 minutes.", {}],
    [
      "1 ring and 2 movements in quiet hours, the last 3 hours ago.",
      {
        why: "quiet",
        rings: 1,
        motions: 2,
        zones: [],
        lastAgoMs: 3 * 3_600_000,
      },
    ],
    ["1 movement in path while alerts were snoozed, the last just now.", { why: "snooze", motions: 1 }],
  ])("is said in words, and not loudly: %s", async (words, changes) => {
    await using receiver = await place();
    await using rig = openRig({ ntfyUrl: receiver.url });
    rig.all.happened({ ...digest, ...changes });
    await rig.doneWith("digest-0001");
    expect(receiver.heard.map(({ text, headers }) => [text, headers["priority"]])).toEqual([
      [words, "default"],
    ]);
  });

  test("is counts for a webhook, and nothing for the broker of the house", async () => {
    await using receiver = await place();
    await using broker = await startMosquitto();
    await using rig = openRig({ webhookUrl: receiver.url, webhookSecretFile }, { url: broker.url });
    rig.all.happened(digest);
    await vi.waitFor(
      () => expect(rig.done.toSorted()).toEqual(["mqtt digest-0001", "webhook digest-0001"]),
      wait,
    );
    expect(JSON.parse(receiver.heard[0]?.text ?? "")).toEqual({
      type: "digest",
      timestamp: new Date(digest.wallMs).toISOString(),
      data: {
        event: "digest-0001",
        at: new Date(digest.wallMs).toISOString(),
        since: new Date(digest.firstWallMs).toISOString(),
        why: "flood",
        ...noCounts,
        motions: 12,
        zones: ["path"],
        device: someFacts.device,
        name: "Doorbell",
      },
    });
  });

  test("that could not be told in time counts for all it says", async () => {
    await using receiver = await place([[500]]);
    await using rig = openRig({ ntfyUrl: receiver.url });
    rig.ring("ring-0001");
    await vi.waitFor(() => expect(rig.stages.at("ntfy").lastError).toBeDefined(), wait);
    rig.all.happened(digest);
    for (const id of ["ring-0002", "ring-0003", "ring-0004"]) rig.ring(id);
    await rig.clock.advance(2_000);
    await rig.doneWith("ring-0004", "ring-0001", "digest-0001", "ring-0002", "ring-0003");
    expect(receiver.heard.at(-1)?.text).toContain("3 rings and 12 movements could not be told in time");
  });
});

test("an event that a channel is to hear of only later is told there then, and nowhere twice", async () => {
  await using receiver = await place();
  await using broker = await startMosquitto();
  await using rig = openRig({ webhookUrl: receiver.url, webhookSecretFile }, { url: broker.url });
  rig.ring("ring-0001", { done: ["webhook"] });
  await rig.doneWith("mqtt ring-0001");
  rig.ring("ring-0001", { done: ["mqtt"] });
  await rig.doneWith("mqtt ring-0001", "webhook ring-0001");
  expect(receiver.heard.length).toBe(1);
});

describe("a picture", () => {
  const bytes = Buffer.from([0xff, 0xd8, 1, 2, 3, 0xff, 0xd9]);
  const picture = (channel: PictureSend["channel"]): PictureSend => ({
    type: "picture-send",
    event: "ring-0001",
    channel,
    kind: "ring",
    zones: [],
    wallMs: 1_000,
    jpeg: bytes.toString("base64"),
    sha256: "a".repeat(64),
  });

  test("goes to ntfy as an attachment that takes the place of the words", async () => {
    await using receiver = await place();
    await using rig = openRig({ ntfyUrl: `${receiver.url}/door` });
    rig.ring("ring-0001");
    await rig.doneWith("ring-0001");
    await rig.all.picture(picture("ntfy"));
    expect(rig.pictures).toEqual([{ type: "picture-done", event: "ring-0001", channel: "ntfy" }]);
    expect(receiver.heard.map(({ headers }) => headers["x-sequence-id"])).toEqual(["ring-0001", "ring-0001"]);
    expect(receiver.heard[1]).toMatchObject({
      headers: { title: "Doorbell", message: "Somebody rang.", filename: "ring.jpg", priority: "low" },
      text: bytes.toString("utf8"),
    });
  });

  test("stays on the phone: words that come after it have a place of their own", async () => {
    await using receiver = await place();
    await using rig = openRig({ ntfyUrl: `${receiver.url}/door`, kinds: ["person", "waiting", "loitering"] });
    const later = (kind: "person" | "waiting" | "loitering") => rig.ring("motion-0001", { kind });
    later("person");
    await rig.doneWith("motion-0001-person");
    await rig.all.picture({ ...picture("ntfy"), event: "motion-0001", kind: "person" });
    later("waiting");
    await rig.doneWith("motion-0001-person", "motion-0001-waiting");
    later("loitering");
    await rig.doneWith("motion-0001-person", "motion-0001-waiting", "motion-0001-loitering");
    const [first, shown, ...after] = receiver.heard.map(({ headers }) => headers["x-sequence-id"]);
    expect(shown).toBe(first);
    expect(after).toHaveLength(2);
    expect(new Set(after)).not.toContain(first);
    expect(new Set(after).size).toBe(1); // of words the newest is enough
  });

  test("says what the words said whose place it takes: who moves, and where", async () => {
    await using receiver = await place();
    const urls = { ntfyUrl: `${receiver.url}/door`, webhookUrl: `${receiver.url}/hook`, webhookSecretFile };
    await using rig = openRig(urls);
    const said = { kind: "person" as const, zones: ["Path", "Tür"] };
    await rig.all.picture({ ...picture("ntfy"), event: "motion-0001", ...said });
    expect(receiver.heard[0]?.headers).toMatchObject({
      message: `=?UTF-8?B?${Buffer.from("Person in Path, Tür.").toString("base64")}?=`,
      filename: "person.jpg",
      tags: "eyes",
    });
    await rig.all.picture({ ...picture("webhook"), event: "motion-0001", ...said });
    expect(JSON.parse(receiver.heard[1]?.text ?? "")).toMatchObject({ type: "picture", data: said });
  });

  test("goes to a webhook in signed JSON, under an id of its own", async () => {
    await using receiver = await place();
    await using rig = openRig({ webhookUrl: `${receiver.url}/hook`, webhookSecretFile });
    await rig.all.picture(picture("webhook"));
    const [{ headers, text } = { headers: {}, text: "" }] = receiver.heard;
    expect(JSON.parse(text)).toMatchObject({
      type: "picture",
      data: {
        event: "ring-0001",
        kind: "ring",
        picture: { type: "image/jpeg", base64: bytes.toString("base64") },
      },
    });
    const [id, timestamp] = [String(headers["webhook-id"]), String(headers["webhook-timestamp"])];
    expect(id).toBe("ring-0001-picture");
    const mac = createHmac("sha256", secret).update([id, timestamp, text].join(".")).digest("base64");
    expect(headers["webhook-signature"]).toBe(`v1,${mac}`);
  });

  test("that a server never answers holds up no words, and no second picture waits behind it", async () => {
    await using receiver = await place([null]);
    await using rig = openRig({ ntfyUrl: `${receiver.url}/door` });
    const hanging = rig.all.picture(picture("ntfy"));
    await vi.waitFor(() => expect(receiver.heard.length).toBe(1), wait);
    rig.ring("ring-0002");
    await rig.doneWith("ring-0002");
    await rig.all.picture(picture("ntfy"));
    expect(rig.pictures).toMatchObject([{ fault: { kind: "exhausted" } }]);
    await rig.clock.advance(20_000);
    await hanging;
    expect(rig.pictures).toMatchObject([{}, { fault: { kind: "timeout" } }]);
  });

  test("that is refused, or for which no address is set, is not tried again", async () => {
    await using receiver = await place([[413]]);
    await using rig = openRig({ ntfyUrl: `${receiver.url}/door` });
    await rig.all.picture(picture("ntfy"));
    await rig.all.picture(picture("webhook"));
    await rig.clock.advance(600_000);
    expect(rig.pictures).toMatchObject([
      { channel: "ntfy", fault: {} },
      { channel: "webhook", fault: { kind: "invalid" } },
    ]);
    expect(receiver.heard).toHaveLength(1);
  });
});
