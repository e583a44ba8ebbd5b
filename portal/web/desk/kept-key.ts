/**
 * KeptKey: the agency's seed in this browser's IndexedDB, only when somebody asked for it.
 *
 * A database of its own, so that it has nothing to do with a doorbell's page that this browser may know.
 */
import { Fault } from "../../../hal/fault.ts";

const databaseName = "sill-desk";
const storeName = "key";
const only = "agency";

export async function readKept(): Promise<Uint8Array | null> {
  const kept = await inStore<unknown>("readonly", (store) => store.get(only));
  return kept instanceof Uint8Array ? kept : null;
}

export async function keep(seed: Uint8Array): Promise<void> {
  await inStore("readwrite", (store) => store.put(seed, only));
}

export async function forgetKept(): Promise<void> {
  await inStore("readwrite", (store) => store.delete(only));
}

async function inStore<T>(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const opening = indexedDB.open(databaseName, 1);
  opening.addEventListener("upgradeneeded", () => opening.result.createObjectStore(storeName));
  const database = await settled(opening);
  try {
    return await settled(ask(database.transaction(storeName, mode).objectStore(storeName)));
  } finally {
    database.close();
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () =>
      reject(
        new Fault("denied", "this browser keeps nothing for this page", {
          hint: "leave private mode, or choose the key file each time",
          cause: request.error,
        }),
      ),
    );
  });
}
