/** Parcels to a real tus server: exactly the granted bytes, chunk by chunk, through everything that breaks. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { expect, test } from "vitest";
import { makeCertificatePem, makeKeyPem } from "../../../../daemon/keeper/tls/make.ts";
import { gateRefusals } from "../../../../daemon/wire/messages.ts";
import { until } from "../../keeper/page.ts";
import { sha256 } from "../../../../scripts/rigs/tus-dock.ts";
import { mib, openParcelRig, parcelOf } from "./parcel-rig.ts";

const methods = (heard: readonly { readonly method: string }[]): string =>
  heard.map(({ method }) => method).join(" ");

test("a parcel arrives as it was granted, each chunk asked for when the one before is there", async () => {
  await using rig = await openParcelRig();
  const parcel = rig.parcel([900, 1_200, mib, 517_000, mib, 3], {
    request: "ab".repeat(32),
    keepUntil: 1_800_000_000_000,
  });
  rig.keeper.carry(parcel);
  expect(await rig.ended(parcel)).toMatchObject({ state: "delivered", offset: parcel.bytes.length });
  const [upload, ...others] = await rig.dock.uploads();
  expect(others).toEqual([]);
  expect(sha256(upload?.bytes ?? new Uint8Array())).toBe(sha256(parcel.bytes));
  expect(upload?.metadata).toEqual({
    parcel: parcel.order.grant,
    letter: "900",
    request: "ab".repeat(32),
    until: "1800000000000",
  });
  expect(rig.keeper.handed.map(({ bytes }) => bytes)).toEqual(parcel.chunks);
  expect(methods(rig.dock.heard)).toBe("POST PATCH PATCH PATCH PATCH PATCH PATCH");
});

test("nothing is said to the dock but what the protocol and the parcel need", async () => {
  await using rig = await openParcelRig();
  const parcel = rig.parcel([10]);
  rig.keeper.carry(parcel);
  await rig.ended(parcel);
  const names = rig.dock.heard.map(({ headers }) => Object.keys(headers).toSorted().join(" "));
  const always = "accept accept-encoding connection content-length";
  expect(names).toEqual([
    `${always} host tus-resumable upload-length upload-metadata user-agent`,
    `${always} content-type host tus-resumable upload-offset user-agent`,
  ]);
});

test("a connection that is cut in the middle of a chunk goes on from the byte that the dock has", async () => {
  await using rig = await openParcelRig();
  const parcel = rig.parcel([500, mib, mib, 20_000]);
  const before = 500 + mib;
  rig.keeper.gate = (_grant, offset) => {
    if (offset === before) rig.proxy.holdAfter(300_000);
    return null;
  };
  rig.keeper.carry(parcel);
  await until(async () => ((await rig.dock.uploads())[0]?.bytes.length ?? 0) > before);
  rig.proxy.cut();
  rig.proxy.release();
  expect((await rig.retried(parcel)).fault?.message).toContain("hung up");
  expect((await rig.ended(parcel)).state).toBe("delivered");
  const resumed = rig.keeper.handed[3]?.offset ?? 0;
  expect(resumed).toBeGreaterThan(before);
  expect(resumed).toBeLessThan(before + mib);
  const [upload] = await rig.dock.uploads();
  expect(sha256(upload?.bytes ?? new Uint8Array())).toBe(sha256(parcel.bytes));
});

test("a dock that starts again gets the rest, and nothing twice", async () => {
  await using rig = await openParcelRig();
  const parcel = rig.parcel([100, mib, mib, mib]);
  rig.keeper.gate = async (_grant, offset) => {
    if (offset === 100 + mib) await rig.dock.stop();
    return null;
  };
  rig.keeper.carry(parcel);
  expect((await rig.retried(parcel)).fault?.message).toMatch(/does not take calls|hung up/u);
  rig.keeper.gate = () => null;
  await rig.dock.start();
  await until(async () => {
    await rig.clock.advance(1_000);
    return rig.keeper.said.some((said) => said.type === "parcel-state" && said.state === "delivered");
  });
  const [upload, ...others] = await rig.dock.uploads();
  expect(others).toEqual([]);
  expect(sha256(upload?.bytes ?? new Uint8Array())).toBe(sha256(parcel.bytes));
  expect(rig.keeper.handed.map(({ offset }) => offset)).toEqual([
    0,
    100,
    100 + mib,
    100 + mib,
    100 + 2 * mib,
  ]);
});

test("a courier that is killed leaves a parcel that the next one ends", async () => {
  await using rig = await openParcelRig();
  const parcel = rig.parcel([100, mib, mib]);
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  const never = new Promise<null>(() => {});
  rig.keeper.gate = (_grant, offset) => {
    if (offset < 100 + mib) return null;
    resolve();
    return never;
  };
  rig.keeper.carry(parcel);
  await asked;
  rig.keeper.gate = () => null;
  await rig.crash();
  expect((await rig.ended(parcel)).state).toBe("delivered");
  const [upload, ...others] = await rig.dock.uploads();
  expect(others).toEqual([]);
  expect(sha256(upload?.bytes ?? new Uint8Array())).toBe(sha256(parcel.bytes));
  expect(methods(rig.dock.heard)).toBe("POST PATCH PATCH HEAD PATCH");
});

test("without the keeper nothing leaves; when it is back the parcel goes on", async () => {
  await using rig = await openParcelRig();
  const parcel = rig.parcel([100, mib, mib]);
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  rig.keeper.gate = (_grant, offset) => {
    if (offset < 100 + mib) return null;
    resolve();
    return new Promise(() => {});
  };
  rig.keeper.carry(parcel);
  await asked;
  rig.keeper.gate = () => null;
  const before = rig.dock.heard.length;
  await rig.keeper.restart();
  expect(rig.dock.heard.length).toBe(before);
  await until(async () => {
    await rig.clock.advance(100); // the link tries again by the clock
    return rig.keeper.said.some((said) => said.type === "parcel-state" && said.state === "delivered");
  });
  const [upload] = await rig.dock.uploads();
  expect(sha256(upload?.bytes ?? new Uint8Array())).toBe(sha256(parcel.bytes));
});

test("an upload that the dock has forgotten is made again", async () => {
  await using rig = await openParcelRig();
  const parcel = rig.parcel([100, 200], { location: `${rig.deliverTo}/0123456789abcdef` });
  rig.keeper.carry(parcel);
  expect((await rig.ended(parcel)).state).toBe("delivered");
  expect(methods(rig.dock.heard)).toBe("HEAD POST PATCH PATCH");
});

test("a parcel that was whole before anybody was told is told, and no byte of it is asked for", async () => {
  await using rig = await openParcelRig();
  const parcel = rig.parcel([100, 200]);
  rig.keeper.carry(parcel);
  const { location } = await rig.ended(parcel);
  rig.keeper.carry({ ...parcel, order: { ...parcel.order, location } });
  await until(
    () =>
      rig.keeper.said.filter((said) => said.type === "parcel-state" && said.state === "delivered").length ===
      2,
  );
  expect(rig.keeper.handed.length).toBe(2);
});

test.each(gateRefusals.filter((reason) => !["clock-not-trusted", "intent-not-durable"].includes(reason)))(
  "when the gate says %s before a chunk, none of it leaves",
  async (reason) => {
    await using rig = await openParcelRig();
    const parcel = rig.parcel([100, 200, 300]);
    rig.keeper.gate = (_grant, offset) => (offset === 100 ? reason : null);
    rig.keeper.carry(parcel);
    const end = await rig.ended(parcel);
    expect(end).toMatchObject({ state: "stopped", offset: 100, fault: { kind: "denied" } });
    const isKept = reason === "not-sending"; // paused by the owner: it may go on
    expect(methods(rig.dock.heard)).toBe(isKept ? "POST PATCH" : "POST PATCH HEAD DELETE");
    expect((await rig.dock.uploads()).map(({ bytes }) => bytes.length)).toEqual(isKept ? [100] : []);
  },
);

test.each(["clock-not-trusted", "intent-not-durable"] as const)(
  "when the gate says %s the parcel waits, and goes on when it says so no more",
  async (reason) => {
    await using rig = await openParcelRig();
    const parcel = rig.parcel([100, 200, 300]);
    rig.keeper.gate = (_grant, offset) => (offset === 100 ? reason : null);
    rig.keeper.carry(parcel);
    await rig.keeper.next("parcel-state", ({ fault }) => fault !== undefined);
    rig.keeper.gate = () => null;
    expect((await rig.retried(parcel)).fault?.message).toBe(`the gate hands over nothing: ${reason}`);
    expect((await rig.ended(parcel)).state).toBe("delivered");
  },
);

test("stopped in the middle of a chunk, nothing more leaves and the dock forgets it", async () => {
  await using rig = await openParcelRig();
  const parcel = rig.parcel([100, mib, mib]);
  rig.dock.intercept = (request, response) => holdPatchAt(100, request, response);
  rig.keeper.carry(parcel);
  await rig.keeper.next("chunk-asked", ({ offset }) => offset === 100);
  await until(() => rig.dock.heard.length === 3);
  rig.dock.intercept = () => false;
  const { grant, deliverTo } = parcel.order;
  rig.keeper.send({ type: "parcel-stop", grant, deliverTo, location: null, forget: false });
  expect(await rig.ended(parcel)).toMatchObject({ state: "stopped", location: null });
  expect(methods(rig.dock.heard)).toBe("POST PATCH PATCH HEAD DELETE");
  expect(rig.keeper.handed.map(({ offset }) => offset)).toEqual([0, 100]);
  expect(await rig.dock.uploads()).toEqual([]);
});

function holdPatchAt(offset: number, request: IncomingMessage, _response: ServerResponse): boolean {
  return request.method === "PATCH" && request.headers["upload-offset"] === String(offset);
}

test("a finished parcel is left alone by a stop, and taken back by one that says forget", async () => {
  await using rig = await openParcelRig();
  const parcel = rig.parcel([100]);
  rig.keeper.carry(parcel);
  const { location } = await rig.ended(parcel);
  const { grant, deliverTo } = parcel.order;
  const stop = { type: "parcel-stop", grant, deliverTo, location } as const;
  const stopped = () =>
    rig.keeper.said.filter((said) => said.type === "parcel-state" && said.state === "stopped");
  rig.keeper.send({ ...stop, forget: false });
  await until(() => stopped().length === 1);
  expect((await rig.dock.uploads()).length).toBe(1);
  rig.keeper.send({ ...stop, forget: true });
  await until(() => stopped().length === 2);
  expect(await rig.dock.uploads()).toEqual([]);
  const last = rig.dock.heard.at(-1);
  expect(`${last?.method} ${last?.url}`).toBe(`DELETE /dock/shares/${grant}`);
  expect(last?.headers["upload-location"]).toBe(location); // proof that it is ours to take back
});

test("a dock that is away is told to forget when it is back", async () => {
  await using rig = await openParcelRig();
  const parcel = rig.parcel([100, 200]);
  rig.keeper.gate = (_grant, offset) => (offset === 100 ? new Promise(() => {}) : null);
  rig.keeper.carry(parcel);
  await rig.keeper.next("chunk-asked", ({ offset }) => offset === 100);
  await rig.dock.stop();
  const { grant, deliverTo } = parcel.order;
  rig.keeper.send({ type: "parcel-stop", grant, deliverTo, location: null, forget: false });
  expect(await rig.ended(parcel)).toMatchObject({ state: "stopped", fault: { kind: "unavailable" } });
  await rig.dock.start();
  await rig.clock.advance(2_000);
  await rig.keeper.next("parcel-state", ({ state, fault }) => state === "stopped" && fault === undefined);
  expect(await rig.dock.uploads()).toEqual([]);
});

test("a dock that will not forget is told of once", async () => {
  await using rig = await openParcelRig();
  rig.dock.intercept = (_request, response) => {
    response.writeHead(403).end();
    return true;
  };
  const { order } = rig.parcel([100]);
  const { grant, deliverTo } = order;
  rig.keeper.send({ type: "parcel-stop", grant, deliverTo, location: null, forget: true });
  const { fault } = await rig.keeper.next("parcel-state", ({ state }) => state === "stopped");
  expect(fault).toEqual({ kind: "denied", message: `${rig.host} says no (403)` });
  await rig.clock.advance(3_600_000);
  expect(rig.dock.heard.length).toBe(1);
});

test("two parcels are under way at once, the others wait for their turn", async () => {
  await using rig = await openParcelRig();
  const parcels = [1, 2, 3, 4].map(() => rig.parcel([100, 200]));
  const waiting = new Map<string, () => void>();
  rig.keeper.gate = (grant, offset) =>
    offset === 0 ? null : new Promise((resolve) => waiting.set(grant, () => resolve(null)));
  for (const parcel of parcels) rig.keeper.carry(parcel);
  await until(() => waiting.size === 2);
  const [first] = waiting.values();
  first?.();
  await until(() => waiting.size === 3);
  expect(rig.dock.heard.filter(({ method }) => method === "POST").length).toBe(3);
  rig.keeper.gate = () => null;
  for (const release of waiting.values()) release();
  for (const parcel of parcels) expect((await rig.ended(parcel)).state).toBe("delivered");
});

test("a dock that is away takes no turn from the others", async () => {
  await using rig = await openParcelRig();
  const away = [1, 2, 3].map(() => parcelOf(rig.deliverTo.replace("shares", "away"), [100]));
  rig.dock.intercept = (request, response) => {
    if (request.url?.includes("away") !== true) return false;
    response.writeHead(503).end();
    return true;
  };
  for (const parcel of away) rig.keeper.carry(parcel);
  const parcel = rig.parcel([100]);
  rig.keeper.carry(parcel);
  expect((await rig.ended(parcel)).state).toBe("delivered");
});

test("what the keeper hands over unasked does not leave", async () => {
  await using rig = await openParcelRig();
  const parcel = rig.parcel([100, 200]);
  const stray = rig.parcel([5_000]);
  rig.keeper.gate = (grant) => {
    rig.keeper.carry({ ...stray, order: { ...stray.order, grant: `${grant}-x` } });
    return null;
  };
  rig.keeper.carry(parcel);
  await rig.ended(parcel);
  const upload = (await rig.dock.uploads()).find(({ metadata }) => metadata["parcel"] === parcel.order.grant);
  expect(sha256(upload?.bytes ?? new Uint8Array())).toBe(sha256(parcel.bytes));
});

test.each([
  ["says no", 403, "failed", "denied", "says no (403)"],
  ["wants to be paid", 402, "failed", "invalid", "answers something unexpected (402)"],
  ["takes nothing so large", 413, "failed", "exhausted", "takes nothing so large (413)"],
  ["does not exist", 404, "failed", "not-found", "does not know what it is asked for (404)"],
  ["has no room", 507, "sending", "exhausted", "has no room left (507)"],
  ["has too much to do", 503, "sending", "unavailable", "has too much to do (503)"],
  ["has a fault", 500, "sending", "unavailable", "has a fault (500)"],
  ["points elsewhere", 307, "sending", "denied", "points somewhere else (307), which is not followed"],
])("a dock that %s (%i): %s", async (_what, status, state, kind, words) => {
  await using rig = await openParcelRig();
  rig.dock.intercept = (_request, response) => {
    response.writeHead(status, { location: "/x" }).end();
    return true;
  };
  const parcel = rig.parcel([100]);
  rig.keeper.carry(parcel);
  const told = await rig.keeper.next("parcel-state", ({ fault }) => fault !== undefined);
  expect(told).toMatchObject({ state, fault: { kind, message: `${rig.host} ${words}` } });
  expect(rig.keeper.handed).toEqual([]);
});

const created = { "tus-resumable": "1.0.0", location: "/dock/shares/1" };

test.each<[string, Record<string, Record<string, string>>, RegExp]>([
  [
    "sends it to another host",
    { POST: { location: "https://example.org/x" } },
    /address that is not its own/,
  ],
  ["sends it to another port", { POST: { location: "http://127.0.0.1:1/x" } }, /address that is not its own/],
  ["says no address", { POST: {} }, /address that is not its own/],
  ["says a very long one", { POST: { location: `/${"a".repeat(600)}` } }, /address that is not its own/],
  [
    "claims more than it was sent",
    { POST: created, PATCH: { "upload-offset": "300" } },
    /counts other bytes/,
  ],
  ["claims that nothing came", { POST: created, PATCH: { "upload-offset": "0" } }, /counts other bytes/],
  ["goes back", { POST: created, PATCH: { "upload-offset": "-5" } }, /counts other bytes/],
  ["says no count", { POST: created, PATCH: {} }, /counts other bytes/],
])("a dock that %s is given up", async (_what, answers, words) => {
  await using rig = await openParcelRig();
  rig.dock.intercept = (request, response) => {
    request.resume().on("end", () => {
      response.writeHead(request.method === "POST" ? 201 : 204, answers[request.method ?? ""]).end();
    });
    return true;
  };
  const parcel = rig.parcel([100, 200]);
  rig.keeper.carry(parcel);
  expect(await rig.ended(parcel)).toMatchObject({
    state: "failed",
    fault: { kind: "corrupt", message: expect.stringMatching(words) },
  });
});

test.each([
  ["another length", { "upload-offset": "0", "upload-length": "301" }, /another length/],
  ["all of a shorter one", { "upload-offset": "100", "upload-length": "100" }, /another length/],
  ["more than the whole", { "upload-offset": "301", "upload-length": "300" }, /how much/],
  ["no count", { "upload-length": "300" }, /how much/],
])(
  "a dock that claims to have %s of a parcel that is resumed is given up, and nothing sent",
  async (_what, headers, words) => {
    await using rig = await openParcelRig();
    rig.dock.intercept = (_request, response) => {
      response.writeHead(200, headers).end();
      return true;
    };
    const parcel = rig.parcel([100, 200], { location: `${rig.deliverTo}/1` });
    rig.keeper.carry(parcel);
    expect(await rig.ended(parcel)).toMatchObject({
      state: "failed",
      fault: { message: expect.stringMatching(words) },
    });
    expect(rig.keeper.handed).toEqual([]);
  },
);

test("a dock may take less than a chunk, and gets the rest of it next", async () => {
  await using rig = await openParcelRig();
  const taken: number[] = [];
  rig.dock.intercept = (request, response) => {
    if (request.method === "POST") {
      response.writeHead(201, created).end();
      return true;
    }
    const offset = Number(request.headers["upload-offset"]);
    const length = Number(request.headers["content-length"]);
    taken.push(offset);
    request.resume().on("end", () => {
      response.writeHead(204, { "upload-offset": String(offset + Math.min(70, length)) }).end();
    });
    return true;
  };
  const parcel = rig.parcel([100, 200]);
  rig.keeper.carry(parcel);
  expect((await rig.ended(parcel)).state).toBe("delivered");
  expect(taken).toEqual([0, 70, 100, 170, 240]);
});

test("a host that the settings do not name gets nothing", async () => {
  await using rig = await openParcelRig();
  const parcel = parcelOf("https://example.org/dock", [100]);
  rig.keeper.carry(parcel);
  const end = await rig.keeper.next("parcel-state");
  expect(end).toMatchObject({
    fault: { kind: "denied", message: "example.org is not among the hosts that may be called" },
  });
  expect(rig.keeper.handed).toEqual([]);
});

test("over TLS a parcel arrives; once the certificate is another one, nothing more leaves", async () => {
  const plan = { names: ["127.0.0.1"], notBefore: new Date("2025-01-01"), notAfter: new Date("2035-01-01") };
  const made = async () => {
    const key = makeKeyPem();
    return { key, cert: await makeCertificatePem(key, plan) };
  };
  const known = await made();
  const before = getCACertificates("default");
  setDefaultCACertificates([...before, known.cert]);
  try {
    await using first = await openParcelRig("", known);
    const parcel = first.parcel([100, 200]);
    first.keeper.carry(parcel);
    expect((await first.ended(parcel)).state).toBe("delivered");
    await using changed = await openParcelRig("", await made());
    const next = changed.parcel([100]);
    changed.keeper.carry(next);
    const { state, fault } = await changed.keeper.next("parcel-state");
    expect([state, fault]).toEqual([
      "sending",
      {
        kind: "denied",
        message: `${changed.host} shows a certificate that nobody vouches for`,
        hint: "nothing was sent; ask who runs it whether the certificate changed",
      },
    ]);
    expect([changed.dock.heard, changed.keeper.handed]).toEqual([[], []]);
  } finally {
    setDefaultCACertificates(before);
  }
});
