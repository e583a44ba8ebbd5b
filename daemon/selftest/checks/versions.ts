/**
 * Versions and parts of the software: is all there that the eye needs?
 *
 * GStreamer is asked by a process of its own (`sill hal list`): whoever runs the self-test does not load it.
 */
import { z } from "zod";
import type { Check, CheckContext } from "../check.ts";
import { firstLine } from "../machine.ts";
import { failed, passed, skipped, warned } from "./said.ts";

const leastNode = 24;

const listSchema = z.object({
  gst: z.object({
    version: z.string().nullable(),
    encoder: z.string().nullable(),
    problems: z.array(z.string()),
  }),
});

export const versions: Check = {
  id: "versions",
  group: "system",
  title: "The software is of a version that works",
  mostMs: 5_000,
  async run({ machine }) {
    const node = process.versions.node;
    const kernel = (await firstLine(machine, "/proc/sys/kernel/osrelease")) ?? "unknown";
    const os = /^PRETTY_NAME="?([^"\n]*)/mu.exec((await machine.read("/etc/os-release")) ?? "")?.[1];
    const seen = `Node ${node}, kernel ${kernel}${os === undefined ? "" : `, ${os}`}`;
    if (Number(node.split(".")[0]) < leastNode)
      return failed(seen, `Sill needs Node ${leastNode}: start it with ./sill, which brings its own`);
    return passed(seen);
  },
};

async function asked({ machine }: CheckContext): Promise<z.output<typeof listSchema>["gst"] | null> {
  const text = await machine.run("sill", ["hal", "list", "--json"]);
  if (text === null) return null;
  try {
    return listSchema.parse(JSON.parse(text)).gst;
  } catch {
    return null;
  }
}

export const gstParts: Check = {
  id: "gst-parts",
  group: "system",
  title: "GStreamer has the parts that the eye needs",
  mostMs: 20_000,
  async run(context) {
    const gst = await asked(context);
    if (gst === null) return skipped("it could not be asked", "sill hal list says why");
    const { version, encoder, problems } = gst;
    const more = problems.join("; ");
    if (version === null) return failed("GStreamer is not there or cannot be used", more);
    if (encoder === null) return failed(`GStreamer ${version} has no encoder for H.264`, more);
    const seen = `GStreamer ${version}, encoding with ${encoder}`;
    return problems.length === 0 ? passed(seen) : warned(seen, more);
  },
};
