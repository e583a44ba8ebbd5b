/**
 * Tensor info: name, type and shape of an input or output (ValueInfoProto, TypeProto, TensorShapeProto).
 */
import { elementName, type TensorInfo } from "./summary.ts";
import { corrupt, type Wire } from "./wire.ts";

export const maxNameBytes = 1024;
const maxDims = 16;

export function readTensorInfo(value: Wire): TensorInfo {
  let name = "";
  let type: Omit<TensorInfo, "name"> | null = null;
  while (value.next()) {
    if (value.field === 1) name = value.text(maxNameBytes);
    else if (value.field === 2) type = once(type, readType(value.message()));
    else value.skip();
  }
  return { name, ...(type ?? { type: "nothing", dims: null }) };
}

/** Parsers merge a message that stands twice; ours would read the last. Nobody writes such a file in good faith. */
export function once<T>(before: T | null, value: T): T {
  if (before !== null) throw corrupt("a part that stands there twice");
  return value;
}

function readType(type: Wire): Omit<TensorInfo, "name"> {
  let tensor: Omit<TensorInfo, "name"> | null = null;
  let other: string | null = null;
  while (type.next()) {
    if (type.field === 1) tensor = once(tensor, readTensorType(type.message()));
    else {
      if ([4, 5, 7, 8, 9].includes(type.field)) other = "no tensor";
      type.skip();
    }
  }
  return other === null && tensor !== null ? tensor : { type: other ?? "nothing", dims: null };
}

function readTensorType(tensor: Wire): Omit<TensorInfo, "name"> {
  let element = 0;
  let dims: (number | null)[] | null = null;
  while (tensor.next()) {
    if (tensor.field === 1) element = tensor.int();
    else if (tensor.field === 2) dims = once(dims, readShape(tensor.message()));
    else tensor.skip();
  }
  return { type: elementName(element), dims };
}

function readShape(shape: Wire): (number | null)[] {
  const dims: (number | null)[] = [];
  while (shape.next()) {
    if (shape.field === 1) dims.push(readDim(shape.message()));
    else shape.skip();
    if (dims.length > maxDims) throw corrupt(`a shape of more than ${maxDims} dimensions`);
  }
  return dims;
}

/** A name and what is below 0 may be anything. */
function readDim(dim: Wire): number | null {
  let value: number | null = null;
  while (dim.next()) {
    if (dim.field === 1) value = dim.int();
    else {
      if (dim.field === 2) value = null;
      dim.skip();
    }
  }
  return value !== null && value >= 0 ? value : null;
}
