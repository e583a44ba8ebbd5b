/**
 * Graph: inputs, outputs, operations and tensors of a GraphProto, with the graphs inside its nodes.
 *
 * Tensors' data is never looked at, only whether it lies in another file. Bounded: so many nodes and tensors, so
 * deep a nesting and no more; nothing here recurses further than `maxDepth`.
 */
import type { TensorInfo } from "./summary.ts";
import { maxNameBytes, readTensorInfo } from "./tensor-info.ts";
import { corrupt, type Wire } from "./wire.ts";

const maxDepth = 8;
const maxNodes = 100_000;
const maxTensors = 100_000;
const maxEnds = 64;
const maxDomains = 32;

/** What was seen so far, of one file. */
export class Findings {
  nodes = 0;
  tensors = 0;
  external: string | null = null;
  readonly domains = new Set<string>();

  domain(name: string): void {
    this.domains.add(name);
    if (this.domains.size > maxDomains) throw corrupt(`operations of more than ${maxDomains} domains`);
  }
}

export interface GraphEnds {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
}

/** GraphProto. Inputs that an initializer has the value of are none (files of IR 3 list them). */
export function readGraph(graph: Wire, findings: Findings, depth = 0): GraphEnds {
  if (depth > maxDepth) throw corrupt(`graphs inside graphs, more than ${maxDepth} deep`);
  const inputs: TensorInfo[] = [];
  const outputs: TensorInfo[] = [];
  const known = new Set<string>();
  while (graph.next()) {
    if (graph.field === 1) readNode(graph.message(), findings, depth);
    else if (graph.field === 5) known.add(readTensor(graph.message(), findings));
    else if (graph.field === 15) known.add(readSparse(graph.message(), findings));
    else if (graph.field === 11) inputs.push(readTensorInfo(graph.message()));
    else if (graph.field === 12) outputs.push(readTensorInfo(graph.message()));
    else graph.skip();
    // With as many as there may be tensors: old files list each of them as an input.
    if (inputs.length > maxTensors || outputs.length > maxEnds) throw corrupt("too many inputs or outputs");
  }
  const open = inputs.filter(({ name }) => !known.has(name));
  if (open.length > maxEnds) throw corrupt("too many inputs");
  return { inputs: open, outputs };
}

/** NodeProto, in a graph or a function. */
export function readNode(node: Wire, findings: Findings, depth: number): void {
  findings.nodes += 1;
  if (findings.nodes > maxNodes) throw corrupt(`more than ${maxNodes} nodes`);
  let domain = "";
  while (node.next()) {
    if (node.field === 7) domain = node.text(maxNameBytes);
    else if (node.field === 5) readAttribute(node.message(), findings, depth);
    else node.skip();
  }
  findings.domain(domain === "ai.onnx" ? "" : domain);
}

/** AttributeProto, of a node or a function: tensors and graphs may be in it. */
export function readAttribute(attribute: Wire, findings: Findings, depth: number): void {
  while (attribute.next()) {
    if (attribute.field === 5 || attribute.field === 10) readTensor(attribute.message(), findings);
    else if (attribute.field === 22 || attribute.field === 23) readSparse(attribute.message(), findings);
    else if (attribute.field === 6 || attribute.field === 11)
      readGraph(attribute.message(), findings, depth + 1);
    else attribute.skip();
  }
}

/** SparseTensorProto; the name is that of its values. */
function readSparse(sparse: Wire, findings: Findings): string {
  let name = "";
  while (sparse.next()) {
    if (sparse.field === 1) name = readTensor(sparse.message(), findings);
    else if (sparse.field === 2) readTensor(sparse.message(), findings);
    else sparse.skip();
  }
  return name;
}

/** TensorProto: its name, and whether its data is elsewhere (external_data, data_location). */
function readTensor(tensor: Wire, findings: Findings): string {
  findings.tensors += 1;
  if (findings.tensors > maxTensors) throw corrupt(`more than ${maxTensors} tensors`);
  let name = "";
  let external = false;
  while (tensor.next()) {
    if (tensor.field === 8) name = tensor.text(maxNameBytes);
    else if (tensor.field === 14) external = tensor.int() !== 0 || external;
    else {
      external ||= tensor.field === 13;
      tensor.skip();
    }
  }
  if (external) findings.external ??= name.slice(0, 80);
  return name;
}
