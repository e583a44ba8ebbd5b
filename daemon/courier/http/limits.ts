/**
 * Limits: how long one call may take and how much its answer may be.
 */
export const limits = {
  /** Nothing heard and nothing taken, the connection included. */
  silentMs: 20_000,
  /** One call that moves little. */
  totalMs: 60_000,
  /** One that moves a chunk or a bundle: 1 MiB at 15 kbit/s, 6 MiB at 90. */
  bulkMs: 600_000,
  /** Words around an answer. */
  headerBytes: 16_384,
  /** Of an answer that nobody reads: an error page. */
  smallBytes: 65_536,
  /** Header-only answers before the real one. */
  mostInformational: 4,
} as const;
