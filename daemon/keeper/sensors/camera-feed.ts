/**
 * Camera feed: when frames came and how the camera is, for whoever records a trace.
 *
 * The eye is asked for it from the first listener to the last, and again when it comes back. Who asks for sealed
 * pictures as well gets as many as the one who asks for most. Nothing waits here.
 */
import { Subscribers } from "../../../hal/subscribers.ts";
import type { CameraNews } from "../../wire/control.ts";
import type { EyeStatus, EyeToKeeper, KeeperToEye } from "../../wire/messages.ts";

type Asked = Omit<Extract<KeeperToEye, { type: "timings" }>, "type">;
type Picture = Extract<EyeToKeeper, { type: "frame-picture" }>;

export class CameraFeed {
  readonly #ask: (asked: Asked) => void;
  readonly #listeners = new Subscribers<CameraNews>();
  readonly #lookers = new Subscribers<CameraNews>();
  /** Pictures a second that each listener asks for. */
  readonly #wishes = new Set<{ readonly picturesPerS: number }>();
  #asked: Asked = { on: false, picturesPerS: 0 };
  #camera: EyeStatus["camera"] | null = null;

  constructor(ask: (asked: Asked) => void) {
    this.#ask = ask;
  }

  /** Told at once how the camera is; returns its end. */
  listen(handler: (news: CameraNews) => void, picturesPerS = 0): () => void {
    const offs = [this.#listeners.on(handler)];
    if (picturesPerS > 0) offs.push(this.#lookers.on(handler));
    const wish = { picturesPerS };
    this.#wishes.add(wish);
    handler(this.#state());
    this.#askAnew();
    return () => {
      for (const off of offs) off();
      this.#wishes.delete(wish);
      this.#askAnew();
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

  picture({ ns, sequence, age }: Picture): void {
    this.#lookers.tell({ type: "picture", ns, sequence, age });
  }

  eyeArrived(): void {
    if (this.#asked.on) this.#ask(this.#asked);
  }

  eyeLeft(): void {
    this.#camera = null;
    this.#listeners.tell(this.#state());
  }

  #askAnew(): void {
    const picturesPerS = Math.max(0, ...[...this.#wishes].map((wish) => wish.picturesPerS));
    const asked = { on: this.#wishes.size > 0, picturesPerS };
    if (asked.on === this.#asked.on && picturesPerS === this.#asked.picturesPerS) return;
    this.#asked = asked;
    this.#ask(asked);
  }

  #state(): CameraNews {
    const { state, width, height, fps } = this.#camera ?? { state: "failed", width: 0, height: 0, fps: 0 };
    return { type: "camera", state, width, height, fps, ns: String(process.hrtime.bigint()) };
  }
}
