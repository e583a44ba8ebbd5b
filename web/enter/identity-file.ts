/**
 * IdentityFile: the viewer's key as the file that `age -d -i` takes. Pure.
 *
 * It opens recordings and nothing else: signing in needs the recovery words.
 */
import { words } from "../words.ts";

interface Parts {
  /** `AGE-SECRET-KEY-1...` */
  readonly identity: string;
  /** `age1...` */
  readonly recipient: string;
  readonly name: string;
}

export function identityFile({ identity, recipient, name }: Parts): string {
  const notes = words.enter.identityFile(oneLine(name), recipient);
  return `${notes.map((note) => `# ${note}\n`).join("")}${identity}\n`;
}

/** A name with a line break must not become a line of the file. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, " ");
}
