/**
 * Before: the scene that later ones are compared with.
 *
 * It is renewed while nothing at all happens, and once the light has been another one for a while. A place of it is
 * renewed when it is known what the thing there is.
 */
import type { Box } from "./box.ts";
import { changesBetween } from "./changes.ts";
import { patched, type Scene } from "./scene.ts";

/** Nothing at all happened for so long: this is the scene to compare with. */
const restUs = 5_000_000;
/** The light is another one for so long: so is the scene. */
const blindUs = 20_000_000;

export class Before {
  #scene: Scene | null = null;
  #latest: Scene | null = null;
  #restSinceUs: number | null = null;
  #blindSinceUs: number | null = null;

  /** null = none was seen yet. */
  get scene(): Scene | null {
    return this.#scene;
  }

  /** The one that was compared last. */
  get latest(): Scene | null {
    return this.#latest;
  }

  /** Where a scene differs; null = the light is another one, nothing can be said. */
  changes(scene: Scene): Box[] | null {
    this.#latest = scene;
    const changes = changesBetween((this.#scene ??= scene), scene);
    if (changes !== null) this.#blindSinceUs = null;
    return changes;
  }

  /** Nothing can be said of this scene. True = it has been so for long: this is the one to compare with now. */
  blind(scene: Scene, atUs: number): boolean {
    this.#restSinceUs = null;
    this.#blindSinceUs ??= atUs;
    if (atUs - this.#blindSinceUs < blindUs) return false;
    this.#scene = scene;
    this.#blindSinceUs = null;
    return true;
  }

  /** Nothing happens in this scene. */
  rest(scene: Scene, atUs: number): void {
    this.#restSinceUs ??= atUs;
    if (atUs - this.#restSinceUs >= restUs) this.#scene = scene;
  }

  /** Something happens. */
  stir(): void {
    this.#restSinceUs = null;
  }

  /** What the latest shows in this box belongs to it from now on. */
  take(box: Box): void {
    if (this.#scene !== null && this.#latest !== null) this.#scene = patched(this.#scene, this.#latest, box);
  }
}
