/**
 * Upload: what it costs to carry a parcel to a dock: bytes on the wire beside the granted ones, and CPU.
 *
 * Two minutes of recording (cover letter, init segment, fragments of 2 s), chunk by chunk from a gate, over TLS to a
 * real tus server. Counted between the two: everything that TCP carries, both ways, the handshake included;
 * not the headers of TCP and IP, which are the network's (some 3 % more of whatever is sent).
 */
import { randomBytes } from "node:crypto";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { settingsSchema } from "../../config/schema.ts";
import { chunkBytes } from "../../daemon/consent/grant.ts";
import { openCourier } from "../../daemon/courier/courier.ts";
import { makeCertificatePem, makeKeyPem } from "../../daemon/keeper/tls/make.ts";
import { systemClock } from "../../hal/clock.ts";
import { Fault } from "../../hal/fault.ts";
import { openKeeperEnd, type Parcel } from "../rigs/keeper-end.ts";
import { openTcpProxy } from "../rigs/tcp-proxy.ts";
import { openDock } from "../rigs/tus-dock.ts";
import { figure, type Figure } from "./figure.ts";

const minutes = 2;
const fragmentS = 2;
const letterBytes = 3_000;
const initBytes = 1_200;

export async function benchUpload(): Promise<Figure[]> {
  const usual = await carry(2_000);
  const slow = await carry(400);
  return [
    figure("upload.overhead", usual.wireBytes / usual.grantedBytes, { unit: "wire / granted", goal: 1.03 }),
    figure("upload.overhead.400kbps", slow.wireBytes / slow.grantedBytes, { unit: "wire / granted" }),
    figure("upload.seconds", usual.ms / 1_000, { unit: "s for 30 MB" }),
  ];
}

interface Carried {
  readonly grantedBytes: number;
  readonly wireBytes: number;
  readonly ms: number;
}

async function carry(bitrateKbps: number): Promise<Carried> {
  const key = makeKeyPem();
  const plan = { names: ["127.0.0.1"], notBefore: new Date("2025-01-01"), notAfter: new Date("2035-01-01") };
  const cert = await makeCertificatePem(key, plan);
  const trusted = getCACertificates("default");
  setDefaultCACertificates([...trusted, cert]);
  try {
    await using dock = await openDock({ key, cert });
    await using proxy = await openTcpProxy({ targetPort: dock.port });
    await using keeper = await openKeeperEnd();
    const host = `127.0.0.1:${proxy.port}`;
    const settings = settingsSchema.parse({ portal: { docks: [host] } });
    const { socketPath } = keeper;
    await using _courier = openCourier({ settings, socketPath, clock: systemClock });
    await keeper.next("hello");
    const parcel = parcelTo(`https://${host}/dock/shares`, bitrateKbps);
    const startMs = systemClock.monoMs();
    keeper.carry(parcel);
    const { state, fault } = await keeper.next("parcel-state", (said) => said.state !== "sending");
    const ms = systemClock.monoMs() - startMs;
    if (state !== "delivered") throw new Fault("bug", `the parcel was not delivered: ${fault?.message}`);
    return { grantedBytes: parcel.bytes.length, wireBytes: proxy.upBytes + proxy.downBytes, ms };
  } finally {
    setDefaultCACertificates(trusted);
  }
}

function parcelTo(deliverTo: string, bitrateKbps: number): Parcel {
  const fragmentBytes = (bitrateKbps * 1_000 * fragmentS) / 8;
  const fragments = Array.from({ length: (minutes * 60) / fragmentS }, () => fragmentBytes);
  const chunks = [letterBytes, initBytes, ...fragments].flatMap(chunksOf);
  const bytes = randomBytes(chunks.reduce((sum, length) => sum + length, 0));
  return {
    bytes,
    chunks,
    order: {
      type: "parcel-send",
      grant: "bench-grant-01",
      deliverTo,
      bytes: bytes.length,
      letterBytes,
      request: "ab".repeat(32),
      keepUntil: null,
      location: null,
    },
  };
}

function chunksOf(bytes: number): number[] {
  const whole = Array.from({ length: Math.floor(bytes / chunkBytes) }, () => chunkBytes);
  return bytes % chunkBytes === 0 ? whole : [...whole, bytes % chunkBytes];
}
