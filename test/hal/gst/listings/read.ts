/**
 * A listing as the input of the choices: what the kernel and GStreamer say on a machine.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isKnown, judgeNode, type JudgedNode } from "../../../../hal/gst/video-node.ts";

export interface Listing {
  readonly model: string;
  readonly elements: readonly string[];
  readonly nodes: readonly JudgedNode[];
}

export function readListing(name: string): Listing {
  const lines = readFileSync(join(import.meta.dirname, `${name}.txt`), "utf8").split("\n");
  if (lines[0] !== "# Written from public documentation, not recorded on a device.")
    throw new Error(`${name}: does not say where it is from`);
  const caps = new Map(sectionOf(lines, "caps").map(pair));
  const denied = new Set(sectionOf(lines, "denied"));
  const nodes = sectionOf(lines, "names").map((line) => {
    const [node, nodeName] = pair(line);
    return nodeOf(node, { name: nodeName, told: caps.get(node) ?? "", denied: denied.has(node) });
  });
  const elements = sectionOf(lines, "elements").map((line) => /: +(\w+):/.exec(line)?.[1] ?? "");
  return { model: sectionOf(lines, "model")[0] ?? "", elements, nodes };
}

/** As the machine itself is asked (devices.ts): what is known by name is not opened. */
function nodeOf(node: string, from: { name: string; told: string; denied: boolean }): JudgedNode {
  const [driver = "", caps = ""] = from.told.split(" ");
  const silent = from.denied || isKnown({ name: from.name, driver });
  return judgeNode({
    path: `/dev/${node}`,
    name: from.name,
    driver,
    caps: silent ? null : Number(caps),
    errno: from.denied ? "EACCES" : null,
  });
}

function sectionOf(lines: readonly string[], title: string): string[] {
  const start = lines.indexOf(`[${title}]`);
  if (start < 0) return [];
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => line.startsWith("["));
  return rest.slice(0, end < 0 ? rest.length : end).filter((line) => line !== "");
}

function pair(line: string): [string, string] {
  const at = line.indexOf(":");
  return [line.slice(0, at), line.slice(at + 1)];
}
