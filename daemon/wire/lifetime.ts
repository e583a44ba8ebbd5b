/**
 * Lifetime: when a process of the house should end, said in one place.
 *
 * SIGTERM and SIGINT ask for it, and so does the loss of the supervisor (its IPC channel closes
 * when it dies, even by SIGKILL), so that no process of an earlier run is ever left behind.
 */
export function onStop(handler: () => void): void {
  let asked = false;
  const ask = (): void => {
    if (asked) return;
    asked = true;
    handler();
  };
  process.on("SIGTERM", ask);
  process.on("SIGINT", ask);
  if (process.connected) {
    process.once("disconnect", ask);
    process.channel?.unref();
  } else if (process.send !== undefined) {
    queueMicrotask(ask); // it was gone before anybody listened
  }
}

/** Resolves when the process is asked to end. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => onStop(resolve));
}

/** What a child tells the supervisor. */
export interface Listening {
  readonly type: "listening";
  readonly url: string;
}

export function tellSupervisor(message: Listening): void {
  if (process.connected) process.send?.(message);
}

export function isListening(message: unknown): message is Listening {
  return (
    typeof message === "object" &&
    message !== null &&
    "type" in message &&
    message.type === "listening" &&
    "url" in message
  );
}
