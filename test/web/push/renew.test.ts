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

/** Browsers that give no new one are asked for it; `calls` are what the doorbell was told. */
async function renewed(moved: Parameters<typeof renew>[0]) {
  const asked: unknown[] = [];
  const calls: unknown[] = [];
  vi.stubGlobal("fetch", async (path: string, { method, body }: RequestInit) => {
    calls.push([method, path, JSON.parse(body as string)]);
    throw new TypeError("away");
  });
  const subscribe = async (options?: PushSubscriptionOptionsInit) => {
    asked.push(options);
    return subscription("https://push.example.org/asked");
  };
  await renew(moved, { pushManager: { subscribe } as unknown as PushManager });
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
  const { asked, calls } = await renewed({ oldSubscription: old, newSubscription: null });
  expect(asked).toEqual([{ userVisibleOnly: true, applicationServerKey: key }]);
  expect(calls).toMatchObject([["POST", "./api/phones", { endpoint: "https://push.example.org/asked" }]]);
});

test("one that was never there is left", async () => {
  expect(await renewed({ oldSubscription: null, newSubscription: null })).toEqual({ asked: [], calls: [] });
});
