/**
 * Camera feed: when frames came and how the camera is, for whoever records a trace.
 *
 * The eye is asked for it from the first listener to the last, and again when it comes back. Numbers
 * only; nothing waits here.
 */
import { Subscribers } from "../../../hal/subscribers.ts";
import type { CameraNews } from "../../wire/control.ts";
import type { EyeStatus, EyeToKeeper } from "../../wire/messages.ts";

export class CameraFeed {
  readonly #ask: (on: boolean) => void;
  readonly #listeners = new Subscribers<CameraNews>();
  #count = 0;
  #camera: EyeStatus["camera"] | null = null;

  constructor(ask: (on: boolean) => void) {
    this.#ask = ask;
  }

  /** Told at once how the camera is; returns its end. */
  listen(handler: (news: CameraNews) => void): () => void {
    const off = this.#listeners.on(handler);
    this.#count += 1;
    handler(this.#state());
    if (this.#count === 1) this.#ask(true);
    let over = false;
    return () => {
      if (over) return;
      over = true;
      off();
      this.#count -= 1;
      if (this.#count === 0) this.#ask(false);
    };
  }

  frames({ frames }: Extract<EyeToKeeper, { type: "frame-timings" }>): void {
    this.#listeners.tell({ type: "frames", frames });
  }

  status({ camera }: EyeStatus): void {
    const was = this.#camera;
    this.#camera = camera;
    if (was?.state !== camera.state || was.width !== camera.width || was.height !== camera.height)
      this.#listeners.tell(this.#state());
  }

  eyeArrived(): void {
    if (this.#count > 0) this.#ask(true);
  }

  eyeLeft(): void {
    this.#camera = null;
    this.#listeners.tell(this.#state());
  }

  #state(): CameraNews {
    const { state, width, height, fps } = this.#camera ?? { state: "failed", width: 0, height: 0, fps: 0 };
    return { type: "camera", state, width, height, fps, ns: String(process.hrtime.bigint()) };
  }
}
