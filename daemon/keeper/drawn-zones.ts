/**
 * Drawn zones: the names that motion zones have now, for whoever decides in the tick of an event and cannot wait for a file.
 */
import type { Settings } from "../../config/schema.ts";
import type { Zones } from "../wire/api-household.ts";
import { readZones, writeZones } from "./zones-file.ts";

export class DrawnZones {
  readonly #path: string;
  #names: readonly string[];

  private constructor(path: string, zones: Zones) {
    this.#path = path;
    this.#names = namesOf(zones);
  }

  static async open(path: string, settings: Settings["motion"]): Promise<DrawnZones> {
    return new DrawnZones(path, await readZones(path, settings));
  }

  get names(): readonly string[] {
    return this.#names;
  }

  /** Durable when it resolves. */
  async write(zones: Zones): Promise<void> {
    await writeZones(this.#path, zones);
    this.#names = namesOf(zones);
  }
}

function namesOf({ zones }: Zones): string[] {
  return zones.map(({ name }) => name);
}
