/** Address: whom a connection comes from, as people write it. */
export function plainAddress(address: string | undefined): string {
  return (address ?? "unknown").replace(/^::ffff:(?=\d+\.)/u, "").replace(/%.*$/u, "");
}
