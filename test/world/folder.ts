/**
 * Folder: `Files` below a folder of other `Files`, as the keeper gives each book its own.
 */
import type { Files } from "../../daemon/files/files.ts";

export function inFolder(files: Files, folder: string): Files {
  const at = (name: string): string => (name === "" ? folder : `${folder}/${name}`);
  return {
    read: (name) => files.read(at(name)),
    readAt: (name, offset, length) => files.readAt(at(name), offset, length),
    size: (name) => files.size(at(name)),
    write: (name, bytes) => files.write(at(name), bytes),
    append: (name, bytes) => files.append(at(name), bytes),
    sync: (name) => files.sync(at(name)),
    truncate: (name, length) => files.truncate(at(name), length),
    list: (name) => files.list(at(name)),
    remove: (name) => files.remove(at(name)),
  };
}
