/**
 * Check: does this file do what this manifest says? What differs is refused with its reason, before any native code.
 *
 * Looks at size, digest, container, versions, operations' domains, inputs and outputs. What only running can show
 * (a graph that hangs, eats memory, gives NaN) is contained by the runner and the decoding.
 */
import { createHash } from "node:crypto";
import { Fault } from "../hal/fault.ts";
import type { Asked } from "./check-asked.ts";
import { checkInputs, type InputNames } from "./check-inputs.ts";
import { checkOutputs, type OutputNames } from "./check-outputs.ts";
import type { Manifest } from "./manifest.ts";
import { readOnnx } from "./onnx/read.ts";
import { quoted, type OnnxSummary } from "./onnx/summary.ts";
import { maxIrVersion, maxOpset, minOpset, runtimeDomains } from "./runtime-limits.ts";

/** Of an input or output, as in a manifest. */
const mostNameLetters = 200;

export interface CheckedModel {
  readonly summary: OnnxSummary;
  readonly inputs: InputNames;
  readonly outputs: OutputNames;
}

/** Before the file is read: `bytes` is its size on the disk, `limitBytes` of modelLimitBytes(). */
export function checkRoom(file: string, bytes: number, limitBytes: number): void {
  if (bytes <= limitBytes) return;
  throw new Fault(
    "exhausted",
    `${file} has ${mbText(bytes)}; this machine takes at most ${mbText(limitBytes)}`,
    { hint: "take a smaller variant of the model (nano, tiny), or a machine with more memory" },
  );
}

/** The same, and that it is the size of the manifest. */
export function checkSize(
  manifest: Pick<Manifest, "file" | "bytes">,
  bytes: number,
  limitBytes: number,
): void {
  checkRoom(manifest.file, bytes, limitBytes);
  if (bytes !== manifest.bytes)
    throw otherFile(`has ${bytes} bytes; its manifest says ${manifest.bytes}`, manifest.file);
}

export function checkModel(manifest: Manifest, file: Uint8Array, limitBytes: number): CheckedModel {
  checkSize(manifest, file.length, limitBytes);
  checkDigest(manifest, createHash("sha256").update(file).digest("hex"));
  return checkContent(manifest, file);
}

export function checkDigest({ file, sha256 }: Pick<Manifest, "file" | "sha256">, digest: string): void {
  if (digest !== sha256) throw otherFile("is not the file of its manifest (sha256 differs)", file);
}

/** Of a file whose size and digest are those of the manifest. */
export function checkContent(manifest: Manifest, file: Uint8Array): CheckedModel {
  const summary = readOnnx(file);
  checkRuns(summary);
  return { summary, ...checkFits(manifest, summary) };
}

/** Whether the file's ends are what the manifest says; `asked`: whoever named the file wrote this instead of a manifest. */
export function checkFits(
  manifest: Pick<Manifest, "input" | "output" | "labels">,
  summary: OnnxSummary,
  asked?: Asked,
): Pick<CheckedModel, "inputs" | "outputs"> {
  const inputs = checkInputs(manifest.input, summary, asked);
  const outputs = checkOutputs(manifest, summary, asked);
  for (const name of [inputs.picture, inputs.size ?? "", ...Object.values(outputs)]) {
    if (name.length > mostNameLetters)
      throw new Fault("invalid", `${quoted(name)} has ${name.length} letters; at most ${mostNameLetters}`, {
        hint: "export it again with shorter names for its input and outputs",
      });
  }
  return { inputs, outputs };
}

/** Whether our onnxruntime runs a file of this kind. */
export function checkRuns({ irVersion, opsets, external, domains, functionDomains }: OnnxSummary): void {
  if (irVersion > maxIrVersion)
    throw new Fault("invalid", `ONNX format (IR) ${irVersion}; at most ${maxIrVersion} runs here`, {
      hint: "export it again with an older version of the onnx package, or set model.ir_version = 10 and save it",
    });
  const opset = opsets.find(({ domain }) => domain === "")?.version;
  if (opset === undefined) throw new Fault("invalid", "the file names no opset of ONNX", { hint: again });
  if (opset > maxOpset || opset < minOpset)
    throw new Fault("invalid", `opset ${opset}; ${minOpset} to ${maxOpset} run here`, { hint: again });
  if (external !== null)
    throw new Fault(
      "invalid",
      `tensor ${quoted(external)} lies in another file; only what is in one file runs here`,
      {
        hint: "save the model with its weights inside: onnx.save(model, path, save_as_external_data=False)",
      },
    );
  const known = new Set([...runtimeDomains, ...functionDomains]);
  const foreign = domains.find((domain) => !known.has(domain));
  if (foreign !== undefined)
    throw new Fault("invalid", `operations of ${quoted(foreign)}, which onnxruntime does not have`, {
      hint: "export for plain ONNX, without operations of other vendors (TensorRT, TFLite, MMDeploy)",
    });
}

const again = `export it again with an opset from ${minOpset} to ${maxOpset}, say 17`;

function otherFile(what: string, file: string): Fault {
  return new Fault("corrupt", `${file} ${what}`, {
    hint: "fetch file and manifest again; sill models add FILE writes a manifest for another file",
  });
}

function mbText(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20)} MB`;
}
