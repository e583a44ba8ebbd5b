/**
 * Keep: the built page, and nothing else, so that it opens while the doorbell is away.
 *
 * Kept are exactly the files of one build, by name: no answer of the API, no picture, no recording, nothing of a person.
 * The page itself is asked of the doorbell first, so that an upgrade is seen at once; its other files carry a hash of their
 * content or belong to the build, and are taken from here. The build before stays for windows that are still open.
 */
export interface Shell {
  /** Of all the files' content. */
  readonly version: string;
  /** Relative to the page; "./" is the page itself. */
  readonly files: readonly string[];
}

const prefix = "sill-shell-";
/** Of this doorbell's page; more would only fill the phone. */
const mostKept = 2;

export const nameOf = ({ version }: Shell): string => `${prefix}${version}`;

/** All or nothing: a file that does not come fails it, and the build before stays in force. */
export async function keepShell(shell: Shell, caches: CacheStorage): Promise<void> {
  const cache = await caches.open(nameOf(shell));
  // not from the browser's own cache, which may hold files of the build before under the same names
  await cache.addAll(shell.files.map((file) => new Request(file, { cache: "no-cache" })));
}

/** Oldest first; this build and the newest of the others stay. */
export async function dropOld(shell: Shell, caches: CacheStorage): Promise<void> {
  const own = nameOf(shell);
  const others = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== own);
  await Promise.all(
    others.slice(0, Math.max(0, others.length - mostKept + 1)).map((name) => caches.delete(name)),
  );
}

export type How = "page" | "file" | null;

/** How a request is answered; null = not by us: it goes to the doorbell as if we were not there. */
export function howOf({ method, mode, url }: Pick<Request, "method" | "mode" | "url">, base: string): How {
  if (method !== "GET") return null;
  const { origin, pathname } = new URL(url);
  const root = new URL(base);
  if (origin !== root.origin || !pathname.startsWith(root.pathname)) return null;
  const path = pathname.slice(root.pathname.length);
  if (mode === "navigate") return path === "" || path === "index.html" ? "page" : null;
  return path.startsWith("assets/") ? "file" : null;
}

/** The doorbell's page; the kept one when nothing comes of that, or not soon. */
export async function page(
  request: Request,
  shell: Shell,
  { fetch, caches, patience }: Ways,
): Promise<Response> {
  const asked = fetch(request).then(
    // a proxy in front says so when the doorbell is away
    (answer) => (answer.status < 502 || answer.status > 504 ? answer : null),
    () => null, // the doorbell is away
  );
  const soon = await Promise.race([asked, patience().then(() => null)]);
  if (soon !== null) return soon;
  const kept = await (await caches.open(nameOf(shell))).match("./");
  return kept ?? (await asked) ?? Response.error();
}

/** From any build that is kept: its name says what is in it. */
export async function file(
  request: Request,
  { fetch, caches }: Pick<Ways, "fetch" | "caches">,
): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

export interface Ways {
  readonly fetch: typeof globalThis.fetch;
  readonly caches: CacheStorage;
  /** Resolves when a page has been waited for long enough. */
  readonly patience: () => Promise<void>;
}
