/**
 * Terminal: where a command reads its words from and writes to. Command: what the registrar does.
 */
import type { Back } from "../portal.ts";
import type { PortalSettings } from "../settings/schema.ts";

export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  out(line: string): void;
  err(line: string): void;
}

export type Command = (call: {
  readonly words: readonly string[];
  readonly back: Back;
  readonly settings: PortalSettings;
  readonly terminal: Terminal;
}) => Promise<void>;
