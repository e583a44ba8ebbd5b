/**
 * The sockets of a keeper that is a user of its own, in the folders that the package lays out, knocked at by each of the
 * users of a device: a real process for each.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "../../../scripts/rigs/sill.ts";
import { until } from "./page.ts";
import { tempFolder, type TempFolder } from "./temp-folder.ts";

const repository = new URL("../../../", import.meta.url);
const entry = fileURLToPath(new URL("daemon/cli/main.ts", repository));
const isRoot = process.getuid?.() === 0;

/** Nobody on this machine has these. */
const ids: Readonly<Record<string, number>> = {
  root: 0,
  "sill-keeper": 64_101,
  "sill-eye": 64_102,
  "sill-courier": 64_103,
  "sill-rtsp": 64_105,
  sill: 64_104,
};
const idOf = (name: string): number => ids[name] ?? Number.NaN;

interface User {
  readonly uid: number;
  readonly gid: number;
  readonly groups?: readonly number[];
}
const eye: User = { uid: idOf("sill-eye"), gid: idOf("sill-eye") };
const courier: User = { uid: idOf("sill-courier"), gid: idOf("sill-courier") };
const rtsp: User = { uid: idOf("sill-rtsp"), gid: idOf("sill-rtsp") };
const member: User = { uid: 64_110, gid: 64_110, groups: [idOf("sill")] };
const stranger: User = { uid: 64_111, gid: 64_111 };

let root: TempFolder;
let keeper: ReturnType<typeof spawn>;

/** A command line as this user. */
function as({ uid, gid, groups = [] }: User, ...line: string[]): string[] {
  const more = groups.length === 0 ? ["--clear-groups"] : [`--groups=${groups.join(",")}`];
  return ["setpriv", `--reuid=${uid}`, `--regid=${gid}`, ...more, process.execPath, ...line];
}

const at = (path: string): string => join(root.path, path);
const place = (): string[] => ["--data", at("var/lib/sill/house"), "--run", at("run/sill")];

/** "open", or the error. */
async function knock(user: User, socket: string): Promise<string> {
  const code = `const s=require("net").connect(process.argv[1]);s.on("connect",()=>{console.log("open");process.exit(0)});s.on("error",(e)=>console.log(e.code))`;
  const { stdout } = await run(as(user, "-e", code, at(`run/sill/${socket}/${socket}.sock`)));
  return stdout.trim();
}

beforeAll(async () => {
  if (!isRoot) return;
  root = await tempFolder();
  await chmod(root.path, 0o755);
  const layout = await readFile(new URL("scripts/package/debian/tmpfiles.conf", repository), "utf8");
  for (const [, path = "", mode = "", user = "", group = ""] of layout.matchAll(
    /^d (\S+) (\d{4}) (\S+) (\S+)$/gmu,
  )) {
    await mkdir(at(path), { recursive: true });
    await chown(at(path), idOf(user), idOf(group));
    await chmod(at(path), Number.parseInt(mode, 8)); // after chown, which takes setgid away
  }
  for (const path of ["var", "var/lib", "run"]) await chmod(at(path), 0o755);
  const who: User = { uid: idOf("sill-keeper"), gid: idOf("sill-keeper"), groups: [idOf("sill"), eye.gid] };
  const [file = "", ...args] = as(who, entry, "keeper", ...place(), "--web.port=0", "--rtsp.enabled=true");
  const mask = process.umask(0o007); // as the unit's UMask
  keeper = spawn(file, args, { stdio: "ignore", cwd: "/" });
  process.umask(mask);
  await until(async () => (await knock({ uid: 0, gid: 0 }, "control")) === "open", 30_000);
}, 60_000);

afterAll(async () => {
  if (!isRoot) return;
  const over = once(keeper, "close");
  keeper.kill("SIGTERM");
  await over;
  await root[Symbol.asyncDispose]();
}, 30_000);

test.skipIf(!isRoot)("each socket is the keeper's, and open to one group beside it", async () => {
  for (const [socket, group] of [
    ["eye", "sill-eye"],
    ["courier", "sill-courier"],
    ["rtsp", "sill-rtsp"],
    ["control", "sill"],
  ] as const) {
    const { uid, gid, mode } = await stat(at(`run/sill/${socket}/${socket}.sock`));
    expect([socket, uid, gid, (mode & 0o777).toString(8)]).toEqual([
      socket,
      idOf("sill-keeper"),
      idOf(group),
      "660",
    ]);
  }
});

test.skipIf(!isRoot).each([
  ["the eye", eye, { eye: "open", courier: "EACCES", rtsp: "EACCES", control: "EACCES" }],
  ["the courier", courier, { eye: "EACCES", courier: "open", rtsp: "EACCES", control: "EACCES" }],
  ["RTSP", rtsp, { eye: "EACCES", courier: "EACCES", rtsp: "open", control: "EACCES" }],
  [
    "somebody in the group sill",
    member,
    { eye: "EACCES", courier: "EACCES", rtsp: "EACCES", control: "open" },
  ],
  ["anybody else", stranger, { eye: "EACCES", courier: "EACCES", rtsp: "EACCES", control: "EACCES" }],
] as const)("%s is let in where they belong, and nowhere else", async (_who, user, doors) => {
  for (const [socket, answer] of Object.entries(doors))
    expect([socket, await knock(user, socket)]).toEqual([socket, answer]);
});

test.skipIf(!isRoot)("a member of the group tests the house; anybody else is told whom to ask", async () => {
  const line = ["selftest", "--unattended", "--only=clock-sense", ...place()];
  const theirs = await run(as(member, "--disable-warning=ExperimentalWarning", entry, ...line));
  expect([theirs.code, theirs.stdout]).toEqual([0, expect.stringMatching(/beside a running\s+house/u)]);
  const others = await run(as(stranger, "--disable-warning=ExperimentalWarning", entry, ...line));
  expect(others.code).toBe(4);
  expect(others.stderr).toMatch(/runs as another user\nhint: .*a member of the group sill/u);
});
