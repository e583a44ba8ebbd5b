/**
 * The same promises on PostgreSQL, which the test starts itself from Debian's package: a cluster in a temporary
 * folder, on a unix socket, as a user that is not root (PostgreSQL refuses root).
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe } from "vitest";
import { systemClock } from "../../../hal/clock.ts";
import { Fault } from "../../../hal/fault.ts";
import { openStore } from "../../../portal/store/open.ts";
import { portalStoreContract } from "../../contract/portal-store.ts";

const root = "/usr/lib/postgresql";
const version = existsSync(root) ? readdirSync(root).toSorted().at(-1) : undefined;
const bin = (name: string): string => join(root, version ?? "", "bin", name);
const port = "5432";
const isRoot = userInfo().uid === 0;

/** As `nobody` when we are root; setpriv becomes the command, so that a signal reaches it. */
function asUser(command: string, args: readonly string[]): [string, string[]] {
  return isRoot
    ? ["setpriv", ["--reuid=nobody", "--regid=nogroup", "--clear-groups", command, ...args]]
    : [command, [...args]];
}

describe("PostgreSQL", () => {
  let folder = "";
  let stop = async (): Promise<void> => {};
  let databases = 0;

  beforeAll(async () => {
    if (version === undefined) return;
    folder = mkdtempSync(join(tmpdir(), "sill-pg-"));
    chmodSync(folder, 0o777);
    const data = join(folder, "data");
    const [initdb, initArgs] = asUser(bin("initdb"), [
      "-D",
      data,
      "-U",
      "sill",
      "-A",
      "trust",
      "--no-sync",
      "-E",
      "UTF8",
      "--locale=C",
    ]);
    execFileSync(initdb, initArgs, { cwd: folder, stdio: "ignore" });
    const settings = [
      "listen_addresses=",
      `unix_socket_directories=${folder}`,
      "fsync=off",
      "max_connections=100",
    ];
    const [postgres, args] = asUser(bin("postgres"), [
      "-D",
      data,
      "-p",
      port,
      ...settings.flatMap((setting) => ["-c", setting]),
    ]);
    const server = spawn(postgres, args, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
    const gone = once(server, "exit");
    stop = async () => {
      server.kill("SIGINT");
      await gone;
      rmSync(folder, { recursive: true, force: true });
    };
    let said = "";
    for await (const chunk of server.stderr) {
      said += String(chunk);
      if (said.includes("ready to accept connections")) break;
    }
    if (!said.includes("ready to accept connections")) throw new Fault("unavailable", said.slice(-1_000));
  }, 60_000);

  afterAll(() => stop());

  beforeEach((context) => {
    if (version === undefined) context.skip("no PostgreSQL here: apt-get install postgresql");
  });

  portalStoreContract(async () => {
    databases += 1;
    const name = `portal${databases}`;
    const [psql, args] = asUser(bin("psql"), [
      "-h",
      folder,
      "-p",
      port,
      "-U",
      "sill",
      "-d",
      "postgres",
      "-qc",
      `CREATE DATABASE ${name}`,
    ]);
    execFileSync(psql, args, { cwd: folder });
    const url = `postgres://sill@localhost/${name}?host=${encodeURIComponent(folder)}&port=${port}`;
    return openStore({ data: folder, url, clock: systemClock });
  });
});
