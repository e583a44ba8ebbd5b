/** Probe: what a process in the cage of a unit of ours can do, tried by one that is not ours. */
import { readFileSync } from "node:fs";
import { vi } from "vitest";
import type { Container } from "../../scripts/rigs/container.ts";

/** Each is an expression of the probe's script; its answer is "done", an errno, or words. */
export const probe = {
  connect: (host: string, port: number): string => `connect({ host: "${host}", port: ${port} })`,
  knock: (path: string): string => `connect({ path: "${path}" })`,
  lookUp: (name: string): string => `lookUp("${name}")`,
  interfaces: (): string => "interfaces()",
  read: (path: string): string => `tried(() => fs.readFileSync("${path}"))`,
  list: (path: string): string => `tried(() => fs.readdirSync("${path}"))`,
  write: (path: string): string => `tried(() => fs.closeSync(fs.openSync("${path}", "a")))`,
  rename: (from: string, to: string): string => `tried(() => fs.renameSync("${from}", "${to}"))`,
  device: (name: string): string => `tried(() => fs.closeSync(fs.openSync("/dev/${name}", "r+")))`,
};

const script = (questions: Readonly<Record<string, string>>): string => `
import fs from "node:fs";
import net from "node:net";
import dns from "node:dns/promises";
const tried = (act) => { try { act(); return "done"; } catch (error) { return error.code; } };
const connect = (to) => new Promise((resolve) => {
  const socket = net.connect({ ...to, timeout: 2000 });
  socket.once("connect", () => { socket.destroy(); resolve("done"); });
  socket.once("timeout", () => { socket.destroy(); resolve("nobody answers"); });
  socket.once("error", (error) => resolve(error.code));
});
const lookUp = (name) => dns.resolve4(name).then(() => "done", () => "failed");
const interfaces = () => fs.readFileSync("/proc/net/dev", "utf8").split("\\n").slice(2).map((line) => line.split(":")[0].trim()).filter(Boolean).join(" ");
const said = {};
${Object.entries(questions)
  .map(([name, ask]) => `said.${name} = await ${ask};`)
  .join("\n")}
console.log(JSON.stringify(said));
`;

/** Runs in a unit that is `unit` word by word but for what it starts. */
export async function probeIn(
  box: Pick<Container, "root" | "run" | "ok" | "write">,
  unit: string,
  questions: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  // everybody may by their modes: what says no is the unit
  for (const node of ["video0 c 81 0", "gpiochip0 c 254 0"])
    await box.run(["sh", "-c", `mknod -m 666 /dev/${node}`]);
  box.write("/usr/local/lib/sill-probe.mjs", script(questions));
  const text = readFileSync(`${box.root}/usr/lib/sill/current/systemd/${unit}.service`, "utf8")
    .replace(
      /^ExecStart=.*$/mu,
      "ExecStart=/usr/lib/sill/current/bin/node /usr/local/lib/sill-probe.mjs\nStandardOutput=truncate:/run/sill-probe.json",
    )
    .replace(/^Type=.*$/mu, "Type=oneshot")
    .replaceAll(/^(?:Restart|RestartSec|WatchdogSec|NotifyAccess|PartOf)=.*\n/gmu, "")
    .replaceAll(`Directory=${unit}`, "Directory=sill-probe");
  box.write("/run/systemd/system/sill-probe.service", text);
  await box.ok(["systemctl", "daemon-reload"]);
  const { code, stderr } = await box.run(["systemctl", "start", "sill-probe.service"]);
  if (code !== 0)
    throw new Error(
      `${stderr}${await box.ok(["journalctl", "-u", "sill-probe", "-o", "cat", "--no-pager"])}`,
    );
  return vi.waitFor(
    () => JSON.parse(readFileSync(`${box.root}/run/sill-probe.json`, "utf8")) as Record<string, string>,
    30_000,
  );
}
