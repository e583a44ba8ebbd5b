/**
 * Decoder: what a model answered for one picture, as Found in pixels of the frame.
 *
 * Made once for a manifest; keeps nothing between pictures. The surest first, at most `maxFound` of them, boxes
 * clipped to the frame. Throws Fault `corrupt` for an answer that makes no sense.
 */
import type { FrameGeometry } from "../../hal/frame.ts";
import type { BoxPx } from "../../hal/geometry.ts";
import { wantedOutputs, type WantedOutput } from "../check-outputs.ts";
import type { Found } from "../detector.ts";
import { toFrame, type Corners, type Placement } from "../input/placement.ts";
import type { OutputSpec } from "../manifest-output.ts";
import type { Manifest } from "../manifest.ts";
import { checkAnswer, type Answer } from "./answer.ts";
import { Candidates } from "./candidates.ts";
import { suppress } from "./nms.ts";
import { decodeQueries } from "./rtdetr.ts";
import { scaleOf } from "./scale.ts";
import { decodeSoftmax } from "./softmax.ts";
import { decodeLists } from "./ssd.ts";
import { decodeYolov5 } from "./yolov5.ts";
import { decodeColumns, decodeEndToEnd, decodeRows } from "./yolov8.ts";
import { decodeYolox } from "./yolox.ts";

/** What the answer was given to. */
export interface Asked {
  readonly frame: FrameGeometry;
  /** Of motion, for a model that says one label for each. */
  readonly region: BoxPx;
  /** As Input.fill() gave it. */
  readonly placement: Placement;
}

export class Decoder {
  readonly #manifest: Manifest;
  readonly #wanted: readonly WantedOutput[];

  constructor(manifest: Manifest) {
    this.#manifest = manifest;
    this.#wanted = wantedOutputs(manifest);
  }

  decode(answer: Answer, { frame, region, placement }: Asked): Found[] {
    checkAnswer(answer, this.#wanted);
    const { output } = this.#manifest;
    if (output.decode === "softmax") return this.#label(answer, output.logits, { frame, region });
    const candidates = new Candidates(this.#manifest);
    this.#collect(answer, candidates);
    const { nmsIou: iou, nmsAcrossLabels: acrossLabels, maxFound: most } = this.#manifest;
    return suppress(candidates.best(), { iou, acrossLabels, most }).flatMap(({ label, score, corners }) => {
      const box = toFrame(placement, frame, corners);
      return box === null ? [] : [{ label, score, box }];
    });
  }

  #label(answer: Answer, logits: boolean, { frame, region }: Pick<Asked, "frame" | "region">): Found[] {
    const said = decodeSoftmax(answer, logits, this.#manifest);
    if (said === null) return [];
    const [x, y, w, h] = region;
    const [left, top] = [Math.max(0, x), Math.max(0, y)];
    const [width, height] = [Math.min(frame.width, x + w) - left, Math.min(frame.height, y + h) - top];
    return width > 0 && height > 0 ? [{ ...said, box: [left, top, width, height] }] : [];
  }

  #withoutObjectness(
    answer: Answer,
    { form, units }: Extract<OutputSpec, { decode: "yolov8" }>,
    into: Candidates,
  ): void {
    const { input, labels } = this.#manifest;
    const scale = scaleOf(units, input);
    if (form === "columns") decodeColumns(answer, labels.length, scale, into);
    else if (form === "rows") decodeRows(answer, labels.length, scale, into);
    else decodeEndToEnd(answer, scale, into);
  }

  #collect(answer: Answer, into: Candidates): void {
    const { input, output, labels } = this.#manifest;
    const count = labels.length;
    switch (output.decode) {
      case "softmax":
        return;
      case "yolox":
        return decodeYolox(answer, { input, strides: output.grid ? output.strides : null, count }, into);
      case "yolov5":
        return decodeYolov5(answer, count, scaleOf(output.units, input), into);
      case "yolov8":
        return this.#withoutObjectness(answer, output, into);
      case "ssd": {
        const { x: sx, y: sy } = scaleOf("fractions", input);
        const fromFractions = (top: number, left: number, bottom: number, right: number): Corners => [
          left * sx,
          top * sy,
          right * sx,
          bottom * sy,
        ];
        return decodeLists(
          answer,
          output.firstClass,
          output.form === "tensorflow" ? fromFractions : asTheyAre,
          into,
        );
      }
      case "rtdetr":
        return output.form === "final"
          ? decodeLists(answer, output.firstClass, asTheyAre, into)
          : decodeQueries(
              answer,
              { count, activation: output.activation, scale: scaleOf("fractions", input) },
              into,
            );
    }
  }
}

const asTheyAre = (...corners: [number, number, number, number]): Corners => corners;
