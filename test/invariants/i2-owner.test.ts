/**
 * I2: only an enrolled owner's key makes a grant; portal, doorbell, agency and former owners' keys do not.
 *
 * Over the real server, in an owner's own session: what counts is the signature, not who carries it.
 */
import { readFile } from "node:fs/promises";
import { createPrivateKey } from "node:crypto";
import { expect, test } from "vitest";
import { keysOf, type Keys } from "../../daemon/identity/keys.ts";
import { registrarKeys } from "../../scripts/rigs/agency.ts";
import { postOrder, resigned } from "../../scripts/rigs/grant.ts";
import { testKeys } from "../../scripts/rigs/paired.ts";
import { enrol, getJson, human, putJson, remove } from "../../scripts/rigs/person.ts";
import { testLogSigner } from "../../scripts/rigs/public-log.ts";
import { toBase64Url } from "../../daemon/identity/base64url.ts";
import { agency, ada, composeFor, openGrantedDoor, toLink } from "../daemon/keeper/granted-door.ts";

/** The doorbell's own key, as somebody who read its disk has it. */
async function deviceKeys(path: string, device: string): Promise<Keys> {
  const { d = "" } = createPrivateKey(await readFile(path, "utf8")).export({ format: "jwk" });
  return { ...testKeys(1), signKey: device, signSecret: new Uint8Array(Buffer.from(d, "base64url")) };
}

function portalKeys(): Keys {
  const secret = new Uint8Array(32).fill(90);
  return { ...keysOf(secret), signSecret: secret, signKey: toBase64Url(testLogSigner(90).publicKey) };
}

test("I2: of all keys that this house has met, an owner's alone makes a grant", async () => {
  await using house = await openGrantedDoor();
  const { door } = house;
  const others = [human(2, "member"), human(3, "installer"), human(4, "tester"), human(5, "owner")];
  for (const who of others) await enrol(door.owner, who);
  const former = await composeFor(house, toLink, { id: "grant-000005", owner: human(2).keys });
  await remove(door.owner, human(5));
  const composed = await composeFor(house, toLink);
  const signers: Record<string, Keys> = {
    portal: portalKeys(),
    registrar: registrarKeys,
    agency: agency.keys,
    doorbell: await deviceKeys(door.paths.deviceKey, door.device),
    member: human(2).keys,
    installer: human(3).keys,
    tester: human(4).keys,
    "former owner": human(5).keys,
    stranger: testKeys(99),
  };
  for (const [who, keys] of Object.entries(signers)) {
    for (const order of [
      resigned(composed, { ownerKey: keys.signKey }, keys),
      // in an owner's name
      resigned(composed, { ownerKey: ada.signKey }, keys),
      resigned(former, { ownerKey: keys.signKey }, keys),
    ]) {
      const answer = await putJson(door.owner, "/api/grants", order, "POST");
      expect([who, answer.status]).toEqual([who, 403]);
    }
  }
  expect(await getJson(door.owner, "/api/grants")).toEqual({ grants: [] });
  expect(await postOrder(door.owner, composed.order)).toMatchObject({ id: composed.grant.id });
});

test("I2: a letter of an owner's signature that was changed makes none", async () => {
  await using house = await openGrantedDoor();
  const { order } = await composeFor(house, toLink);
  const envelope = structuredClone(order.envelope) as { payload: string; signatures: { sig: string }[] };
  const payload = Buffer.from(envelope.payload, "base64url").toString();
  const longer = payload.replace(
    /"notAfter":(\d)/u,
    (_, first: string) => `"notAfter":${(Number(first) % 9) + 1}`,
  );
  expect(longer).not.toBe(payload);
  const changed = { ...envelope, payload: Buffer.from(longer).toString("base64url") };
  const answer = await putJson(house.door.owner, "/api/grants", { ...order, envelope: changed }, "POST");
  expect(answer.status).toBe(403);
});
