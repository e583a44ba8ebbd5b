/**
 * Reading: one model's side of the eye: frames become samples for its process, and what comes back becomes Found.
 *
 * Samples travel as bytes, a quarter of what figures take; the process makes figures of them (to-figures.ts). The cuts
 * are copies, so a frame need not wait for an answer.
 */
import type { FrameGeometry, MaskedFrame } from "../../hal/frame.ts";
import type { BoxPx } from "../../hal/geometry.ts";
import type { Tensor } from "../tensor.ts";
import type { OutputRole } from "../check-outputs.ts";
import { Decoder } from "../decode/decoder.ts";
import type { Found } from "../detector.ts";
import { Input } from "../input/input.ts";
import { place, type Placement } from "../input/placement.ts";
import type { InputSpec } from "../manifest-input.ts";
import type { Given } from "./process.ts";
import type { Model } from "./model.ts";

/** One picture that a model is shown, and where it lay. */
export interface Shot {
  readonly samples: Uint8Array;
  readonly frame: FrameGeometry;
  readonly region: BoxPx;
  readonly placement: Placement;
}

const grey = 114;

export class Reading {
  readonly #model: Model;
  readonly #input: Input;
  readonly #decoder: Decoder;

  constructor(model: Model) {
    this.#model = model;
    this.#input = new Input(asSamples(model.manifest.input));
    this.#decoder = new Decoder(model.manifest);
  }

  /** One for each region, or one of the whole frame for a model that finds boxes itself. */
  shots(frame: MaskedFrame, regions: readonly BoxPx[]): Shot[] {
    const { width, height } = frame;
    const wanted: readonly BoxPx[] =
      this.#model.manifest.task === "classify" ? regions : [[0, 0, width, height]];
    return wanted.map((region) => {
      const placement = this.#input.fill(frame, region);
      return { samples: Uint8Array.from(this.#input.data), frame: { width, height }, region, placement };
    });
  }

  /** A picture of nothing, to warm up with. */
  greyShot(): Shot {
    const { input } = this.#model.manifest;
    const { width, height } = input;
    const region: BoxPx = [0, 0, width, height];
    const samples = new Uint8Array(this.#input.data.length).fill(grey);
    return { samples, frame: { width, height }, region, placement: place(input, { width, height }, region) };
  }

  /** Throws Fault `corrupt` for an answer that makes no sense. */
  found({ outputs }: Given, shot: Shot): Found[] {
    const answer: Partial<Record<OutputRole, Tensor>> = {};
    for (const role of Object.keys(this.#model.outputs) as OutputRole[]) {
      const tensor = outputs.get(this.#model.outputs[role] ?? "");
      if (tensor !== undefined) answer[role] = tensor;
    }
    return this.#decoder.decode(answer, shot);
  }
}

/** The same input as bytes, before scale, mean and deviation. */
function asSamples({ mean: _mean, std: _std, ...input }: InputSpec): InputSpec {
  return { ...input, type: "uint8", scale: 1 };
}
