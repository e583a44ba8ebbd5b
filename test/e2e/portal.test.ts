/**
 * The portal's pages in real Chromium against a real portal: one agency's way from its keys to a signed deletion.
 *
 * In order, each test going on from the one before. Everything that the browser sends passes a proxy that keeps it,
 * so that "the key is never sent" is looked up in the bytes themselves.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Download, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { build } from "vite";
import { receiptSchema, deletionAnswerSchema } from "../../daemon/consent/after.ts";
import { payloadTypes } from "../../daemon/identity/envelope.ts";
import { verifyEnvelope } from "../../daemon/identity/verify.ts";
import { encodeBech32 } from "../../daemon/seal/age/bech32.ts";
import { readKeyFile } from "../../portal/web/desk/key-file.ts";
import { deskWords } from "../../portal/web/desk/words.ts";
import { words } from "../../portal/web/words.ts";
import { composeOrder, deletionNoticeOf, type ComposedGrant } from "../../scripts/rigs/grant.ts";
import { testKeys } from "../../scripts/rigs/paired.ts";
import {
  deliver,
  register,
  startPortal,
  type PortalRig,
  type TestAgency,
} from "../../scripts/rigs/portal.ts";
import { openTcpProxy, type TcpProxy } from "../../scripts/rigs/tcp-proxy.ts";
import { makeVideo, sealedClip, type SealedClip, type TestVideo } from "../../scripts/rigs/video.ts";
import { openBlank, type Watched } from "./browser.ts";

const web = new URL("../../portal/web/", import.meta.url);
const dayMs = 86_400_000;
const owner = testKeys(1);
const startWallMs = Date.now() - 2 * dayMs;
let rig: PortalRig;
let proxy: TcpProxy;
let watched: Watched;
let url: string;
let video: TestVideo;
let clip: SealedClip;
/** As the desk made it. */
let agency: TestAgency;
let keyFile: string;
let request: string;

beforeAll(async () => {
  if (!existsSync(new URL("dist/index.html", web))) await build({ root: web.pathname, logLevel: "error" });
  rig = await startPortal({ flags: ["--name=Test portal"] });
  proxy = await openTcpProxy({ targetPort: Number(new URL(rig.url).port), record: true });
  url = `http://127.0.0.1:${proxy.port}`;
  watched = await openBlank(url);
  video = await makeVideo(10);
  clip = sealedClip(video, { id: "clip-0001", sealTo: owner.sealTo, startWallMs });
});
afterAll(async () => {
  await watched?.close();
  await proxy?.[Symbol.asyncDispose]();
  await rig?.[Symbol.asyncDispose]();
});

const at = (id: string): Locator => watched.page.getByTestId(id);
const go = (address: string) => watched.page.goto(`${url}/${address}`);
const field = (label: string): Locator => watched.page.getByLabel(label, { exact: true });
const button = (name: string): Locator => watched.page.getByRole("button", { name });

async function saved(click: Promise<void>, coming: Promise<Download>): Promise<Buffer> {
  await click;
  return readFile(await (await coming).path());
}

const save = (what: Locator): Promise<Buffer> => saved(what.click(), watched.page.waitForEvent("download"));

/** What the browser sent, all connections. */
const sent = (): Buffer => Buffer.concat(proxy.recorded);

/** "2026-11-24T20:00" in this machine's time zone, as the field writes it. */
function localText(wallMs: number): string {
  const zoneMs = new Date(wallMs).getTimezoneOffset() * 60_000;
  return new Date(wallMs - zoneMs).toISOString().slice(0, 16);
}

async function parcelOf(id: string, note = ""): Promise<ComposedGrant> {
  const draft = {
    id,
    owner,
    device: owner.signKey,
    destination: { kind: "request", request, agency: agency.id },
    recipient: { name: "Harbour Police", sealTo: agency.keys.sealTo, deliverTo: agency.deliverTo },
    choices: [{ clip: clip.clip, indexes: [1, 2, 4] }],
    nowMs: Date.now(),
    note,
  } as const;
  return composeOrder(draft, clip.read);
}

const letterBytes = ({ grant }: ComposedGrant): number => grant.items[0]?.bytes ?? 0;

async function hand(made: ComposedGrant, bytes: Uint8Array = made.parcel): Promise<void> {
  await deliver(agency.deliverTo, { grant: made.grant.id, bytes, letterBytes: letterBytes(made), request });
}

function hasAge(): boolean {
  try {
    execFileSync("age", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

async function openParcel(id: string): Promise<void> {
  await watched.page.evaluate((address) => location.assign(address), `#/desk/parcels/${id}`);
  await at("open-parcel").click();
}

describe("an agency", () => {
  test("makes its keys in the browser and gets them as a file", async () => {
    await go("#/desk");
    await field(deskWords.make.name).fill("Harbour Police");
    await at("make-keys").click();
    keyFile = (await save(at("save-keys"))).toString();
    const { keys } = readKeyFile(keyFile);
    const shown = await at("public-halves").textContent();
    expect(shown).toContain(keys.signKey);
    expect(shown).toContain(keys.sealTo);
    agency = { id: "harbour-police", keys, deliverTo: `${rig.url}/dock/agencies/harbour-police` };
  });

  const signIn = () =>
    at("key-file").setInputFiles({ name: "key.txt", mimeType: "text/plain", buffer: Buffer.from(keyFile) });

  test("is let in once the registrar vouches for them, and not before", async () => {
    await signIn();
    await at("fault").waitFor();
    expect(await at("fault").textContent()).not.toContain(agency.keys.sealIdentity);
    await register(rig, agency, { name: "Harbour Police" });
    await signIn();
    await watched.page.getByRole("heading", { name: "Harbour Police" }).waitFor();
  });

  test("sees each limit while it writes, and cannot publish what breaks one", async () => {
    await watched.page.getByRole("link", { name: deskWords.tabs.compose, exact: true }).first().click();
    await field(deskWords.compose.incidentType).selectOption("burglary");
    await field(deskWords.compose.case).fill("HP-2026-118");
    await field(deskWords.compose.purpose).fill("Somebody broke into the bakery.");
    await field(deskWords.compose.lat).fill("52.0");
    await field(deskWords.compose.lon).fill("5.0");
    await field(deskWords.compose.from).fill(localText(startWallMs));
    await field(deskWords.compose.to).fill(localText(startWallMs + 7_200_000));
    await field(deskWords.compose.radius).fill("20");
    expect(await at("gauges").locator('[data-gauge="radius"]').getAttribute("data-ok")).toBe("false");
    expect(await at("problems").textContent()).toContain("that asks one home");
    expect(await at("publish").isDisabled()).toBe(true);
    await field(deskWords.compose.lat).fill("48.0");
    await field(deskWords.compose.radius).fill("200");
    expect(await at("problems").textContent()).toContain("beyond the agency's territory");
    expect(await at("publish").isDisabled()).toBe(true);
  });

  test("picks the place on the plan, with the mouse and with keys", async () => {
    const box = await at("plan").boundingBox();
    await at("plan").click({ position: { x: (box?.width ?? 0) / 2, y: (box?.height ?? 0) / 2 } });
    const lat = Number(await field(deskWords.compose.lat).inputValue());
    expect(lat).toBeCloseTo(52, 1);
    await at("plan").press("Shift+ArrowUp");
    const moved = async () => Number(await field(deskWords.compose.lat).inputValue()) - lat;
    await expect.poll(moved).toBeCloseTo(0.00009, 5);
  });

  test("publishes, and everybody reads the sentence that it was shown", async () => {
    const preview = (await at("preview").locator("p").first().textContent()) ?? "";
    expect(preview).toContain("Police asks everyone within 200 m");
    await at("publish").click();
    await at("published").waitFor();
    await go("#/");
    await at("notice").waitFor();
    expect(await at("notice").textContent()).toContain(preview);
    request = (await at("notice").getAttribute("data-hash")) ?? "";
  });
});

describe("everybody", () => {
  test("checks in the browser that the request is in the log", async () => {
    await at("notice").getByRole("link").first().click();
    await at("check").click();
    await at("checked").waitFor();
    expect(await at("checked").textContent()).toContain("is signed by the log's key");
    expect(await at("checked").textContent()).toContain("this key belongs to Harbour Police");
  });

  test("finds it by words, and is told when nothing fits", async () => {
    await go("#/");
    await watched.page.getByRole("searchbox").fill("bakery 118");
    await at("notice").waitFor();
    await watched.page.getByRole("searchbox").fill("submarine");
    await at("nothing").waitFor();
  });

  test.each([
    ["#/agencies", "Harbour Police"],
    ["#/agency/harbour-police", "Requests made"],
    ["#/log", "Your browser has just checked the newest entry"],
    ["#/board", "How to post"],
    ["#/about", "What it cannot see"],
    ["#/nowhere", "There is no such page"],
  ])("can open %s", async (address, text) => {
    await go(address);
    await watched.page.getByText(text).first().waitFor();
    expect(await watched.page.title()).toContain(words.site);
  });
});

describe("what an owner sends", () => {
  let made: ComposedGrant;
  let changed: ComposedGrant;

  beforeAll(async () => {
    made = await parcelOf("grant-0001", "The second car from the left.");
    changed = await parcelOf("grant-0002");
    await hand(made);
    const bytes = Uint8Array.from(changed.parcel);
    const last = bytes.length - 1;
    bytes[last] = (bytes[last] ?? 0) ^ 1;
    await hand(changed, bytes);
    await go("#/desk"); // still signed in: the page was not loaded anew
    await at("own-request").waitFor();
  });

  test("is opened with the agency's key and shown whole", async () => {
    await openParcel("grant-0001");
    await at("opened").waitFor();
    expect(await watched.page.getByText("The second car from the left.").count()).toBe(1);
    await expect.poll(() => at("recording").getAttribute("data-phase")).toBe("ready");
  });

  test("plays, with what was left out closed up", async () => {
    await at("play").click();
    const position = () =>
      watched.page.locator("video").evaluate((element) => (element as HTMLVideoElement).currentTime);
    await expect.poll(position).toBeGreaterThan(4.5);
    const duration = await watched.page
      .locator("video")
      .evaluate((element) => (element as HTMLVideoElement).duration);
    expect(duration).toBeCloseTo(6, 1);
  });

  test("is saved as the very video that was recorded, with a record that names its hash", async () => {
    const mp4 = await save(button(words.parcel.save));
    const pieces = [video.init, ...[1, 2, 4].map((index) => video.fragments[index] ?? new Uint8Array())];
    expect(mp4.equals(Buffer.concat(pieces))).toBe(true);
    const custody = JSON.parse((await save(button(words.parcel.custody))).toString()) as {
      manifest: { sha256: string };
      recordings: { video: { sha256: string } }[];
    };
    expect(custody.manifest.sha256).toBe(made.manifest);
    expect(custody.recordings[0]?.video.sha256).toBe(createHash("sha256").update(mp4).digest("hex"));
  });

  test("gets a receipt over exactly these bytes, with what the request promised", async () => {
    await at("sign-receipt").click();
    await at("receipt").getByText("You signed a receipt").waitFor();
    const answer = await fetch(`${agency.deliverTo}/grant-0001/receipt`);
    const { value } = verifyEnvelope(await answer.json(), {
      type: payloadTypes.receipt,
      schema: receiptSchema,
      trusts: (key) => key === agency.keys.signKey,
      what: "receipt",
    });
    expect(value).toMatchObject({ grant: "grant-0001", manifest: made.manifest, onwardSharing: [] });
    expect(Math.abs(value.keepUntil - value.receivedAt - 90 * dayMs)).toBeLessThan(dayMs);
  });

  test("and was changed on its way is refused in words, and nothing of it shown", async () => {
    await openParcel("grant-0002");
    await at("refused").waitFor();
    expect(await at("refused").textContent()).toContain("is not what its owner signed");
    expect(await at("recording").count()).toBe(0);
    expect(await at("sign-receipt").count()).toBe(0);
  });

  test("is deleted when its owner asks, by the agency's signed word", async () => {
    const notice = deletionNoticeOf(made, owner, Date.now());
    await fetch(`${agency.deliverTo}/grant-0001/deletion`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(notice),
    });
    await openParcel("grant-0001");
    await at("deletion").getByText(deskWords.parcel.noticeBy).waitFor();
    expect(await at("deletion").textContent()).toContain("the case is closed");
    await at("sign-answer").click();
    await at("deletion").getByText("You signed on").waitFor();
    await watched.page.getByText(deskWords.parcel.goneAsSigned).waitFor();
    const answer = await fetch(`${agency.deliverTo}/grant-0001/deletion`);
    const { value } = verifyEnvelope(await answer.json(), {
      type: payloadTypes.deletionAnswer,
      schema: deletionAnswerSchema,
      trusts: (key) => key === agency.keys.signKey,
      what: "answer",
    });
    expect(value).toMatchObject({ answer: "deleted", manifest: made.manifest });
  });

  test("is opened with the agency's key file by the age command, too", async (context) => {
    if (!hasAge()) context.skip("age is not installed");
    const folder = await mkdtemp(join(tmpdir(), "sill-age-"));
    const [key, letter] = [join(folder, "key.txt"), join(folder, "letter.age")];
    await writeFile(key, keyFile, { mode: 0o600 });
    await writeFile(letter, made.parcel.subarray(0, letterBytes(made)));
    const envelope = JSON.parse(execFileSync("age", ["-d", "-i", key, letter]).toString()) as {
      payload: string;
    };
    expect(Buffer.from(envelope.payload, "base64url").toString()).toContain("The second car from the left.");
    await rm(folder, { recursive: true });
  });

  test("left the agency's secrets in the browser", () => {
    const { seed, keys } = readKeyFile(keyFile);
    const everything = sent();
    expect(everything.length).toBeGreaterThan(10_000);
    for (const secret of [keys.sealIdentity, encodeBech32("SILL-AGENCY-SEED-", seed)])
      expect(everything.includes(secret)).toBe(false);
    for (const secret of [seed, keys.sealSecret, keys.signSecret]) {
      for (const spelling of ["hex", "base64", "base64url"] as const)
        expect(everything.includes(Buffer.from(secret).toString(spelling))).toBe(false);
      expect(everything.includes(Buffer.from(secret))).toBe(false);
    }
  });
});

describe("a share link", () => {
  const link = testKeys(77);
  const address = `s/grant-share-1#${link.sealIdentity}`;
  let location: string;

  beforeAll(async () => {
    const deliverTo = `${rig.url}/dock/shares`;
    const shared = await composeOrder(
      {
        id: "grant-share-1",
        owner,
        device: owner.signKey,
        destination: { kind: "link" },
        recipient: { name: "a neighbour", sealTo: link.sealTo, deliverTo },
        choices: [{ clip: clip.clip, indexes: [0, 1] }],
        nowMs: Date.now(),
      },
      clip.read,
    );
    const until = Date.now() + dayMs;
    const { grant, parcel: bytes } = shared;
    location = await deliver(deliverTo, { grant: grant.id, bytes, letterBytes: letterBytes(shared), until });
  });

  test("opens and plays for whoever has it", async () => {
    await go(address);
    await at("opened").waitFor();
    await expect.poll(() => at("recording").getAttribute("data-phase")).toBe("ready");
  });

  test("without its key is opened by who holds that key", async () => {
    await watched.page.goto("about:blank");
    await go("s/grant-share-1");
    await watched.page.getByLabel(words.share.ownKey).fill(testKeys(78).sealIdentity);
    await button(words.share.openOwn).click();
    await watched.page.getByText("The letter cannot be opened with this key").waitFor();
    await watched.page.getByLabel(words.share.ownKey).fill(`# a key file ${link.sealIdentity}`);
    await button(words.share.openOwn).click();
    await at("opened").waitFor();
    expect(watched.page.url()).not.toContain("AGE-SECRET-KEY");
  });

  test("kept its key from everybody on the way", () => {
    const everything = sent();
    expect(everything.includes("/api/shares/grant-share-1")).toBe(true);
    expect(everything.includes("AGE-SECRET-KEY")).toBe(false);
    expect(everything.includes(link.sealIdentity.slice(-20))).toBe(false);
  });

  test.each([
    ["without its key", "s/grant-share-1", words.share.noKey],
    ["with a mistake in its key", `${address.slice(0, -1)}Q`, "The link's key has a mistake in it"],
    [
      "with another key",
      `s/grant-share-1#${testKeys(78).sealIdentity}`,
      "The letter cannot be opened with this key",
    ],
  ])("%s says so", async (_how, broken, text) => {
    await watched.page.goto("about:blank");
    await go(broken);
    await watched.page.getByText(text).waitFor();
    expect(await at("recording").count()).toBe(0);
  });

  test("that was taken back leads to nothing", async () => {
    expect((await fetch(location, { method: "DELETE", headers: { "tus-resumable": "1.0.0" } })).status).toBe(
      204,
    );
    await watched.page.goto("about:blank");
    await go(address);
    await watched.page.getByText(words.share.gone).waitFor();
  });
});

test("a key is kept in the browser only when asked for, and can be removed again", async () => {
  await go("#/desk");
  await watched.page.reload();
  await at("key-file").waitFor();
  expect(await button(deskWords.signIn.useKept).count()).toBe(0);
  await watched.page.getByLabel(deskWords.signIn.keep).check();
  await at("key-file").setInputFiles({ name: "k.txt", mimeType: "text/plain", buffer: Buffer.from(keyFile) });
  await at("own-request").waitFor();
  await watched.page.reload();
  await button(deskWords.signIn.useKept).click();
  await at("own-request").waitFor();
  await button(deskWords.signOut).click();
  await button(deskWords.signIn.forget).click();
  await button(deskWords.signIn.useKept).waitFor({ state: "detached" }); // it is gone, and not on its way
  await watched.page.reload();
  await at("key-file").waitFor();
  expect(await button(deskWords.signIn.useKept).count()).toBe(0);
});

test("a request that is withdrawn stays in the feed, marked", async () => {
  await go("#/desk");
  await at("key-file").setInputFiles({ name: "k.txt", mimeType: "text/plain", buffer: Buffer.from(keyFile) });
  await button(deskWords.own.withdraw).click();
  await button(deskWords.own.withdrawYes).click();
  await at("own-request").getByText(words.state.withdrawn, { exact: true }).waitFor();
  await go("#/");
  await at("notice").getByText(words.state.withdrawn, { exact: true }).waitFor();
  expect(await at("notice").textContent()).toContain("The agency took this request back");
});

test("the pages spoke to the portal alone, and the browser had nothing to complain of", () => {
  expect([...watched.hosts].filter((host) => host !== "")).toEqual([new URL(url).host]);
  // a refused sign-in, a changed parcel, a link that is gone: the browser notes each answer that is no success
  const others = watched.problems.filter((problem) => !problem.startsWith("Failed to load resource"));
  expect(others).toEqual([]);
});
