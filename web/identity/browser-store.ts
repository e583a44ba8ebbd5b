/**
 * Browser store: the few records that this browser keeps for the page, in IndexedDB, where its service worker finds them, too.
 */
import { Fault } from "../../hal/fault.ts";

const databaseName = "sill";
/** Its first record gave it the name. */
const storeName = "keyring";

/** Throws Fault `denied`. */
export async function inStore<T>(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await openDatabase();
  try {
    const transaction = database.transaction(storeName, mode);
    const request = ask(transaction.objectStore(storeName));
    await settled(transaction, { done: "complete", failed: ["error", "abort"] });
    return request.result;
  } finally {
    database.close();
  }
}

async function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(databaseName, 1);
  request.addEventListener("upgradeneeded", () => request.result.createObjectStore(storeName));
  await settled(request, { done: "success", failed: ["error", "blocked"] });
  return request.result;
}

function settled(
  target: Pick<IDBRequest, "error"> & EventTarget,
  { done, failed }: { readonly done: string; readonly failed: readonly string[] },
): Promise<void> {
  return new Promise((resolve, reject) => {
    target.addEventListener(done, () => resolve());
    for (const name of failed) {
      target.addEventListener(name, () =>
        reject(
          new Fault("denied", "this browser keeps nothing for this page", {
            hint: "leave private mode, or allow the page to store data",
            cause: target.error,
          }),
        ),
      );
    }
  });
}
