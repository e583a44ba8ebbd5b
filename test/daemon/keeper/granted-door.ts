/**
 * A keeper with a recording, a portal in its settings, and a courier: all that a grant needs.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseRecipient } from "../../../daemon/seal/age/keys.ts";
import type { RequestCard, Requests } from "../../../daemon/wire/api-consent.ts";
import type { Clip } from "../../../daemon/wire/api.ts";
import { dataPaths } from "../../../daemon/wire/paths.ts";
import {
  profileEnvelope,
  registrarKeys,
  requestEnvelope,
  testAgency,
  testPlace,
  testPortalUrl,
  testRequest,
} from "../../../scripts/rigs/agency.ts";
import {
  composeOrder,
  postOrder,
  readOverHttp,
  type ComposedGrant,
  type GrantDraft,
} from "../../../scripts/rigs/grant.ts";
import { testKeys } from "../../../scripts/rigs/paired.ts";
import { expectOk, getJson, putJson } from "../../../scripts/rigs/person.ts";
import { TestLog } from "../../../scripts/rigs/public-log.ts";
import type { GrantCard } from "../../../daemon/wire/api-consent.ts";
import { writeClip } from "./clip-on-disk.ts";
import { openDoor, type DoorOptions, type TestDoor } from "./door.ts";
import { until } from "./page.ts";
import { tempFolder } from "./temp-folder.ts";
import { connectParcelCourier, type ParcelCourier } from "./parcel-courier.ts";

export const agency = testAgency();
export const ada = testKeys(1);
export const clipId = "clip-000001";
const hourMs = 3_600_000;

export interface GrantedDoor extends AsyncDisposable {
  readonly door: TestDoor;
  readonly courier: ParcelCourier;
  readonly clip: Clip;
  readonly log: TestLog;
}

export interface GrantedDoorOptions extends Pick<DoorOptions, "clock" | "settings" | "data"> {
  readonly fragments?: number;
  readonly bytesEach?: number;
  readonly coolingOffS?: number;
}

export async function openGrantedDoor(options: GrantedDoorOptions = {}): Promise<GrantedDoor> {
  const { fragments = 4, bytesEach = 3_000, coolingOffS = 0 } = options;
  await using stack = new AsyncDisposableStack();
  const data = options.data ?? join(stack.use(await tempFolder()).path, "data");
  const log = new TestLog();
  const startWallMs = (options.clock?.wallMs() ?? Date.now()) - 3.5 * hourMs;
  const sealTo = [parseRecipient(ada.sealTo), parseRecipient(testKeys(2).sealTo)];
  // what an earlier start recorded stays as it is
  if (!existsSync(dataPaths(data).clips))
    await writeClip(dataPaths(data), {
      id: clipId,
      startWallMs: Math.round(startWallMs),
      fragments,
      bytesEach,
      sealTo,
    });
  const door = stack.use(
    await openDoor({
      ...options,
      data,
      settings: {
        portal: { url: testPortalUrl, logKey: log.logKey, registrarKey: registrarKeys.signKey },
        consent: { coolingOffS },
        archive: { to: "https://nas.test/files" },
        ...options.settings,
      },
    }),
  );
  const courier = stack.use(await connectParcelCourier(door.paths));
  const clip = await getJson<Clip>(door.owner, `/api/clips/${clipId}`);
  const open = stack.move();
  return { door, courier, clip, log, [Symbol.asyncDispose]: () => open.disposeAsync() };
}

/** The agency asks in public about this morning; the doorbell finds that it concerns this house. */
export async function beAsked({ door, courier, log }: GrantedDoor): Promise<RequestCard> {
  await expectOk(await putJson(door.owner, "/api/place", { place: testPlace }));
  log.append(profileEnvelope(agency));
  log.append(requestEnvelope(agency, testRequest(agency, { nowMs: Date.now() })));
  for (const message of log.round()) courier.say(message);
  const all = (): Promise<Requests> => getJson<Requests>(door.owner, "/api/requests");
  await until(async () => (await all()).requests.length === 1);
  const [card] = (await all()).requests;
  if (card === undefined) throw new Error("no request is shown");
  return card;
}

export function toRequest({ hash, request, agency: { name } }: RequestCard): To {
  const { sealTo, deliverTo } = request;
  return {
    destination: { kind: "request", request: hash, agency: request.agency },
    recipient: { name, sealTo, deliverTo },
  };
}

type To = Pick<GrantDraft, "destination" | "recipient">;

export const toLink: To = {
  destination: { kind: "link" },
  recipient: {
    name: "whoever has the link",
    sealTo: testKeys(20).sealTo,
    deliverTo: `${testPortalUrl}/dock/shares`,
  },
};

/** Fragments 1 and 2, by Ada. */
export async function composeFor(
  { door, clip }: GrantedDoor,
  to: To,
  change: Partial<GrantDraft> = {},
): Promise<ComposedGrant> {
  return composeOrder(
    {
      id: "grant-000001",
      owner: ada,
      device: door.device,
      ...to,
      choices: [{ clip, indexes: [1, 2] }],
      nowMs: Date.now(),
      ...change,
    },
    readOverHttp(door.owner),
  );
}

export async function grantTo(
  house: GrantedDoor,
  to: To,
  change: Partial<GrantDraft> = {},
): Promise<ComposedGrant> {
  const composed = await composeFor(house, to, change);
  await postOrder(house.door.owner, composed.order);
  return composed;
}

export function cardOf({ door }: GrantedDoor, id = "grant-000001"): Promise<GrantCard> {
  return getJson<GrantCard>(door.owner, `/api/grants/${id}`);
}

export async function untilState(house: GrantedDoor, state: GrantCard["state"]): Promise<GrantCard> {
  await until(async () => (await cardOf(house)).state === state);
  return cardOf(house);
}
