/**
 * Read: the summary of an ONNX file (ModelProto), or a Fault that says why it is none.
 *
 * Our own small reader, so that a broken or hostile file is refused before native code parses it. Any bytes give a
 * summary or a Fault, in memory and time that grow with the file and no faster; weights are skipped over.
 * Field numbers: onnx.proto of ONNX 1.19, which later versions only add to.
 */
import { Findings, readAttribute, readGraph, readNode, type GraphEnds } from "./graph.ts";
import { refuseOthers } from "./others.ts";
import type { OnnxSummary, Opset } from "./summary.ts";
import { maxNameBytes, once } from "./tensor-info.ts";
import { corrupt, Wire } from "./wire.ts";

const maxOpsets = 32;
const maxFunctions = 10_000;

export function readOnnx(file: Uint8Array): OnnxSummary {
  refuseOthers(file);
  const model = new Wire(file);
  const findings = new Findings();
  const opsets: Opset[] = [];
  const functionDomains = new Set<string>();
  let functions = 0;
  let irVersion = 0;
  let producer = "";
  let graph: GraphEnds | null = null;
  while (model.next()) {
    if (model.field === 1) irVersion = model.int();
    else if (model.field === 2) producer = model.text(maxNameBytes);
    else if (model.field === 7) graph = once(graph, readGraph(model.message(), findings));
    else if (model.field === 8) opsets.push(readOpset(model.message()));
    else if (model.field === 25) {
      functions += 1;
      functionDomains.add(readFunction(model.message(), findings));
    } else model.skip();
    if (opsets.length > maxOpsets || functions > maxFunctions) throw corrupt("too many opsets or functions");
  }
  if (irVersion < 1 || graph === null) throw corrupt("no version or no graph in it");
  return {
    irVersion,
    producer: producer.slice(0, 80),
    opsets,
    ...graph,
    nodes: findings.nodes,
    domains: [...findings.domains],
    functionDomains: [...functionDomains],
    initializers: findings.tensors,
    external: findings.external,
  };
}

/** OperatorSetIdProto. */
function readOpset(opset: Wire): Opset {
  let domain = "";
  let version = 0;
  while (opset.next()) {
    if (opset.field === 1) domain = opset.text(maxNameBytes);
    else if (opset.field === 2) version = opset.int();
    else opset.skip();
  }
  return { domain: domain === "ai.onnx" ? "" : domain, version };
}

/** FunctionProto: its domain; its nodes count as the graph's do. */
function readFunction(wire: Wire, findings: Findings): string {
  let domain = "";
  while (wire.next()) {
    if (wire.field === 10) domain = wire.text(maxNameBytes);
    else if (wire.field === 7) readNode(wire.message(), findings, 0);
    else if (wire.field === 11) readAttribute(wire.message(), findings, 0);
    else wire.skip();
  }
  return domain;
}
