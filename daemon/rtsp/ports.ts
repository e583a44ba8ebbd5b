/**
 * Ports: RTSP, ONVIF and the answer to who looks for cameras, opened and closed together.
 */
import type { Settings } from "../../config/schema.ts";
import { Fault } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import { readSecretOf } from "../files/secret.ts";
import type { Attempts } from "./auth/attempts.ts";
import { Digest } from "./auth/digest.ts";
import { UsernameTokens } from "./auth/username-token.ts";
import type { Door } from "./door.ts";
import type { About } from "./onvif/about.ts";
import { Discovery } from "./onvif/discovery.ts";
import type { PullPoints } from "./onvif/pull-points.ts";
import { OnvifServer } from "./onvif/server.ts";
import type { Feed } from "./picture/feed.ts";
import type { Counts } from "./server/counts.ts";
import { RtspServer } from "./server/server.ts";

const realm = "Sill";
const leastPassword = 12;

export interface PortsOptions {
  readonly settings: Settings["rtsp"];
  readonly clock: Clock;
  readonly door: Door;
  readonly feed: Feed;
  readonly attempts: Attempts;
  readonly points: PullPoints;
  readonly counts: Counts;
  readonly onvifCounts: Counts;
  readonly about: () => About;
  readonly snapshot: (from: string) => Promise<Uint8Array>;
}

export interface Ports extends AsyncDisposable {
  readonly rtsp: RtspServer;
  /** null = not switched on. */
  readonly onvif: OnvifServer | null;
  readonly discovery: Discovery | null;
}

/** All or none. Throws Fault: no password, a port in use. */
export async function openPorts(options: PortsOptions): Promise<Ports> {
  const { settings, clock, door, feed, attempts, points, counts, onvifCounts, about, snapshot } = options;
  const { host, user } = settings;
  const who = { user, password: await readPassword(settings.passwordFile) };
  await using stack = new AsyncDisposableStack();
  const digest = new Digest({ clock, realm, ...who });
  stack.defer(() => points.closeAll());
  const port = settings.streamPort;
  const rtsp = stack.use(await RtspServer.open({ host, port, clock, door, feed, digest, attempts, counts }));
  const openOnvif = (): Promise<OnvifServer> =>
    OnvifServer.open({
      host,
      port: settings.onvifPort,
      clock,
      digest,
      userTokens: new UsernameTokens(clock, who),
      attempts,
      points,
      counts: onvifCounts,
      about,
      streamPort: () => rtsp.port,
      snapshot,
    });
  const onvif = settings.onvif ? stack.use(await openOnvif()) : null;
  const isFound = settings.discovery && onvif !== null;
  const discovery = isFound ? stack.use(await Discovery.open({ clock, about, onvifPort: onvif.port })) : null;
  const opened = stack.move();
  return { rtsp, onvif, discovery, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

async function readPassword(file: string): Promise<string> {
  const password = await readSecretOf("RTSP process", file, "rtsp.passwordFile");
  if (password !== null && password.length >= leastPassword) return password;
  const what =
    password === null
      ? "rtsp.passwordFile is not set"
      : `the password of rtsp.passwordFile has less than ${leastPassword} characters`;
  throw new Fault("invalid", `${what}: nothing is given by RTSP`, {
    hint: "openssl rand -hex 16 makes one; write it into a file that the user of the RTSP process may read",
  });
}
