/** Order: what the runner is told of a model, from its manifest and from what its file takes and gives. Pure. */
import { channelsOf, inputDims } from "../manifest-input.ts";
import type { Model } from "./model.ts";
import type { LoadWords } from "./words.ts";

export function loadWords({ manifest, inputs, outputs }: Model, threads: number): LoadWords {
  const { input } = manifest;
  return {
    input: {
      name: inputs.picture,
      type: input.type,
      dims: inputDims(input),
      channels: channelsOf(input),
      layout: input.layout,
      scale: input.scale,
      mean: input.mean ?? [],
      std: input.std ?? [],
      size: inputs.size === null ? null : { name: inputs.size, value: [input.width, input.height] },
    },
    outputs: [...new Set(Object.values(outputs))],
    threads,
  };
}
