/** A written model with the manifest that goes with it. */
import { createHash } from "node:crypto";
import type { Manifest } from "../../../models/manifest.ts";
import { manifestOf } from "../manifests.ts";
import { constant, writeOnnx, type Graph, type Value } from "./writer.ts";

/** A model that takes `input` and gives each output as zeros, whatever it sees. */
export function zeros(
  inputs: readonly Value[],
  outputs: readonly Value[],
  more: Partial<Graph> = {},
): Uint8Array {
  const nodes = outputs.map(({ name, dims, type }) => {
    const whole = dims.map((dim) => (typeof dim === "number" ? dim : 1));
    const length = whole.reduce((product, dim) => product * dim, 1);
    return constant(name, whole, type === "int64" ? new BigInt64Array(length) : new Float32Array(length));
  });
  return writeOnnx({ inputs, outputs, nodes, ...more });
}

export function manifestFor(file: Uint8Array, base: object, changes: object = {}): Manifest {
  const sha256 = createHash("sha256").update(file).digest("hex");
  return manifestOf(base, { sha256, bytes: file.length, ...changes });
}
