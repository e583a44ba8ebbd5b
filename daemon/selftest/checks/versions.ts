/**
 * Versions: does one version of Sill run, the one that is installed, on a Node that is new enough?
 *
 * An upgrade that was cut off leaves a package half installed, a process of the version before, or a new version on
 * the disk that nobody has started.
 */
import { z } from "zod";
import type { Check, CheckContext, CheckResult } from "../check.ts";
import { firstLine } from "../machine.ts";
import { failed, passed, warned } from "./said.ts";

const leastNode = 24;
const installed = "install ok installed";

const versionSchema = z.object({ sill: z.string() });

export const versions: Check = {
  id: "versions",
  group: "system",
  title: "The software is of a version that works, all of it of the same",
  mostMs: 20_000,
  async run(context) {
    const { machine, sill } = context;
    const { node } = machine;
    const kernel = (await firstLine(machine, "/proc/sys/kernel/osrelease")) ?? "unknown";
    const os = /^PRETTY_NAME="?([^"\n]*)/mu.exec((await machine.read("/etc/os-release")) ?? "")?.[1];
    const seen = `Sill ${sill}, Node ${node}, kernel ${kernel}${os === undefined ? "" : `, ${os}`}`;
    if (Number(node.split(".")[0]) < leastNode)
      return failed(seen, `Sill needs Node ${leastNode}: start it with ./sill, which brings its own`);
    return mixed(context) ?? (await ofPackage(context)) ?? (await onDisk(context)) ?? passed(seen);
  },
};

/** Of the processes of a running house. */
function mixed({ door, sill }: CheckContext): CheckResult | null {
  const other = door.processes().find((each) => each.sill !== sill);
  return other === undefined
    ? null
    : failed(
        `the keeper is of version ${sill}, the ${other.name} of ${other.sill ?? "one that does not tell"}`,
        "an upgrade stopped half way: sudo systemctl restart sill.target starts all of them anew",
      );
}

/** Null = no package of Sill is here, or all is well. */
async function ofPackage({ machine, sill }: CheckContext): Promise<CheckResult | null> {
  const told = await machine.run("dpkg-query", ["-W", "-f=${Status}\\t${Version}", "sill"]);
  const [status = "", version = ""] = (told ?? "").trim().split("\t");
  if (version === "" || !status.startsWith("install ")) return null;
  if (status !== installed)
    return failed(
      `the package sill ${version} is not whole (${status})`,
      "an installation was cut off: sudo dpkg --configure -a, then install the package again",
    );
  if (version === sill) return null;
  return warned(
    `version ${sill} runs, the package is of version ${version}`,
    "either the new version did not stay well and the one before came back (journalctl -u sill-gate says why), or nothing was started anew yet: sudo systemctl restart sill.target",
  );
}

/** Null = as what runs, or it does not tell. */
async function onDisk({ machine, sill }: CheckContext): Promise<CheckResult | null> {
  const told = await machine.run("sill", ["version", "--json"]);
  const found = versionSchema.safeParse(jsonIn(told));
  if (!found.success || found.data.sill === sill) return null;
  return failed(
    `version ${sill} runs, and version ${found.data.sill} lies on the disk`,
    "start the doorbell anew: sudo systemctl restart sill.target, or end sill run and begin it again",
  );
}

function jsonIn(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return null;
  }
}
