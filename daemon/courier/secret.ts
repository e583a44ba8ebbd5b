/**
 * Secret: what stands in a file that only the courier's user may read (daemon/files/secret.ts).
 */
import { readSecretOf } from "../files/secret.ts";

/** null = no file is set. Throws Fault that names the setting and not the path. */
export function readSecret(path: string, setting: string): Promise<string | null> {
  return readSecretOf("courier", path, setting);
}
