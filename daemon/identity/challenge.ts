/**
 * Challenge: what the doorbell signs of a nonce, so that the browser knows whom it answers. Pure.
 */
export function challengeBytes({ device, nonce }: { device: string; nonce: string }): Uint8Array {
  return new TextEncoder().encode(`sill challenge v1\n${device}\n${nonce}\n`);
}
