/** Which requests the kept page answers, and which builds stay. */
import { describe, expect, test } from "vitest";
import { dropOld, file, howOf, nameOf, page, type Shell } from "../../../web/shell/keep.ts";

const base = "https://door.local:8460/";
const shell: Shell = { version: "b", files: ["./", "assets/a.js"] };

/** A browser's storage, in memory: names, and a text for each address. */
function storage(builds: Readonly<Record<string, Readonly<Record<string, string>>>>): CacheStorage {
  const kept = new Map(Object.entries(builds));
  const at = (entries: Readonly<Record<string, string>>, asked: RequestInfo | URL): Response | undefined => {
    const url = new URL(asked instanceof Request ? asked.url : String(asked), base).href;
    const text = entries[url];
    return text === undefined ? undefined : new Response(text);
  };
  return {
    keys: async () => [...kept.keys()],
    has: async (name) => kept.has(name),
    delete: async (name) => kept.delete(name),
    open: async (name) => ({ match: async (asked) => at(kept.get(name) ?? {}, asked) }) as Cache,
    match: async (asked) => [...kept.values()].map((each) => at(each, asked)).find((found) => found),
  };
}

const answer =
  (text: string, status = 200) =>
  async () =>
    new Response(text, { status });
const away = async (): Promise<Response> => {
  throw new TypeError("no answer");
};

const never = <T>(): Promise<T> => new Promise(() => {});

describe("a request", () => {
  test.each([
    ["the page", "navigate", "GET", base, "page"],
    ["the page by its name", "navigate", "GET", `${base}index.html`, "page"],
    ["the sign for passers-by", "navigate", "GET", `${base}notice/sign`, null],
    ["the API's description", "navigate", "GET", `${base}api/docs`, null],
    ["a file of the build", "cors", "GET", `${base}assets/a.js`, "file"],
    ["events", "cors", "GET", `${base}api/events`, null],
    ["a recording", "cors", "GET", `${base}api/clips/clip-0001/fragments/0`, null],
    ["a picture", "no-cors", "GET", `${base}api/clips/clip-0001/thumb.jpg`, null],
    ["an order", "cors", "POST", `${base}assets/a.js`, null],
    ["another host", "cors", "GET", "https://elsewhere.example/assets/a.js", null],
  ] as const)("for %s", (_what, mode, method, url, how) => {
    expect(howOf({ method, mode, url }, base)).toBe(how);
  });
});

test("the page comes from the doorbell, and from here when it is away or only a proxy answers", async () => {
  const caches = storage({ [nameOf(shell)]: { [base]: "kept" } });
  const asked = new Request(base);
  const text = async (fetch: () => Promise<Response>) =>
    (await page(asked, shell, { fetch, caches, patience: never })).text();
  expect(await text(answer("new"))).toBe("new");
  expect(await text(answer("no", 429))).toBe("no");
  expect(await text(away)).toBe("kept");
  expect(await text(answer("bad gateway", 502))).toBe("kept");
});

test("a doorbell that says nothing is not waited for, but where nothing is kept", async () => {
  const kept = storage({ [nameOf(shell)]: { [base]: "kept" } });
  const asked = new Request(base);
  const patience = async (): Promise<void> => {};
  const silent = await page(asked, shell, { fetch: () => never(), caches: kept, patience });
  expect(await silent.text()).toBe("kept");
  const late = Promise.withResolvers<Response>();
  const bare = page(asked, shell, { fetch: () => late.promise, caches: storage({}), patience });
  late.resolve(new Response("late"));
  expect(await (await bare).text()).toBe("late");
});

test("a window of the build before still finds its files, others are asked for", async () => {
  const caches = storage({ "sill-shell-a": { [`${base}assets/old.js`]: "old" }, [nameOf(shell)]: {} });
  const get = async (name: string) =>
    (await file(new Request(`${base}assets/${name}`), { fetch: answer("asked"), caches })).text();
  expect([await get("old.js"), await get("new.js")]).toEqual(["old", "asked"]);
});

test("this build and the one before stay, older ones go, and what is not ours is left", async () => {
  const caches = storage({ "sill-shell-1": {}, another: {}, "sill-shell-2": {}, [nameOf(shell)]: {} });
  await dropOld(shell, caches);
  expect(await caches.keys()).toEqual(["another", "sill-shell-2", nameOf(shell)]);
});
