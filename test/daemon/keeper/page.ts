/** A page: the keeper's API over real sockets. */
import type { WebSocket } from "ws";
import { noticeSchema, type Notice } from "../../../daemon/wire/api.ts";
import type { SignedInHuman } from "../../../scripts/rigs/person.ts";

export interface TestPage extends AsyncDisposable {
  readonly notices: readonly Notice[];
  readonly socket: WebSocket;
  /** The first notice (so far or to come) that fits. */
  next(fits: (notice: Notice) => boolean): Promise<Notice>;
}

export async function openPage(who: SignedInHuman): Promise<TestPage> {
  const notices: Notice[] = [];
  const listeners = new Set<() => void>();
  const socket = who.socket("/api/ws");
  socket.on("message", (data: Buffer) => {
    notices.push(noticeSchema.parse(JSON.parse(data.toString())));
    for (const listener of listeners) listener();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  return {
    notices,
    socket,
    next: (fits) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = notices.find(fits);
          if (found === undefined) return;
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        look();
      }),
    [Symbol.asyncDispose]: async () => socket.terminate(),
  };
}

/** Resolves with the close code. */
export function closed(socket: WebSocket): Promise<number> {
  return new Promise((resolve) => socket.once("close", (code) => resolve(code)));
}

/** For what another process or the kernel brings about: asks again until it is so. */
export async function until(isSo: () => boolean | Promise<boolean>, limitMs = 30_000): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`not so within ${limitMs} ms: ${isSo.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
