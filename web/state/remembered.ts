/**
 * Remembered: small words that this browser keeps over restarts; one that keeps nothing (a private window) forgets them.
 */

/** Null = it knows of none. */
export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // it lasts as long as the page
  }
}
