/**
 * Infrared: the camera moves its filter away, switches its own lamp on and shows a grey picture.
 *
 * Leaves are bright, colours are gone, near things stand in the lamp's light and far ones in the
 * dark. Asked for by itself it is on for 30 s of every 75 s, whatever the hour; insects bring
 * it for the dark hours; `all` has it every other night. After each switch the exposure is off
 * for a moment.
 */
import { dayFraction } from "../day.ts";
import { added, type Light, type Rgb, scaled } from "../light.ts";
import { clamp, mix, sineTurns } from "../math.ts";
import { canvasHeight, canvasWidth } from "../plan.ts";
import type { Porchly } from "../settings.ts";
import { skyDepth, type Stage } from "../stage.ts";
import { ledReach } from "./led.ts";
import { programDay, slotMs, strengthsAt } from "./program.ts";

const onFromMs = 25_000;
const onToMs = 55_000;
const settleMs = 700;
const lookBackMs = 50;

export function infraredAt(settings: Porchly, tMs: number): boolean {
  const { trouble } = settings;
  if (trouble.length === 0) return false;
  const into = tMs - Math.floor(tMs / slotMs) * slotMs;
  if (strengthsAt(settings, tMs).infrared > 0.5) return into >= onFromMs && into < onToMs;
  const nightly = trouble.includes("insects") || (trouble.includes("all") && programDay(tMs) % 2 === 1);
  return nightly && sineTurns(dayFraction(settings, tMs) - 0.25) < -0.02;
}

/** How bright the picture is beside what it should be, after the last switch: 1 = right. */
export function switchGain(settings: Porchly, tMs: number): number {
  const { trouble } = settings;
  if (!trouble.some((one) => one === "infrared" || one === "insects" || one === "all")) return 1;
  const now = infraredAt(settings, tMs);
  for (let backMs = lookBackMs; backMs <= settleMs; backMs += lookBackMs) {
    if (tMs < backMs || infraredAt(settings, tMs - backMs) === now) continue;
    const left = 1 - (backMs - lookBackMs) / settleMs;
    return now ? 1 + 1.1 * left * left : 1 - 0.55 * left * left;
  }
  return 1;
}

function mono(colour: Rgb): Rgb {
  const level = colour[0] * 0.299 + colour[1] * 0.587 + colour[2] * 0.114;
  return [level, level, level];
}

/** The same hour through the filterless lens; the porch lamp gives way to the camera's. */
export function infraredLight(light: Light): Light {
  const led = 0.95 * light.dark + 0.06;
  return {
    ...light,
    ambient: mono(light.ambient),
    suns: [mono(light.suns[0]), mono(light.suns[1]), mono(light.suns[2])],
    porchLamp: [led, led, led],
    streetLamp: scaled(mono(light.streetLamp), 0.35),
    zenith: scaled(mono(light.zenith), 0.8),
    horizon: added(scaled(mono(light.horizon), 0.8), [0.004, 0.004, 0.004]),
    infrared: true,
  };
}

/** The stage as infrared sees it: its own greys, and the camera's lamp where the porch lamp was. */
export function infraredStage(stage: Stage): Stage {
  const { width, height, half } = stage;
  const grey = new Uint8Array(stage.grey.length);
  const porchLamp = new Uint8Array(stage.grey.length);
  for (let y = 0; y < height; y += 1) {
    const dy = (((y + 0.5) / height) * canvasHeight - 330) / 640;
    for (let x = 0; x < width; x += 1) {
      const i = y * width + x;
      const h = (y >> 1) * half.width + (x >> 1);
      const [r, g, b] = [half.red[h] as number, half.green[h] as number, half.blue[h] as number];
      const leafy = clamp((2 * g - r - b - 8) / 44, 0, 1);
      const tone = stage.grey[i] as number;
      grey[i] = Math.round(clamp(mix(tone * 0.82 + 34, tone * 1.15 + 88, leafy), 0, 255));
      const depth = stage.depth[i] as number;
      if (depth === skyDepth) continue;
      const dx = (((x + 0.5) / width) * canvasWidth - canvasWidth / 2) / 640;
      const beam = clamp(1.08 - 0.5 * (dx * dx + dy * dy), 0, 1);
      porchLamp[i] = Math.round(clamp(ledReach(depth / 100) * beam, 0, 1) * 255);
    }
  }
  return { ...stage, grey, porchLamp };
}
