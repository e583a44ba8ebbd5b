/** Granted seconds on their way to a dock, with the whole doorbell: what is killed, cut and revoked on the way. */
import { expect, test, vi } from "vitest";
import { dataPaths } from "../../daemon/wire/paths.ts";
import type { GrantCard } from "../../daemon/wire/api-consent.ts";
import type { Clip } from "../../daemon/wire/api.ts";
import { parseRecipient } from "../../daemon/seal/age/keys.ts";
import { registrarKeys } from "../../scripts/rigs/agency.ts";
import { startDaemon, type Daemon } from "../../scripts/rigs/daemon.ts";
import {
  composeOrder,
  postOrder,
  readOverHttp,
  revocationOf,
  type ComposedGrant,
} from "../../scripts/rigs/grant.ts";
import { testKeys } from "../../scripts/rigs/paired.ts";
import { doorOf, getJson, putJson } from "../../scripts/rigs/person.ts";
import { TestLog } from "../../scripts/rigs/public-log.ts";
import { openTcpProxy, type TcpProxy } from "../../scripts/rigs/tcp-proxy.ts";
import { openDock, sha256, type TestDock } from "../../scripts/rigs/tus-dock.ts";
import { writeClip } from "../daemon/keeper/clip-on-disk.ts";
import { tempFolder } from "../daemon/keeper/temp-folder.ts";

const mib = 1_048_576;
const clipId = "clip-000001";
const id = "grant-000001";
const ada = testKeys(1);
const wait = { timeout: 60_000, interval: 50 };
const timeout = 90_000;

interface Rig extends AsyncDisposable {
  readonly daemon: Daemon;
  readonly dock: TestDock;
  readonly proxy: TcpProxy;
  readonly granted: ComposedGrant;
  readonly card: () => Promise<GrantCard>;
  /** Until so much of the parcel lies at the dock. */
  there(bytes: number): Promise<void>;
}

/** A parcel of some 5 MB is on its way and is held up in the middle of its second MiB. */
async function openRig(): Promise<Rig> {
  await using stack = new AsyncDisposableStack();
  const data = stack.use(await tempFolder()).path;
  const startWallMs = Date.now() - 3_600_000;
  const sealTo = [parseRecipient(ada.sealTo)];
  await writeClip(dataPaths(data), { id: clipId, startWallMs, fragments: 4, bytesEach: 1_500_000, sealTo });
  const dock = stack.use(await openDock());
  const proxy = stack.use(await openTcpProxy({ targetPort: dock.port }));
  const portal = `http://127.0.0.1:${proxy.port}`;
  const flags = [
    ..."--camera.width=320 --camera.height=180 --camera.fps=10 --sim.visitorsPerHour=0".split(" "),
    `--portal.url=${portal}`,
    `--portal.logKey=${new TestLog().logKey}`,
    `--portal.registrarKey=${registrarKeys.signKey}`,
    "--portal.pollMinutes=1440", // the log is no part of this
    "--consent.coolingOffS=0",
  ];
  const daemon = stack.use(await startDaemon({ data, flags }));
  const clip = await vi.waitFor(() => getJson<Clip>(daemon.owner, `/api/clips/${clipId}`), wait);
  const { device } = await doorOf(daemon.url);
  const granted = await composeOrder(
    {
      id,
      owner: ada,
      device,
      destination: { kind: "link" },
      recipient: {
        name: "whoever has the link",
        sealTo: testKeys(20).sealTo,
        deliverTo: `${portal}/dock/shares`,
      },
      choices: [{ clip, indexes: [0, 1, 2] }],
      nowMs: Date.now(),
    },
    readOverHttp(daemon.owner),
  );
  proxy.holdAfter(1.5 * mib);
  await postOrder(daemon.owner, granted.order);
  const there = (bytes: number): Promise<void> =>
    vi.waitFor(async () => {
      const [upload] = await dock.uploads();
      expect(upload?.bytes.length ?? 0).toBeGreaterThanOrEqual(bytes);
    }, wait);
  await there(1.2 * mib);
  const open = stack.move();
  return {
    daemon,
    dock,
    proxy,
    granted,
    there,
    card: () => getJson<GrantCard>(daemon.owner, `/api/grants/${id}`),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

async function arrives({ card, dock, granted }: Rig): Promise<void> {
  await vi.waitFor(async () => expect((await card()).state).toBe("delivered"), wait);
  const [upload, ...others] = await dock.uploads();
  expect(others).toEqual([]);
  expect(upload?.size).toBe(granted.parcel.length);
  expect(sha256(upload?.bytes ?? new Uint8Array())).toBe(sha256(granted.parcel));
}

test(
  "the courier is killed in mid-chunk: the next one goes on, and what arrives is what was granted",
  { timeout },
  async () => {
    await using rig = await openRig();
    const before = await rig.daemon.pid("courier");
    process.kill(before, "SIGKILL");
    rig.proxy.cut();
    rig.proxy.release();
    await arrives(rig);
    expect(await rig.daemon.pid("courier")).not.toBe(before);
  },
);

test("the keeper is killed while a parcel is on its way: it arrives, once", { timeout }, async () => {
  await using rig = await openRig();
  process.kill(await rig.daemon.pid("keeper"), "SIGKILL");
  rig.proxy.release();
  await vi.waitFor(async () => expect((await rig.daemon.fetch("/healthz")).ok).toBe(true), wait);
  await arrives(rig);
});

test(
  "revoked in mid-chunk, no more than that chunk leaves, and the dock forgets it",
  { timeout },
  async () => {
    await using rig = await openRig();
    const [before] = await rig.dock.uploads();
    const envelope = revocationOf(rig.granted.grant, ada, Date.now());
    const answer = await putJson(rig.daemon.owner, `/api/grants/${id}/revoke`, { envelope }, "POST");
    expect(answer.status).toBe(200);
    const upBytes = rig.proxy.upBytes;
    rig.proxy.release();
    await vi.waitFor(async () => expect(await rig.dock.uploads()).toEqual([]), wait);
    expect((await rig.card()).state).toBe("revoked");
    // what the chunk had left to go, at most, and the words around it
    expect(rig.proxy.upBytes - upBytes).toBeLessThan(mib + 2_000);
    expect(before?.bytes.length).toBeLessThan(rig.granted.parcel.length);
  },
);
