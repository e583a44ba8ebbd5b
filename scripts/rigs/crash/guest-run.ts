/**
 * Guest run: boots a guest with guest-life.ts in it, and answers when somebody has signed in.
 */
import { join } from "node:path";
import { bootGuest, type GuestEnd } from "../guest/boot.ts";
import { parseCommandLine } from "../guest/options.ts";

const root = join(import.meta.dirname, "../../..");
const program = join(import.meta.dirname, "guest-life.ts");
const bootLimitS = 240;

export interface LifeInGuest {
  readonly kernel: string;
  /** The first is the doorbell's; what is written to it is logged on the second, where there is one. */
  readonly disks: readonly string[];
  /** Written to by the guest; the testimony lies in it. */
  readonly share: string;
  readonly testimony: string;
  readonly policies: boolean;
}

export interface GuestLife {
  /** Null; or why the guest ended before. */
  readonly living: Promise<GuestEnd["reason"] | null>;
  readonly ended: Promise<GuestEnd["reason"]>;
  cut(): Promise<void>;
  said(): string;
}

export async function liveInGuest(life: LifeInGuest): Promise<GuestLife> {
  const { kernel, disks, share, testimony, policies } = life;
  const [device, logDevice = ""] = ["/dev/ubda", ...(disks.length > 1 ? ["/dev/ubdb"] : [])];
  // prettier-ignore
  const words = ["--cameras", "0", "--limit", String(bootLimitS), "--share", share,
    ...disks.flatMap((disk) => ["--disk", disk]),
    "--env", `NODE_COMPILE_CACHE=${join(root, "node_modules/.cache/sill")}`,
    "--", process.execPath, program, device, testimony, policies ? "policies" : "none", logDevice];
  const { guest: wanted } = parseCommandLine(words, { cwd: root, env: process.env });
  let said = "";
  const { promise: signedIn, resolve: lives } = Promise.withResolvers<null>();
  const take = (bytes: Buffer): void => {
    said += bytes.toString();
    if (said.includes("living")) lives(null);
  };
  const guest = await bootGuest(kernel, wanted, { stdout: take, stderr: take });
  const ended = guest.ended.then(({ reason }) => reason);
  return {
    living: Promise.race([signedIn, ended]),
    ended,
    said: () => said,
    async cut() {
      guest.cut();
      await ended;
    },
  };
}
