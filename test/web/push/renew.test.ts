/** The browser's push service gives it another address: the doorbell is told. */
import { afterEach, expect, test, vi } from "vitest";
import { renew } from "../../../web/push/renew.ts";

const key = new Uint8Array(65).fill(4).buffer;
const p256dh = "A".repeat(87);
const auth = "B".repeat(22);

function subscription(endpoint: string): PushSubscription {
  return {
    endpoint,
    options: { applicationServerKey: key, userVisibleOnly: true },
    toJSON: () => ({ endpoint, keys: { p256dh: `${p256dh}=`, auth: `${auth}==` } }),
  } as unknown as PushSubscription;
}

const kept = { person: "ada", key: "the doorbell's key", mark: "old" };
interface Rig {
  readonly signedIn?: string | null;
  readonly now?: PushSubscription | null;
  readonly told?: typeof kept | null;
}

/** Browsers that give no new one are asked for it; `calls` are what the doorbell was told. */
async function renewed(
  moved: Parameters<typeof renew>[0],
  { signedIn = "ada", now = null, told = kept }: Rig = {},
) {
  const asked: unknown[] = [];
  const calls: unknown[] = [];
  vi.stubGlobal("fetch", async (path: string, { method = "GET", body }: RequestInit = {}) => {
    if (path === "./api/session") {
      if (signedIn === null) return new Response("{}", { status: 401 });
      return new Response(JSON.stringify({ person: { id: signedIn } }));
    }
    calls.push([method, path, JSON.parse(body as string)]);
    throw new TypeError("away");
  });
  const subscribe = async (options?: PushSubscriptionOptionsInit) => {
    asked.push(options);
    return subscription("https://push.example.org/asked");
  };
  const getSubscription = async () => now;
  await renew(moved, { pushManager: { subscribe, getSubscription } as unknown as PushManager }, told);
  return { asked, calls };
}
afterEach(() => vi.unstubAllGlobals());

test("a new one is told as it is, also when the doorbell happens to be away", async () => {
  const given = subscription("https://push.example.org/new");
  const { asked, calls } = await renewed({ oldSubscription: null, newSubscription: given });
  expect(asked).toEqual([]);
  expect(calls).toEqual([
    ["POST", "./api/phones", { endpoint: given.endpoint, p256dh, auth, label: expect.any(String) }],
  ]);
});

test("where the browser gives none it is asked for one, for the same doorbell", async () => {
  const old = subscription("https://push.example.org/old");
  const { asked, calls } = await renewed({ oldSubscription: old, newSubscription: null }, { now: old });
  expect(asked).toEqual([{ userVisibleOnly: true, applicationServerKey: key }]);
  expect(calls).toMatchObject([["POST", "./api/phones", { endpoint: "https://push.example.org/asked" }]]);
});

test("a browser that says neither is looked at, and asked with the key that was kept", async () => {
  const now = subscription("https://push.example.org/now");
  expect((await renewed({}, { now })).calls).toMatchObject([
    ["POST", "./api/phones", { endpoint: now.endpoint }],
  ]);
  const { asked, calls } = await renewed({});
  expect(asked).toEqual([{ userVisibleOnly: true, applicationServerKey: kept.key }]);
  expect(calls).toMatchObject([["POST", "./api/phones", { endpoint: "https://push.example.org/asked" }]]);
});

test.each([
  ["nobody is signed in", { signedIn: null }],
  ["somebody else is signed in", { signedIn: "bob" }],
  ["nobody chose it here", { told: null }],
])("while %s nothing is told", async (_what, rig) => {
  const newSubscription = subscription("https://push.example.org/new");
  expect((await renewed({ newSubscription }, rig)).calls).toEqual([]);
});

test("one that was never there is left", async () => {
  const moved = { oldSubscription: null, newSubscription: null };
  expect(await renewed(moved, { told: null })).toEqual({ asked: [], calls: [] });
});
