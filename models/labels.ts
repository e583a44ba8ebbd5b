/**
 * Labels: the five words that Sill has for what moved. Whatever words a model has are mapped to these.
 *
 * `other` is "nothing that matters": a tree, a shadow, a bicycle without anybody on it. A cyclist is a person.
 * There is no label that tells one person from another, and none will be added.
 */
export const labels = ["person", "vehicle", "animal", "parcel", "other"] as const;

export type Label = (typeof labels)[number];

export function isLabel(word: string): word is Label {
  return (labels as readonly string[]).includes(word);
}
