/**
 * Upload: a recording of some minutes that an owner shares, on its way to a dock at the pace of a fast line.
 */
import { mkdir } from "node:fs/promises";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClipManifest } from "../../../daemon/wire/manifest.ts";
import type { Clip } from "../../../daemon/wire/api.ts";
import { parseRecipient } from "../../../daemon/seal/age/keys.ts";
import { writeDurableJson } from "../../../daemon/seal/durable.ts";
import { writeSealed } from "../../../daemon/seal/write.ts";
import { clipFiles, clipFolder, dataPaths } from "../../../daemon/wire/paths.ts";
import { registrarKeys } from "../../rigs/agency.ts";
import type { Daemon } from "../../rigs/daemon.ts";
import { composeOrder, postOrder, readOverHttp } from "../../rigs/grant.ts";
import { testKeys } from "../../rigs/paired.ts";
import { doorOf, getJson } from "../../rigs/person.ts";
import { TestLog } from "../../rigs/public-log.ts";
import { openTcpProxy } from "../../rigs/tcp-proxy.ts";
import { openDock } from "../../rigs/tus-dock.ts";

const clipId = "clip-000001";
const fragments = 60;
const fragmentBytes = 2_000_000;
const fragmentMs = 2_000;
/** 40 Mbit/s. */
const bytesPerS = 5_000_000;
const tickMs = 100;
const ada = testKeys(1);

export interface Upload extends AsyncDisposable {
  /** The house whose recording it is. */
  readonly house: { readonly data: string; readonly flags: readonly string[] };
  /** Resolves when the first bytes are on their way. */
  begin(daemon: Daemon): Promise<void>;
  sentBytes(): Promise<number>;
}

export async function openUpload(): Promise<Upload> {
  await using stack = new AsyncDisposableStack();
  const data = await mkdtemp(join(tmpdir(), "sill-upload-"));
  stack.defer(() => rm(data, { recursive: true, force: true }));
  await writeClip(data);
  const dock = stack.use(await openDock());
  const proxy = stack.use(await openTcpProxy({ targetPort: dock.port }));
  const portal = `http://127.0.0.1:${proxy.port}`;
  const pace = setInterval(() => {
    proxy.release();
    proxy.holdAfter((bytesPerS * tickMs) / 1_000);
  }, tickMs);
  stack.defer(() => clearInterval(pace));
  const sentBytes = async (): Promise<number> => proxy.upBytes;
  const open = stack.move();
  return {
    house: {
      data,
      flags: [
        `--portal.url=${portal}`,
        `--portal.logKey=${new TestLog().logKey}`,
        `--portal.registrarKey=${registrarKeys.signKey}`,
        "--portal.pollMinutes=1440",
        "--consent.coolingOffS=0",
      ],
    },
    async begin(daemon) {
      await postOrder(daemon.owner, (await composed(daemon, portal)).order);
      while ((await sentBytes()) < fragmentBytes) await new Promise((resolve) => setTimeout(resolve, tickMs));
    },
    sentBytes,
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

async function composed(daemon: Daemon, portal: string) {
  const clip = await getJson<Clip>(daemon.owner, `/api/clips/${clipId}`);
  const { device } = await doorOf(daemon.url);
  return composeOrder(
    {
      id: "grant-000001",
      owner: ada,
      device,
      destination: { kind: "link" },
      recipient: {
        name: "whoever has the link",
        sealTo: testKeys(20).sealTo,
        deliverTo: `${portal}/dock/shares`,
      },
      choices: [{ clip, indexes: clip.fragments.map(({ index }) => index) }],
      nowMs: Date.now(),
    },
    readOverHttp(daemon.owner),
  );
}

/** As the eye leaves it. */
async function writeClip(data: string): Promise<void> {
  const startWallMs = Date.now() - 3_600_000;
  const sealTo = [parseRecipient(ada.sealTo)];
  const folder = clipFolder(dataPaths(data), clipId, startWallMs);
  await mkdir(folder, { recursive: true });
  await writeSealed(join(folder, clipFiles.init), Buffer.from("init"), sealTo);
  const written: ClipManifest["fragments"] = [];
  for (let index = 0; index < fragments; index += 1) {
    const sealed = await writeSealed(
      join(folder, clipFiles.fragment(index)),
      Buffer.alloc(fragmentBytes, 65),
      sealTo,
    );
    written.push({ index, startMs: index * fragmentMs, durationMs: fragmentMs, ...sealed });
  }
  await writeDurableJson(join(folder, clipFiles.manifest), {
    version: 1,
    clip: clipId,
    startWallMs,
    codec: "avc1.42c01f",
    width: 640,
    height: 480,
    events: [{ event: "event-000001", kind: "motion", startWallMs }],
    fragments: written,
    closed: { endWallMs: startWallMs + fragments * fragmentMs, reason: "quiet" },
  } satisfies ClipManifest);
}
