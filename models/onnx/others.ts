/**
 * Others: files that people take for ONNX, known by their first bytes, and what to do about each.
 *
 * ONNX itself has no such mark; what is none of these is read on.
 */
import { Fault } from "../../hal/fault.ts";

interface Other {
  readonly what: string;
  readonly hint: string;
  readonly at: number;
  readonly mark: string;
}

const exported = "export it to ONNX with the tool that made it (docs/models.md)";
const fetched = "fetch the file itself";

const others: readonly Other[] = [
  { what: "a zip archive or a PyTorch checkpoint", hint: exported, at: 0, mark: "PK\u0003\u0004" },
  { what: "an old PyTorch checkpoint", hint: exported, at: 0, mark: "\u0080\u0002" },
  { what: "a TensorFlow Lite file", hint: exported, at: 4, mark: "TFL3" },
  { what: "an onnxruntime file (.ort)", hint: "use the .onnx file it was made from", at: 4, mark: "ORTM" },
  { what: "a Keras file (HDF5)", hint: exported, at: 0, mark: "\u0089HDF" },
  { what: "a gzip archive", hint: "unpack it first", at: 0, mark: "\u001f\u008b" },
  {
    what: "a pointer of git-lfs",
    hint: "git lfs pull, then take the file",
    at: 0,
    mark: "version https://git-lfs",
  },
  { what: "a web page", hint: fetched, at: 0, mark: "<!" },
  { what: "a web page", hint: fetched, at: 0, mark: "<html" },
  { what: "JSON", hint: fetched, at: 0, mark: "{" },
];

/** In ASCII or UTF-8. Every ONNX file begins with bytes that no text has: its version, and lengths. */
function isText(head: string): boolean {
  // oxlint-disable-next-line no-control-regex -- it is these that make the difference
  return !/[\u0000-\u0008\u000b\u000e-\u001f\u007f\u00c0\u00c1\u00f5-\u00ff]/u.test(head);
}

export function refuseOthers(file: Uint8Array): void {
  const head = Buffer.from(file.subarray(0, 64)).toString("latin1");
  if (head === "") throw new Fault("invalid", "not an ONNX file: it is empty", { hint: fetched });
  const other = others.find(({ at, mark }) => head.startsWith(mark, at));
  if (other !== undefined)
    throw new Fault("invalid", `not an ONNX file: it looks like ${other.what}`, { hint: other.hint });
  if (isText(head)) throw new Fault("invalid", "not an ONNX file: it looks like text", { hint: fetched });
}
