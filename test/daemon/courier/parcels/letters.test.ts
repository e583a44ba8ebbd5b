/** Receipts, deletion notices and answers at a dock. */
import { expect, test } from "vitest";
import { openParcelRig } from "./parcel-rig.ts";

const grant = "grant-0001";
const envelope = { payloadType: "x", payload: "e30=", signatures: [{ keyid: "k", sig: "s" }] };

test.each(["receipt", "deletion"] as const)(
  "asked for a %s, a dock's letter comes back as it is",
  async (what) => {
    await using rig = await openParcelRig();
    rig.dock.intercept = (_request, response) => {
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(envelope));
      return true;
    };
    rig.keeper.send({ type: "dock-ask", grant, deliverTo: rig.deliverTo, what });
    expect(await rig.keeper.next("dock-answer")).toEqual({ type: "dock-answer", grant, what, envelope });
    const [heard] = rig.dock.heard;
    expect(`${heard?.method} ${heard?.url}`).toBe(`GET /dock/shares/${grant}/${what}`);
  },
);

test("a dock that has none yet says so", async () => {
  await using rig = await openParcelRig();
  rig.dock.intercept = (_request, response) => {
    response.writeHead(404).end();
    return true;
  };
  rig.keeper.send({ type: "dock-ask", grant, deliverTo: rig.deliverTo, what: "receipt" });
  expect(await rig.keeper.next("dock-answer")).toEqual({
    type: "dock-answer",
    grant,
    what: "receipt",
    envelope: null,
  });
});

test("a deletion notice is left at the dock", async () => {
  await using rig = await openParcelRig();
  const { promise: body, resolve } = Promise.withResolvers<string>();
  rig.dock.intercept = (request, response) => {
    request.setEncoding("utf8").on("data", resolve);
    response.writeHead(204).end();
    return true;
  };
  rig.keeper.send({ type: "dock-tell", grant, deliverTo: `${rig.deliverTo}/`, envelope });
  expect(await rig.keeper.next("dock-answer")).toEqual({
    type: "dock-answer",
    grant,
    what: "deletion",
    envelope: null,
  });
  expect(JSON.parse(await body)).toEqual(envelope);
  const [heard] = rig.dock.heard;
  expect(`${heard?.method} ${heard?.url} ${heard?.headers["content-type"]}`).toBe(
    `PUT /dock/shares/${grant}/deletion application/json`,
  );
});

test.each([
  ["what is no letter", 200, "<html>", "invalid", /answers what is no letter/u],
  ["a letter without an end", 200, "1".repeat(70_000), "exhausted", /more than 65536 bytes/u],
  ["a fault", 500, "", "unavailable", /has a fault \(500\)/u],
  ["a no", 403, "", "denied", /says no \(403\)/u],
])("a dock that answers with %s is told in words", async (_what, status, body, kind, message) => {
  await using rig = await openParcelRig();
  rig.dock.intercept = (_request, response) => {
    response.writeHead(status).end(body);
    return true;
  };
  rig.keeper.send({ type: "dock-ask", grant, deliverTo: rig.deliverTo, what: "receipt" });
  const { fault } = await rig.keeper.next("dock-answer");
  expect(fault).toEqual({ kind, message: expect.stringMatching(message) });
});

test("a dock that the settings do not name is not asked", async () => {
  await using rig = await openParcelRig();
  rig.keeper.send({ type: "dock-ask", grant, deliverTo: "https://example.org/dock", what: "receipt" });
  expect((await rig.keeper.next("dock-answer")).fault?.kind).toBe("denied");
});

test("more questions than can wait are answered at once that they were not asked", async () => {
  await using rig = await openParcelRig();
  const held: (() => void)[] = [];
  rig.dock.intercept = (_request, response) => {
    held.push(() => response.writeHead(404).end());
    return true;
  };
  for (let at = 0; at < 65; at += 1)
    rig.keeper.send({ type: "dock-ask", grant, deliverTo: rig.deliverTo, what: "receipt" });
  expect((await rig.keeper.next("dock-answer")).fault).toEqual({
    kind: "exhausted",
    message: "too many docks are asked at once",
  });
});
