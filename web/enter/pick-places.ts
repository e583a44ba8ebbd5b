/**
 * PickPlaces: which words are asked for, drawn by lot, smallest first.
 */
export function pickPlaces(of: number, count: number, draw: () => number = Math.random): number[] {
  const left = Array.from({ length: of }, (_, index) => index);
  const picked: number[] = [];
  while (picked.length < count && left.length > 0)
    picked.push(...left.splice(Math.floor(draw() * left.length), 1));
  return picked.sort((a, b) => a - b);
}
