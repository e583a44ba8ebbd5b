/**
 * House: where this house is, and whom the owners do not want to hear. Their choices, on the disk.
 *
 * Neither ever leaves the doorbell, nor changes a byte of what does.
 */
import { z } from "zod";
import { agencyIdSchema, placeSchema, type Place } from "../../consent/common.ts";
import type { Fault } from "../../../hal/fault.ts";
import type { Files } from "../../files/files.ts";
import { JsonFile } from "./json-file.ts";

const mostMuted = 2_000;

const placeFileSchema = z.strictObject({ place: placeSchema.nullable() });
const mutesSchema = z.strictObject({
  all: z.boolean(),
  agencies: z.array(agencyIdSchema).max(mostMuted),
});
type Mutes = z.output<typeof mutesSchema>;

export class House {
  readonly #place: JsonFile<z.output<typeof placeFileSchema>>;
  readonly #mutes: JsonFile<Mutes>;

  private constructor(place: JsonFile<z.output<typeof placeFileSchema>>, mutes: JsonFile<Mutes>) {
    this.#place = place;
    this.#mutes = mutes;
  }

  /** A file that cannot be read counts as not said: nothing matches, nobody is muted. */
  static async open(files: Files): Promise<House> {
    return new House(
      await JsonFile.open(files, { name: "place.json", schema: placeFileSchema, first: { place: null } }),
      await JsonFile.open(files, {
        name: "mutes.json",
        schema: mutesSchema,
        first: { all: false, agencies: [] },
      }),
    );
  }

  get fault(): Fault | null {
    return this.#place.fault ?? this.#mutes.fault;
  }

  /** Null = not said: nothing matches. */
  get place(): Place | null {
    return this.#place.value.place;
  }

  putPlace(place: Place | null): Promise<void> {
    return this.#place.write({ place });
  }

  get mutes(): Mutes {
    return this.#mutes.value;
  }

  isMuted(agency: string): boolean {
    return this.mutes.all || this.mutes.agencies.includes(agency);
  }

  /** `agency`: its id, or "all". */
  mute(agency: string, muted: boolean): Promise<void> {
    if (agency === "all") return this.#mutes.write({ ...this.mutes, all: muted });
    const others = this.mutes.agencies.filter((id) => id !== agency);
    return this.#mutes.write({ ...this.mutes, agencies: muted ? [...others, agency] : others });
  }
}
