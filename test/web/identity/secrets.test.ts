/** What the browser believes of a challenge, and what it calls itself. */
import { generateKeyPairSync, sign } from "node:crypto";
import { expect, test } from "vitest";
import { challengeBytes } from "../../../daemon/identity/challenge.ts";
import { browserLabel } from "../../../web/identity/browser-label.ts";
import { isFrom } from "../../../web/identity/secrets.ts";

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const device = publicKey.export({ format: "jwk" }).x ?? "";
const nonce = "n".repeat(43);
const sig = sign(null, challengeBytes({ device, nonce }), privateKey).toString("base64url");

test("a challenge is believed when the pinned doorbell signed it", () => {
  expect(isFrom(device, { device, nonce, sig })).toBe(true);
});

test.each([
  ["another nonce", { device, nonce: "m".repeat(43), sig }],
  ["another doorbell's name", { device: "A".repeat(43), nonce, sig }],
  ["no signature", { device, nonce, sig: "" }],
  ["a signature of zeros", { device, nonce, sig: "A".repeat(86) }],
])("a challenge with %s is not", (_, challenge) => {
  expect(isFrom(device, challenge)).toBe(false);
});

test.each([
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"],
  [
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36",
    "Chrome on Android",
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
    "Edge on Windows",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Mobile Safari/604.1",
    "Safari on iPhone",
  ],
  ["curl/8", "Browser"],
])("%s is called %s", (userAgent, label) => {
  expect(browserLabel(userAgent)).toBe(label);
});
