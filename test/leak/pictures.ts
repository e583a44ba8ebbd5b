/**
 * Pictures: the outputs of a running doorbell that show something, opened and searched.
 *
 * All are clean but one: the setup still is unmasked, and it goes to the owner alone who signed for it.
 * There the canary must be found, which shows that this doorbell has one.
 */
import { expect, vi } from "vitest";
import { payloadTypes } from "../../daemon/identity/envelope.ts";
import { signEnvelope } from "../../daemon/identity/keys.ts";
import { decodeHeat, type HeatUnit } from "../../daemon/wire/heat.ts";
import { decodeLive } from "../../daemon/wire/live.ts";
import { call } from "../../scripts/rigs/phone.ts";
import { hiddenCells } from "../../scripts/rigs/hidden-cells.ts";
import { porchPolicy } from "../../hal/sim/porch/policy.ts";
import { doorOf, putJson, type SignedInHuman } from "../../scripts/rigs/person.ts";
import { decodeAnnexB, decodeJpeg, decodeVideo } from "./decode.ts";
import { bytesOf, camera, json, opened, type HuntRig } from "./rig.ts";
import { searchPicture, searchPictures } from "./search.ts";
import { expectCanary, expectClean } from "./verdict.ts";

export function huntVideo(mp4: Uint8Array, what: string, leastPictures: number): void {
  const pictures = decodeVideo(mp4);
  expect(pictures.length, what).toBeGreaterThanOrEqual(leastPictures);
  const some = pictures.filter((_, i) => i % 5 === 0);
  expectClean(searchPictures(some, camera), what);
}

export async function huntClip({ owner, clip }: HuntRig): Promise<void> {
  const part = async (path: string): Promise<Uint8Array> =>
    opened(await bytesOf(await owner.fetch(`/api/clips/${clip.id}/${path}`)), owner.keys);
  const parts = [await part("init.mp4")];
  for (const { index } of clip.fragments) parts.push(await part(`fragments/${index}`));
  huntVideo(Buffer.concat(parts), "clip", 20);
}

export async function huntThumbnail({ owner, clip }: HuntRig): Promise<void> {
  const sealed = await bytesOf(await owner.fetch(`/api/clips/${clip.id}/thumb.jpg`));
  expectClean(searchPicture(decodeJpeg(opened(sealed, owner.keys)), camera), "thumbnail");
}

export async function huntLive({ owner }: HuntRig): Promise<void> {
  const socket = owner.socket("/api/live");
  const payloads: Uint8Array[] = [];
  const kinds = new Set<string>();
  socket.on("message", (data: Buffer) => {
    const { kind, payload } = decodeLive(data);
    kinds.add(kind);
    payloads.push(payload);
  });
  await vi.waitFor(() => expect(payloads.length).toBeGreaterThan(25), { timeout: 30_000 });
  socket.terminate();
  expect(kinds).toEqual(new Set(["init", "key", "delta"]));
  huntVideo(Buffer.concat(payloads), "live", 20);
}

/** What a call shows, as the one who is called sees it. */
export async function huntCall({ owner }: HuntRig): Promise<void> {
  await using phone = await call(owner);
  await vi.waitFor(() => expect(phone.nals()).toBeGreaterThan(40), { timeout: 30_000 });
  const pictures = decodeAnnexB(phone.picture());
  expect(pictures.length).toBeGreaterThanOrEqual(20);
  expectClean(
    searchPictures(
      pictures.filter((_, i) => i % 5 === 0),
      camera,
    ),
    "call",
  );
  expect((await phone.hangUp()).status).toBe(204);
}

/** The canary moves and is masked: levels say nothing of it, and are too few to be a picture. */
export async function huntHeat({ owner }: HuntRig): Promise<void> {
  const socket = owner.socket("/api/heat");
  const heat: HeatUnit[] = [];
  socket.on("message", (data: Buffer) => heat.push(decodeHeat(data)));
  await vi.waitFor(() => expect(heat.length).toBeGreaterThan(25), { timeout: 30_000 });
  socket.terminate();
  const hidden = hiddenCells(camera, porchPolicy);
  expect(hidden.length).toBeGreaterThan(100);
  for (const { levels, stirring } of heat) {
    expect(levels.length).toBeLessThanOrEqual(1_296);
    for (const k of hidden) expect([levels[k], stirring[k]]).toEqual([0, 0]);
  }
}

export async function huntSnapshot({ owner, member }: HuntRig): Promise<void> {
  const sealed = await bytesOf(await owner.fetch("/api/snapshot", { method: "POST" }));
  expectClean(searchPicture(decodeJpeg(opened(sealed, owner.keys)), camera), "snapshot");
  expect(opened(sealed, member.keys)).toEqual(opened(sealed, owner.keys));
}

/** The one exception, and the proof that there is a canary. */
export async function huntSetupStill({ owner, member }: HuntRig): Promise<void> {
  const answer = await askSetupStill(owner, owner);
  const sealed = await bytesOf(answer);
  expectCanary(searchPicture(decodeJpeg(opened(sealed, owner.keys)), camera), "setup still");
  expect(() => opened(sealed, member.keys)).toThrow();
  expect((await askSetupStill(member, owner)).status, "asked by a member").toBe(403);
  expect((await askSetupStill(owner, member)).status, "signed by a member").toBe(403);
}

async function askSetupStill(who: SignedInHuman, signer: SignedInHuman): Promise<Response> {
  const { stillNonce } = await json<{ stillNonce: string | null }>(who, "/api/policy").catch(() => ({
    stillNonce: null,
  }));
  const { device } = await doorOf(who.base);
  const asked = { device, nonce: stillNonce ?? "none", issuedAt: 1 };
  const request = signEnvelope(signer.keys, payloadTypes.setupStill, asked);
  return putJson(who, "/api/still", { request }, "POST");
}
