/**
 * Systems: what other systems of the house are given (RTSP, ONVIF), and how it is hunted through.
 *
 * Two ways show something: each kind of view that the keeper notes. Everything else that ONVIF answers is words. A kind of
 * view or an operation that is not here fails the build.
 */
import { expect, vi } from "vitest";
import { eventOperations } from "../../daemon/rtsp/onvif/events.ts";
import { deviceOperations } from "../../daemon/rtsp/onvif/device.ts";
import { mediaOperations } from "../../daemon/rtsp/onvif/media.ts";
import type { Status } from "../../daemon/wire/api-status.ts";
import { viewKinds } from "../../daemon/wire/rtsp.ts";
import { OnvifClient, tag, wsdl } from "../../scripts/rigs/onvif-client.ts";
import { RtspClient } from "../../scripts/rigs/rtsp-client.ts";
import { decodeJpeg, decodeAnnexB } from "./decode.ts";
import { bytesOf, camera, json, rtspPassword as password, type HuntRig } from "./rig.ts";
import { searchPicture, searchPictures } from "./search.ts";
import { expectClean } from "./verdict.ts";
import { expectWords } from "./words.ts";

export type SystemHunt = (rig: HuntRig) => Promise<void>;

const wait = { timeout: 40_000, interval: 100 };
const mostAnswerBytes = 16 * 1_024;

async function ports({ owner }: HuntRig): Promise<{ port: number; onvifPort: number }> {
  return vi.waitFor(async () => {
    const { rtsp } = await json<Status>(owner, "/api/status");
    if (rtsp?.why !== undefined || !rtsp?.port || !rtsp.onvifPort) throw new Error("no port is open yet");
    return { port: rtsp.port, onvifPort: rtsp.onvifPort };
  }, wait);
}

const huntStream: SystemHunt = async (rig) => {
  await using client = new RtspClient({ ...(await ports(rig)), password });
  const { body } = await client.play();
  expectWords(Buffer.from(body), mostAnswerBytes, "SDP");
  await vi.waitFor(() => expect(client.nals.length).toBeGreaterThan(40), wait);
  const pictures = decodeAnnexB(client.annexB());
  expect(pictures.length).toBeGreaterThan(20);
  const some = pictures.filter((_, i) => i % 5 === 0);
  expectClean(searchPictures(some, camera), "RTSP");
};

const huntSnapshot: SystemHunt = async (rig) => {
  const client = new OnvifClient({ port: (await ports(rig)).onvifPort, password });
  const ofProfile = "<q:ProfileToken>door</q:ProfileToken>";
  const uri = tag(await client.ask(wsdl.media, "GetSnapshotUri", ofProfile), "Uri");
  const jpeg = await bytesOf(await client.snapshot(uri));
  expectClean(searchPicture(decodeJpeg(jpeg), camera), "ONVIF snapshot");
};

/** null = pulls nothing by itself: it needs a subscription, and is asked there. */
function words(ns: string, operation: string): SystemHunt {
  return async (rig) => {
    const client = new OnvifClient({ port: (await ports(rig)).onvifPort, password });
    const life = "<q:InitialTerminationTime>PT60S</q:InitialTerminationTime>";
    const created = await client.ask(wsdl.events, "CreatePullPointSubscription", life);
    const isOfPoint = ["PullMessages", "SetSynchronizationPoint", "Renew", "Unsubscribe"].includes(operation);
    const inner = `<q:ProfileToken>door</q:ProfileToken><q:Timeout>PT1S</q:Timeout>`;
    const point = tag(created, "Address");
    const answer = await client.ask(ns, operation, inner, isOfPoint ? point : undefined);
    expect(answer.status, operation).toBe(200);
    expectWords(Buffer.from(answer.text), mostAnswerBytes, operation);
    if (operation !== "Unsubscribe") await client.ask(wsdl.notification, "Unsubscribe", "", point);
  };
}

const views: Readonly<Record<(typeof viewKinds)[number], SystemHunt>> = {
  rtsp: huntStream,
  snapshot: huntSnapshot,
};

export const systemHunts: Readonly<Record<string, SystemHunt>> = {
  ...Object.fromEntries(viewKinds.map((kind) => [`view ${kind}`, views[kind]])),
  ...Object.fromEntries(
    Object.keys(deviceOperations).map((name) => [`device ${name}`, words(wsdl.device, name)]),
  ),
  ...Object.fromEntries(
    Object.keys(mediaOperations).map((name) => [`media ${name}`, words(wsdl.media, name)]),
  ),
  ...Object.fromEntries(eventOperations.map((name) => [`events ${name}`, words(wsdl.events, name)])),
};
