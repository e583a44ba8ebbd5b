/** A whole doorbell whose owner signed for pictures by ntfy: words first, then one picture, and the ledger knew before. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startDaemon, type Daemon } from "../../scripts/rigs/daemon.ts";
import { getJson, putJson } from "../../scripts/rigs/person.ts";
import { serve, type TestServer } from "../daemon/courier/http/servers.ts";

const wait = { timeout: 60_000, interval: 50 };
interface Told {
  readonly file: string | undefined;
  readonly sequence: string | undefined;
  readonly bytes: Buffer;
  /** Pictures that the ledger knew of when it came. */
  readonly known: Promise<string[]>;
}
const told: Told[] = [];
let phone: TestServer;
let daemon: Daemon;

const one = (header: string | string[] | undefined): string | undefined => [header].flat()[0];
const pictureEntries = async (): Promise<string[]> => {
  const { entries } = await getJson<{ entries: { what: string; detail: string }[] }>(daemon, "/api/history");
  return entries
    .filter(({ what }) => what.startsWith("alert-picture"))
    .map(({ what, detail }) => `${what} ${detail}`);
};

beforeAll(async () => {
  phone = await serve((request, response) => {
    const known = pictureEntries();
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { filename, "x-sequence-id": sequence } = request.headers;
      told.push({ file: one(filename), sequence: one(sequence), bytes: Buffer.concat(chunks), known });
      response.end("{}");
    });
  });
  const small = ["--camera.width=640", "--camera.height=360", "--camera.fps=10", "--sim.visitorsPerHour=0"];
  const flags = [...small, "--button.cooldownMs=0", `--alerts.ntfyUrl=${phone.url}/door`];
  daemon = await startDaemon({ flags, policy: { publish: { ntfy: true } } });
});
afterAll(async () => {
  await daemon?.stop();
  await phone?.[Symbol.asyncDispose]();
});

const press = () => daemon.fetch("/api/sim/press", { method: "POST" });
const sees = (anything = true) =>
  vi.waitFor(async () => {
    const { mask } = await getJson<{ mask: { visibleFrac: number } }>(daemon, "/api/status");
    expect(mask.visibleFrac > 0).toBe(anything);
  }, wait);

test("a ring is told in words, then with a picture that the ledger knew of before it came", async () => {
  await sees();
  await press();
  await vi.waitFor(() => expect(told.length).toBe(2), wait);
  const [words, picture] = told;
  expect([words?.file, words?.bytes.toString()]).toEqual([undefined, "Somebody rang."]);
  expect([picture?.file, picture?.sequence]).toEqual(["ring.jpg", words?.sequence]);
  expect([...(picture?.bytes.subarray(0, 2) ?? [])]).toEqual([0xff, 0xd8]);
  expect(await picture?.known).toEqual([expect.stringContaining(`${picture?.bytes.length} bytes, SHA-256`)]);
  await vi.waitFor(
    async () => expect((await pictureEntries())[0]).toMatch(/^alert-picture-sent to ntfy at/u),
    wait,
  );
});

test("with the camera's sight closed a ring is told in words alone", async () => {
  expect((await putJson(daemon.owner, "/api/privacy", { closed: true })).status).toBe(200);
  const before = (await pictureEntries()).length;
  await press();
  await vi.waitFor(() => expect(told.length).toBe(3), wait);
  await sees(false);
  expect((await putJson(daemon.owner, "/api/privacy", { closed: false })).status).toBe(200);
  await sees();
  await press(); // what would have come late has come by then
  await vi.waitFor(() => expect(told.length).toBe(5), wait);
  expect(told.slice(2).map(({ file }) => file)).toEqual([undefined, undefined, "ring.jpg"]);
  await vi.waitFor(async () => expect((await pictureEntries()).length).toBe(before + 2), wait);
});
