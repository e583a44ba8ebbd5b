/**
 * The hunt in the self-test's look at the camera: its figures and its still, with the canary and without.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { settingsSchema } from "../../config/schema.ts";
import { examineAlone } from "../../daemon/eye/examine/alone.ts";
import { parseIdentity } from "../../daemon/seal/age/keys.ts";
import { open } from "../../daemon/seal/age/seal.ts";
import { systemClock } from "../../hal/clock.ts";
import { pairFolder, type Paired } from "../../scripts/rigs/paired.ts";
import { lookAt, smallPorch } from "../daemon/eye/examine/porch.ts";
import { decodeJpeg } from "./decode.ts";
import { searchPictures } from "./search.ts";
import { expectClean } from "./verdict.ts";

const size = { width: 640, height: 360 };

let data = "";
let paired: Paired;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "sill-leak-examine-"));
  paired = await pairFolder(data);
});
afterAll(() => rm(data, { recursive: true }));

test("every figure of what is visible is the same, to the last digit", async () => {
  const loud = await lookAt(smallPorch({ canary: true, scene: "default" }));
  const calm = await lookAt(smallPorch({ canary: false, scene: "default" }));
  expect(loud.measured).toEqual(calm.measured);
  expect(loud.proof.found.leaked).toBe(0);
});

test("the still shows nothing of it, once opened", async () => {
  const settings = settingsSchema.parse({ data, camera: { ...size, fps: 10 }, sim: { canary: true } });
  const [clock, { signal }] = [systemClock, new AbortController()];
  const { picture } = await examineAlone({
    settings,
    clock,
    epochWallMs: clock.wallMs(),
    forMs: 600,
    signal,
  });
  const jpeg = open(Buffer.from(picture ?? "", "base64"), [parseIdentity(paired.owner.sealIdentity)]);
  expectClean(searchPictures([decodeJpeg(jpeg)], size), "the self-test's still");
});
