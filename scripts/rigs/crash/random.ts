/** Random: of the seed alone: the moments of cuts can be had again, what the machine does at them cannot. */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}
