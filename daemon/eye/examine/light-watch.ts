/**
 * Light watch: bright, dark or infrared, twice a second, and how often infrared came or went.
 *
 * The same meter as motion's, asked anew each time: motion waits until another light is certain, here the
 * wavering itself is what is looked for. Between bright and dark there is a dusk; between colour and none there is a switch.
 */
import type { FrameGeometry, MaskedFrame } from "../../../hal/frame.ts";
import type { PlaneSpans } from "../../policy/opening.ts";
import type { Light } from "../../sight/zones.ts";
import { createLightMeter } from "../motion/light.ts";

const everyUs = 500_000;

export class LightWatch {
  readonly #options: FrameGeometry & { readonly visible: PlaneSpans };
  readonly #seen: Record<Light, number> = { bright: 0, dark: 0, infrared: 0 };
  #nextUs = Number.NEGATIVE_INFINITY;
  #before: Light | null = null;
  changes = 0;

  constructor(options: FrameGeometry & { readonly visible: PlaneSpans }) {
    this.#options = options;
  }

  /** The one seen most; bright before anything was. */
  get light(): Light {
    const { bright, dark, infrared } = this.#seen;
    if (infrared > Math.max(bright, dark)) return "infrared";
    return dark > bright ? "dark" : "bright";
  }

  add(frame: MaskedFrame): void {
    if (frame.ptsUs < this.#nextUs) return;
    this.#nextUs = frame.ptsUs + everyUs;
    const meter = createLightMeter(this.#options, 1);
    meter.look(frame);
    const { light } = meter;
    this.#seen[light] += 1;
    if (this.#before !== null && (light === "infrared") !== (this.#before === "infrared")) this.changes += 1;
    this.#before = light;
  }
}
