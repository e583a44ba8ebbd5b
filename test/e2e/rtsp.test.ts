/** The masked picture as other systems of the house take it: stock clients against the whole doorbell. */
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Status } from "../../daemon/wire/api-status.ts";
import { startDaemon, type Daemon } from "../../scripts/rigs/daemon.ts";
import { OnvifClient, tag, toldBy, wsdl } from "../../scripts/rigs/onvif-client.ts";
import { getJson } from "../../scripts/rigs/person.ts";
import { RtspClient } from "../../scripts/rigs/rtsp-client.ts";
import { tempFolder } from "../daemon/keeper/temp-folder.ts";

const run = promisify(execFile);
const wait = { timeout: 60_000, interval: 50 };
const password = "a long password";
const stack = new AsyncDisposableStack();
let daemon: Daemon;
let folder = "";
let port = 0;
let onvifPort = 0;

/** Its ports are open, and there is something to see. */
async function opened(): Promise<void> {
  await vi.waitFor(async () => {
    const { rtsp } = await getJson<Status>(daemon.owner, "/api/status");
    expect([rtsp?.port, rtsp?.onvifPort, rtsp?.why]).toEqual([
      expect.any(Number),
      expect.any(Number),
      undefined,
    ]);
    port = rtsp?.port ?? 0;
    onvifPort = rtsp?.onvifPort ?? 0;
  }, wait);
}

beforeAll(async () => {
  folder = stack.use(await tempFolder()).path;
  const passwordFile = join(folder, "password");
  await writeFile(passwordFile, `${password}\n`);
  const flags = "--camera.width=640 --camera.height=360 --camera.fps=10 --sim.visitorsPerHour=0".split(" ");
  flags.push(
    `--rtsp.enabled=true`,
    "--rtsp.streamPort=0",
    "--rtsp.onvifPort=0",
    `--rtsp.passwordFile=${passwordFile}`,
  );
  daemon = stack.use(await startDaemon({ flags, policy: { publish: { rtsp: true } } }));
  await opened();
});
afterAll(() => stack.disposeAsync());

const address = (): string => `rtsp://sill:${encodeURIComponent(password)}@127.0.0.1:${port}/door`;

test("ffprobe sees the stream", async () => {
  const words = ["-v", "error", "-rtsp_transport", "tcp", "-show_entries", "stream=codec_name,width,height"];
  const { stdout } = await run("ffprobe", [...words, "-of", "csv=p=0", address()]);
  expect(stdout.trim()).toBe("h264,640,360");
});

test("ffmpeg that would rather have UDP is content with TCP", async () => {
  const frames = ["-frames:v", "12", "-f", "framemd5", "-"];
  const { stdout } = await run("ffmpeg", ["-v", "error", "-i", address(), ...frames]);
  expect(stdout.split("\n").filter((line) => line.startsWith("0,")).length).toBe(12);
});

test("GStreamer's rtspsrc takes pictures", async () => {
  const location = `location=rtsp://127.0.0.1:${port}/door`;
  const source = ["rtspsrc", location, "user-id=sill", `user-pw=${password}`, "protocols=tcp"];
  const rest = "! rtph264depay ! h264parse ! avdec_h264 ! identity eos-after=10 ! jpegenc ! filesink".split(
    " ",
  );
  const file = join(folder, "pictures");
  // 1.22 breaks off its own PAUSE when it ends, and now and then calls that an end-of-file and a failure: what it has
  // taken by then is what counts
  await run("gst-launch-1.0", ["-q", ...source, ...rest, `location=${file}`]).catch(ownEnd);
  const words = ["-v", "error", "-f", "mjpeg", "-i", file, "-f", "framemd5", "-"];
  const { stdout } = await run("ffmpeg", words);
  expect(stdout.split("\n").filter((line) => line.startsWith("0,")).length).toBeGreaterThanOrEqual(9);
});

function ownEnd(error: unknown): void {
  const { stderr = "" } = error as { stderr?: string };
  const errors = stderr.split("\n").filter((line) => line.startsWith("Could not "));
  if (errors.length > 0 && errors.every((line) => line === "Could not send message. (Received end-of-file)"))
    return;
  throw error;
}

test("a client by hand pulls frames over one connection, with either digest", async () => {
  for (const algorithm of ["MD5", "SHA-256"] as const) {
    await using client = new RtspClient({ port, password, algorithm });
    const { body } = await client.play();
    expect(body).toContain("a=rtpmap:96 H264/90000");
    await vi.waitFor(() => expect(client.nals.length).toBeGreaterThan(20), wait);
    expect(client.reports).toBeGreaterThan(0);
    const file = join(folder, "pulled.h264");
    await writeFile(file, client.annexB());
    const decode = ["-v", "error", "-f", "h264", "-i", file, "-f", "null", "-"];
    expect((await run("ffmpeg", decode)).stderr).toBe("");
  }
});

test("an ONVIF client finds stream and snapshot, and is told of a ring", async () => {
  const client = new OnvifClient({ port: onvifPort, password });
  const ofProfile = "<q:ProfileToken>door</q:ProfileToken>";
  const stream = tag(await client.ask(wsdl.media, "GetStreamUri", ofProfile), "Uri");
  expect(stream).toBe(`rtsp://127.0.0.1:${port}/door`);
  const snapshot = tag(await client.ask(wsdl.media, "GetSnapshotUri", ofProfile), "Uri");
  const taken = await client.snapshot(snapshot);
  expect([taken.status, taken.headers.get("content-type")]).toEqual([200, "image/jpeg"]);
  const file = join(folder, "snapshot.jpg");
  await writeFile(file, Buffer.from(await taken.arrayBuffer()));
  const words = ["-v", "error", "-show_entries", "stream=codec_name,width,height", "-of", "csv=p=0", file];
  expect((await run("ffprobe", words)).stdout.trim()).toBe("mjpeg,640,360");
  const life = "<q:InitialTerminationTime>PT60S</q:InitialTerminationTime>";
  const point = tag(await client.ask(wsdl.events, "CreatePullPointSubscription", life), "Address");
  const pull = () => client.ask(wsdl.events, "PullMessages", "<q:Timeout>PT30S</q:Timeout>", point);
  await pull(); // how things are
  await daemon.fetch("/api/sim/press", { method: "POST" });
  await vi.waitFor(async () => {
    const visitor = toldBy(await pull()).find(({ topic }) => topic.endsWith("/Visitor"));
    expect(visitor).toMatchObject({ operation: "Changed", value: "true" });
  }, wait);
});

test("the process that is killed is there again, and the bell has rung meanwhile", async () => {
  const before = await daemon.pid("rtsp");
  process.kill(before, "SIGKILL");
  expect((await daemon.fetch("/api/sim/press", { method: "POST" })).ok).toBe(true);
  await vi.waitFor(async () => expect(await daemon.pid("rtsp")).not.toBe(before), wait);
  await opened();
  await using client = new RtspClient({ port, password });
  await client.play();
  await vi.waitFor(() => expect(client.nals.length).toBeGreaterThan(3), wait);
});
