/**
 * usePicture: the opened picture at a path of the API, as an address for an element.
 */
import { useEffect, useState } from "preact/hooks";
import { Pictures } from "../open/pictures.ts";
import { getClipBytes } from "../state/api.ts";

/** Of the whole page: rows come and go as the list scrolls. */
export const pictures = new Pictures((path) => getClipBytes(path));

/** `attempt` changes when it is worth trying again. Null: none yet, or it failed. */
export function usePicture(path: string | null, attempt: unknown): string | null {
  const [shown, setShown] = useState<{ readonly path: string; readonly address: string } | null>(null);
  useEffect(() => {
    if (path === null) return;
    let wanted = true;
    pictures.address(path).then(
      (address) => wanted && setShown({ path, address }),
      () => {}, // the event's icon stays in its place
    );
    return () => {
      wanted = false;
    };
  }, [path, attempt]);
  return shown !== null && shown.path === path ? shown.address : null;
}
