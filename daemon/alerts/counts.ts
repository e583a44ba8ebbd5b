/**
 * Counts: how many of what, and that in words. For a phone's worker too, which loads nothing else.
 */
export const countWords = ["rings", "persons", "vehicles", "animals", "motions", "parcels"] as const;
export type CountWord = (typeof countWords)[number];
export type Counts = Readonly<Record<CountWord, number>>;

export const noCounts: Counts = { rings: 0, persons: 0, vehicles: 0, animals: 0, motions: 0, parcels: 0 };

export function addCounts(one: Counts, other: Counts): Counts {
  return {
    rings: one.rings + other.rings,
    persons: one.persons + other.persons,
    vehicles: one.vehicles + other.vehicles,
    animals: one.animals + other.animals,
    motions: one.motions + other.motions,
    parcels: one.parcels + other.parcels,
  };
}

/** Of something that says more. */
export function countsIn(said: Counts): Counts {
  return addCounts(said, noCounts);
}

export function sumOf(all: readonly Counts[]): Counts {
  return all.reduce(addCounts, noCounts);
}

export function countOf(counts: Counts | null): number {
  return counts === null ? 0 : countWords.reduce((total, word) => total + counts[word], 0);
}

const one: Readonly<Record<CountWord, string>> = {
  rings: "ring",
  persons: "person",
  vehicles: "vehicle",
  animals: "animal",
  motions: "movement",
  parcels: "parcel",
};

/** "1 ring, 2 persons and 3 movements"; empty of nothing. */
export function countsText(counts: Counts): string {
  const parts = countWords
    .filter((word) => counts[word] > 0)
    .map((word) => (counts[word] === 1 ? `1 ${one[word]}` : `${counts[word]} ${one[word]}s`));
  const last = parts.pop() ?? "";
  return parts.length === 0 ? last : `${parts.join(", ")} and ${last}`;
}
