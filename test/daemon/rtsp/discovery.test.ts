/** Who looks for cameras is answered, if they are at home and ask as they should. */
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { expect, test } from "vitest";
import { isOfHome } from "../../../daemon/rtsp/address.ts";
import { deviceUrn, scopesOf } from "../../../daemon/rtsp/onvif/about.ts";
import { Discovery, isHome, probeOf } from "../../../daemon/rtsp/onvif/discovery.ts";
import { SimClock } from "../../../hal/sim/clock.ts";

const about = {
  device: "0123456789abcdef",
  name: "Front door",
  version: "1",
  size: { width: 1, height: 1, fps: 1 },
};
const scopes = scopesOf(about);

function probe(types: string, wanted = "", operation = "Probe"): string {
  return `<?xml version="1.0"?><e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" xmlns:w="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"><e:Header><w:MessageID>uuid:7</w:MessageID></e:Header><e:Body><d:${operation}><d:Types>${types}</d:Types><d:Scopes>${wanted}</d:Scopes></d:${operation}></e:Body></e:Envelope>`;
}

test.each([
  ["for any device", probe(""), "uuid:7"],
  ["for cameras", probe("dn:NetworkVideoTransmitter"), "uuid:7"],
  [
    "for what streams, as Home Assistant does",
    probe("", "onvif://www.onvif.org/Profile/Streaming"),
    "uuid:7",
  ],
  ["for printers", probe("wprt:PrintDeviceType"), null],
  ["for another name", probe("", "onvif://www.onvif.org/name/Garage"), null],
  ["and it is a Hello", probe("", "", "Hello"), null],
])("somebody looks %s", (_what, text, answer) => {
  expect(probeOf(text, scopes)).toBe(answer);
});

test("only addresses of a home are answered", () => {
  const all = [
    "192.168.1.2",
    "10.1.2.3",
    "172.20.0.1",
    "127.0.0.1",
    "8.8.8.8",
    "172.32.0.1",
    "239.255.255.250",
    "::1",
  ];
  expect(all.filter(isHome)).toEqual(["192.168.1.2", "10.1.2.3", "172.20.0.1", "127.0.0.1"]);
});

test("a question over UDP is answered with where we are, ten times a second at most, and noise not at all", async () => {
  const clock = new SimClock();
  await using found = await Discovery.open({ clock, about: () => about, onvifPort: 8_000, port: 0 });
  const socket = createSocket("udp4");
  const answers: string[] = [];
  socket.on("message", (bytes) => answers.push(bytes.toString()));
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const send = (text: string): Promise<void> =>
    new Promise((resolve) => socket.send(text, found.port, "127.0.0.1", () => resolve()));
  await send("\0noise");
  await send(`<!DOCTYPE x>${probe("")}`);
  for (let i = 0; i < 12; i += 1) await send(probe(""));
  await expect.poll(() => [found.in, found.out, found.dropped], { timeout: 30_000 }).toEqual([14, 10, 4]);
  await expect.poll(() => answers.length, { timeout: 30_000 }).toBe(10);
  expect(answers[0]).toContain("http://127.0.0.1:8000/onvif/device_service");
  expect(answers[0]).toContain("uuid:7</a:RelatesTo>");
  expect(answers[0]).toContain(deviceUrn(about.device));
  await clock.advance(1_000);
  await send(probe(""));
  await expect.poll(() => answers.length, { timeout: 30_000 }).toBe(11);
  socket.close();
});

test("of noise fifty a second are read, and a home's own questions answered in the next", async () => {
  const clock = new SimClock();
  let asked = 0;
  await using found = await Discovery.open({
    clock,
    about: () => {
      asked += 1;
      return about;
    },
    onvifPort: 8_000,
    port: 0,
  });
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const send = (text: string): Promise<void> =>
    new Promise((resolve) => socket.send(text, found.port, "127.0.0.1", () => resolve()));
  for (let sent = 1; sent <= 60; sent += 1) {
    await send("<noise>");
    await expect.poll(() => found.in, { timeout: 30_000, interval: 1 }).toBe(sent);
  }
  expect([asked, found.dropped]).toEqual([50, 60]);
  await clock.advance(1_000);
  await send(probe(""));
  await expect.poll(() => found.out, { timeout: 30_000 }).toBe(1);
  socket.close();
});

test("only private addresses are a home's", () => {
  const all = ["fd00::1", "fe80::1", "::1", "100.64.0.1", "2001:db8::1", "2a00::1", "8.8.8.8", "unknown", ""];
  expect(all.filter(isOfHome)).toEqual(["fd00::1", "fe80::1", "::1", "100.64.0.1"]);
});

test("the doorbell's name in the search stays the same and is a UUID", () => {
  expect(deviceUrn(about.device)).toMatch(
    /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/u,
  );
});
