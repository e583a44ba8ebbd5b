import { readdir, readFile } from "node:fs/promises";
import { request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { SimClock } from "../../../hal/sim/clock.ts";
import { addressKeys } from "../../../portal/server/addresses.ts";
import { rangeOf } from "../../../portal/server/ranges.ts";
import { agencyOf, announce, register, startPortal } from "../../../scripts/rigs/portal.ts";

/** The status line of what is asked word for word, as no polite client would. */
function rawStatus(url: string, head: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(head));
    let text = "";
    socket.on("data", (chunk) => (text += chunk.toString()));
    socket.on("end", () => resolve(text));
    socket.on("error", reject);
  });
}

function statusAs(url: string, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.on("error", reject);
    asked.end();
  });
}

test.each([
  ["evil.example", 403],
  ["evil.example:8470", 403],
  ["127.0.0.1", 200],
  ["localhost:1", 200],
  ["[::1]:8470", 200],
  ["portal.example", 200],
  ["portal.example.evil.example", 403],
])("a portal of portal.example that is asked as %j answers %i", async (host, status) => {
  await using rig = await startPortal({ flags: ["--url=https://portal.example"] });
  const listens = rig.portal.listens;
  expect(await statusAs(`${listens}/api/portal`, host)).toBe(status);
});

test.each([
  "/log/../keys/log.key",
  "/log/%2e%2e/keys/log.key",
  "/log/tile/0/..%2f..%2f..%2fkeys/log.key",
  "/../../etc/passwd",
  "/assets/..%2f..%2f..%2f..%2fetc/passwd",
  "//etc/passwd",
  "/api/agencies/..%2fkeys",
  "/dock/up/..%2f..%2fportal.db",
])("%s leads nowhere", async (path) => {
  await using rig = await startPortal();
  const answer = await rawStatus(
    rig.url,
    `GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 40[0345] /u);
  expect(answer).not.toContain("PRIVATE KEY");
  expect(answer).not.toContain("root:");
});

test("no answer sets a cookie or may run anything foreign", async () => {
  await using rig = await startPortal();
  for (const path of ["/", "/api/portal", "/api/requests", "/s/grant-0001", "/nothing"]) {
    const { headers } = await fetch(rig.url + path);
    expect(headers.get("set-cookie")).toBeNull();
    expect(headers.get("content-security-policy")).toContain("default-src 'self'");
    expect(headers.get("content-security-policy")).not.toContain("unsafe");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
  }
});

test("the log's files are asked by the same names, and run nothing", async () => {
  await using rig = await startPortal({ flags: ["--url=https://portal.example"] });
  const address = `${rig.portal.listens}/log/checkpoint`;
  expect(await statusAs(address, "portal.example")).toBe(200);
  expect(await statusAs(address, "evil.example")).toBe(403);
  const { status, headers } = await fetch(`${address}?from=here`, { method: "HEAD" });
  expect([status, headers.get("set-cookie")]).toEqual([200, null]);
  expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect((await fetch(address, { method: "POST" })).status).toBe(404);
});

test("the log's files say how long they last, and anybody's page may read them", async () => {
  await using rig = await startPortal();
  await register(rig, agencyOf(1, rig.url));
  const checkpoint = await fetch(`${rig.url}/log/checkpoint`);
  expect(checkpoint.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(checkpoint.headers.get("cache-control")).toBe("no-cache");
  expect(checkpoint.headers.get("access-control-allow-origin")).toBe("*");
  const etag = checkpoint.headers.get("etag") ?? "";
  const again = await fetch(`${rig.url}/log/checkpoint`, { headers: { "if-none-match": etag } });
  expect(again.status).toBe(304);
  const tile = await fetch(`${rig.url}/log/tile/0/000.p/1`);
  expect(tile.headers.get("cache-control")).toContain("immutable");
  expect((await tile.arrayBuffer()).byteLength).toBe(32);
  const missing = await fetch(`${rig.url}/log/tile/0/000.p/2`);
  expect([missing.status, missing.headers.get("cache-control")]).toEqual([404, "no-store"]);
});

test("what is too long or of another kind is not read", async () => {
  await using rig = await startPortal();
  const post = (body: string, type: string) =>
    fetch(`${rig.url}/api/desk/session`, { method: "POST", body, headers: { "content-type": type } });
  expect((await post("x".repeat(70_000), "application/json")).status).toBe(413);
  expect((await post("envelope=1", "application/x-www-form-urlencoded")).status).toBe(415);
  expect((await post("{}", "text/plain")).status).toBe(415);
  expect((await post("{", "application/json")).status).toBe(400);
  expect((await post('{"envelope":1,"more":2}', "application/json")).status).toBe(400);
});

test("nothing on the disk tells from where a parcel came", async () => {
  await using rig = await startPortal();
  const agency = agencyOf(1, rig.url);
  await register(rig, agency);
  const grant = "grant-0001";
  expect((await announce(agency.deliverTo, { grant, bytes: new Uint8Array(9) })).status).toBe(201);
  const names = await readdir(rig.data, { recursive: true, withFileTypes: true });
  let seen = "";
  for (const each of names.filter((entry) => entry.isFile()))
    seen += (await readFile(join(each.parentPath, each.name))).toString("latin1");
  expect(seen).toContain(grant);
  // the docks of the profile name the portal itself
  expect(seen.replaceAll(`${rig.url}/dock`, "")).not.toContain("127.0.0.1");
});

test("addresses are counted under a key that changes each hour, a home's IPv6 addresses as one", async () => {
  const clock = new SimClock();
  const keyOf = addressKeys(clock);
  const before = keyOf("192.0.2.7");
  expect(keyOf("192.0.2.7")).toBe(before);
  expect(keyOf("192.0.2.8")).not.toBe(before);
  expect(keyOf("2001:db8:1:2::3")).toBe(keyOf("2001:db8:1:2:ffff::4"));
  expect(keyOf("2001:db8:1:3::3")).not.toBe(keyOf("2001:db8:1:2::3"));
  await clock.advance(3_600_000);
  expect(keyOf("192.0.2.7")).not.toBe(before);
});

test("behind a proxy the address counts that the proxy saw, not those that the caller made up before it", async () => {
  await using rig = await startPortal({ flags: ["--web.trustProxy", "--dock.createsPerMinute=1"] });
  const statusFrom = async (forwarded: string): Promise<number> => {
    const headers = { "x-forwarded-for": forwarded, "tus-resumable": "1.0.0", "upload-length": "1" };
    return (await fetch(`${rig.url}/dock/shares`, { method: "POST", headers })).status;
  };
  expect(await statusFrom("198.51.100.1, 192.0.2.7")).toBe(400);
  expect(await statusFrom("198.51.100.2, 192.0.2.7")).toBe(429);
  expect(await statusFrom("198.51.100.1, 192.0.2.8")).toBe(400);
});

test.each([
  [undefined, null],
  ["bytes=0-0", { from: 0, to: 1 }],
  ["bytes=5-", { from: 5, to: 10 }],
  ["bytes=-3", { from: 7, to: 10 }],
  ["bytes=-30", { from: 0, to: 10 }],
  ["bytes=2-99", { from: 2, to: 10 }],
  ["bytes=10-", "unsatisfiable"],
  ["bytes=-0", "unsatisfiable"],
  ["bytes=5-2", null],
  ["bytes=0-1,4-5", null],
  ["bytes=-", null],
  ["lines=0-1", null],
])("of ten bytes %j is %j", (header, range) => expect(rangeOf(header, 10)).toEqual(range));
