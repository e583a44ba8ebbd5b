/**
 * Still: asks for the setup still, opens it here, and gives a picture to draw on.
 *
 * The nonce is the newest the eye gave out, fetched just before: each can be used once. Nothing is
 * kept: the picture lives as long as the page that shows it.
 */
import { payloadTypes } from "../../daemon/identity/envelope.ts";
import { Fault } from "../../hal/fault.ts";
import { decodePicture, type Picture } from "../drawing/picture.ts";
import type { Clock } from "../../hal/sensors.ts";
import type { Me } from "../identity/me.ts";
import type { Home } from "../state/home.ts";
import { getPolicy, postStill } from "./api.ts";

/** A camera that is just starting is waited for. */
const nonceTries = 12;
const nonceEveryMs = 500;

export async function takeStill(me: Me, home: Pick<Home, "clock" | "now">): Promise<Picture> {
  const nonce = await newestNonce(home.clock);
  const value = { device: me.device, nonce, issuedAt: home.now() };
  const request = await me.sign(payloadTypes.setupStill, value);
  return decodePicture(await me.open(await postStill(request)));
}

async function newestNonce(clock: Clock): Promise<string> {
  for (let i = 0; i < nonceTries; i += 1) {
    const { stillNonce } = await getPolicy();
    if (stillNonce !== null) return stillNonce;
    await new Promise<void>((resolve) => clock.after(nonceEveryMs, resolve));
  }
  throw new Fault("unavailable", "the camera is away", {
    hint: "it comes back by itself; try again then",
  });
}
