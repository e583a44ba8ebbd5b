/**
 * The hunt in the picture that goes with an alert: small, masked, and only for a channel that an owner signed for, whatever
 * the keeper asks. A real eye, with the canary over all that is hidden.
 */
import { expect, test } from "vitest";
import { longestPicturePx, mostPictureBytes, type PictureChannel } from "../../daemon/wire/alert-picture.ts";
import { startEye, type EyeProcess } from "../daemon/eye/eye-process.ts";
import { decodeJpeg } from "./decode.ts";
import { searchPictures } from "./search.ts";
import { expectClean } from "./verdict.ts";

const size = { width: 1_280, height: 720 };
const flags = [`--camera.width=${size.width}`, `--camera.height=${size.height}`, "--sim.canary=true"];

const want = (eye: EyeProcess, event: string, channels: PictureChannel[]): void =>
  eye.send({ type: "picture-wanted", event, channels });
const sees = (eye: EyeProcess) => eye.hears("eye-status", ({ mask }) => mask.visibleFrac > 0);

test(
  "shows nothing of what is hidden, is small, and names the channels that were signed for",
  { timeout: 60_000 },
  async () => {
    await using eye = await startEye({ flags, publish: { ntfy: true } });
    await sees(eye);
    want(eye, "ring-0001", ["ntfy", "webhook"]);
    const { event, channels, jpeg } = await eye.hears("picture-made");
    expect([event, channels]).toEqual(["ring-0001", ["ntfy"]]);
    const bytes = Buffer.from(jpeg, "base64");
    expect(bytes.length).toBeLessThanOrEqual(mostPictureBytes);
    const picture = decodeJpeg(bytes);
    expect([picture.width, picture.height]).toEqual([longestPicturePx, 360]);
    expectClean(searchPictures([picture], size), "the picture of an alert");
    want(eye, "ring-0002", ["webhook"]);
    expect((await eye.hears("picture-refused", (refused) => refused.event === "ring-0002")).fault.kind).toBe(
      "denied",
    );
  },
);

test("where nobody signed, or nothing may be seen, there is none", { timeout: 60_000 }, async () => {
  await using eye = await startEye({});
  await sees(eye);
  want(eye, "ring-0001", ["ntfy", "webhook"]);
  expect((await eye.hears("picture-refused")).fault.kind).toBe("denied");
  await using masked = await startEye({ paired: false });
  await masked.hears("eye-status", ({ camera }) => camera.state === "running");
  want(masked, "ring-0001", ["ntfy"]);
  expect((await masked.hears("picture-refused")).fault.kind).toBe("denied");
  expect([...eye.told, ...masked.told].filter(({ type }) => type === "picture-made")).toEqual([]);
});
