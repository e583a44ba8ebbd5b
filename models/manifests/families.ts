/**
 * Families: what the usual exports of each want of a picture, as their own tools prepare it.
 *
 * YOLOX (its demo): blue first, 0..255, letterbox from the top left. YOLOv5 and v8 (ultralytics): red first, 0..1,
 * letterbox in the middle. TensorFlow's SSD: bytes, stretched. torchvision and RT-DETR: 0..1, stretched.
 */
import type { InputSpec } from "../manifest-input.ts";

export const families = ["yolox", "yolov5", "yolov8", "ssd", "rtdetr"] as const;
export type Family = (typeof families)[number];

export interface Usual {
  /** Where the file leaves its size open. */
  readonly side: number;
  readonly input: Pick<InputSpec, "fit" | "align" | "channels" | "pad">;
  /** Of a float32 input; bytes are taken as they are. */
  readonly scale: number;
  readonly threshold: number;
  readonly nmsIou: number;
}

const unit = 1 / 255;
const letterboxed = { fit: "letterbox", align: "centre", channels: "rgb", pad: 114 } as const;
const stretched = { ...letterboxed, fit: "stretch" } as const;

export const usual: Readonly<Record<Family, Usual>> = {
  yolox: {
    side: 416,
    input: { ...letterboxed, align: "start", channels: "bgr" },
    scale: 1,
    threshold: 0.35,
    nmsIou: 0.45,
  },
  yolov5: { side: 640, input: letterboxed, scale: unit, threshold: 0.4, nmsIou: 0.45 },
  yolov8: { side: 640, input: letterboxed, scale: unit, threshold: 0.4, nmsIou: 0.45 },
  ssd: { side: 300, input: stretched, scale: unit, threshold: 0.5, nmsIou: 0.6 },
  // Its boxes overlap only where things do.
  rtdetr: { side: 640, input: stretched, scale: unit, threshold: 0.5, nmsIou: 0.8 },
};
