/**
 * Still: asks for the setup still, opens it here, and gives a picture to draw on.
 *
 * The nonce is the newest the eye gave out, fetched just before: each can be used once. Nothing is
 * kept: the picture lives as long as the page that shows it.
 */
import { payloadTypes } from "../../daemon/identity/envelope.ts";
import { Fault } from "../../hal/fault.ts";
import { decodePicture, type Picture } from "../drawing/picture.ts";
import type { Me } from "../identity/me.ts";
import { getPolicy, postStill } from "./api.ts";

export async function takeStill(me: Me, issuedAt: number): Promise<Picture> {
  const { stillNonce: nonce } = await getPolicy();
  if (nonce === null) {
    throw new Fault("unavailable", "the camera is away", { hint: "it comes back by itself; try again then" });
  }
  const request = await me.sign(payloadTypes.setupStill, { device: me.device, nonce, issuedAt });
  return decodePicture(await me.open(await postStill(request)));
}
