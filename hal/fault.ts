/**
 * Fault: the one error that Sill throws on purpose.
 *
 * Kinds are few and closed, so that every caller (HTTP status, exit code, page text) can map
 * all of them in one table. Foreign errors (errno, SQLite, GStreamer) are turned into a Fault
 * where they enter, in one table each. A thrown non-Fault is a bug.
 *
 * Messages: lower case, the offending value and what is allowed; `hint` names what to do next.
 * Never put frame contents, keys or places into either.
 */
export const faultKinds = [
  "invalid",
  "not-found",
  "denied",
  "unavailable",
  "timeout",
  "exhausted",
  "corrupt",
  "cancelled",
  "bug",
] as const;

export type FaultKind = (typeof faultKinds)[number];

export interface FaultOptions {
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

export class Fault extends Error {
  readonly kind: FaultKind;
  readonly hint: string | undefined;

  constructor(kind: FaultKind, message: string, options: FaultOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "Fault";
    this.kind = kind;
    this.hint = options.hint;
  }
}

const errnoKinds = new Map<string, FaultKind>(
  Object.entries({
    ENOENT: "not-found",
    ENODEV: "not-found",
    ENXIO: "not-found",
    EACCES: "denied",
    EPERM: "denied",
    EROFS: "denied",
    EEXIST: "denied",
    ENOTEMPTY: "denied",
    EBUSY: "unavailable",
    EADDRINUSE: "unavailable",
    ECONNREFUSED: "unavailable",
    ECONNRESET: "unavailable",
    EPIPE: "unavailable",
    EIO: "unavailable",
    ENOTTY: "unavailable",
    ENETUNREACH: "unavailable",
    EHOSTUNREACH: "unavailable",
    EAI_AGAIN: "unavailable",
    ETIMEDOUT: "timeout",
    ENOSPC: "exhausted",
    EDQUOT: "exhausted",
    EMFILE: "exhausted",
    ENFILE: "exhausted",
    EFBIG: "exhausted",
    ENOMEM: "exhausted",
    EINVAL: "invalid",
    ENOTDIR: "invalid",
    EISDIR: "invalid",
    ENAMETOOLONG: "invalid",
    ELOOP: "invalid",
    EADDRNOTAVAIL: "invalid",
    ENOTFOUND: "invalid",
    ABORT_ERR: "cancelled",
  } satisfies Record<string, FaultKind>),
);

function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** What the system called it, of a Fault's cause or an error itself: "ENOSPC". */
export function systemCode(error: unknown): string | undefined {
  return errnoOf(error instanceof Fault ? error.cause : error);
}

/** `exhausted` is also what a process without descriptors or memory gets: making room on the disk would not help it. */
export function isDiskFull(fault: Fault): boolean {
  return fault.kind === "exhausted" && ["ENOSPC", "EDQUOT"].includes(systemCode(fault) ?? "ENOSPC");
}

/** Any thrown value as a Fault: a Fault stays itself, an errno is mapped, the rest is a bug. */
export function toFault(error: unknown, message?: string): Fault {
  if (error instanceof Fault) return error;
  const kind = errnoKinds.get(errnoOf(error) ?? "") ?? "bug";
  const text = error instanceof Error ? error.message : String(error);
  return new Fault(kind, message === undefined ? text : `${message}: ${text}`, { cause: error });
}

/** `if` for what the types cannot say; throws our own bug, never a user's mistake. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Fault("bug", `assertion failed: ${message}`);
}
