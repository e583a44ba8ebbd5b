/**
 * Words of marks on events, in English; part of words.ts.
 */
export const markWords = {
  names: { good: "Worth telling", false: "False alarm" },
  label: (name: string, about: string) => `${name}: ${about}`,
  failed: "The mark could not be kept.",
};
