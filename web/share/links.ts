/**
 * Links: those that were made since this page was opened, in memory alone. Their key is nowhere else.
 */
const links = new Map<string, string>();

export function rememberLink(grant: string, link: string): void {
  links.set(grant, link);
}

/** Null: made in another browser, or before the page was opened. */
export function linkTo(grant: string): string | null {
  return links.get(grant) ?? null;
}

/** For a post that carries one, newest first. */
export function knownLinks(): { readonly grant: string; readonly link: string }[] {
  return [...links].map(([grant, link]) => ({ grant, link })).toReversed();
}

/** Somebody else uses this browser now. */
export function forgetLinks(): void {
  links.clear();
}
