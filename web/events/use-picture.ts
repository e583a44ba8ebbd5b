/**
 * usePicture: the opened picture at a path of the API, as an address for an element.
 *
 * What passes (the doorbell is away, the picture is not served yet) is tried again a few times;
 * what does not (sealed to others, damaged) is left.
 */
import { useEffect, useState } from "preact/hooks";
import { systemClock } from "../../hal/clock.ts";
import { Fault } from "../../hal/fault.ts";
import { Pictures } from "../open/pictures.ts";
import { getClipBytes } from "../state/api.ts";

const retries = 3;
const retryMs = 3_000;

/** Of the whole page: rows come and go as the list scrolls. */
export const pictures = new Pictures((path) => getClipBytes(path));

/** `attempt` changes when it is worth trying anew. Null: none yet, or it failed. */
export function usePicture(path: string | null, attempt: unknown): string | null {
  const [shown, setShown] = useState<{ readonly path: string; readonly address: string } | null>(null);
  useEffect(() => {
    if (path === null) return;
    let wanted = true;
    let cancel = (): void => {};
    const load = (left: number): void => {
      pictures.address(path).then(
        (address) => wanted && setShown({ path, address }),
        (error: unknown) => {
          if (wanted && left > 0 && mayPass(error)) cancel = systemClock.after(retryMs, () => load(left - 1));
        },
      );
    };
    load(retries);
    return () => {
      wanted = false;
      cancel();
    };
  }, [path, attempt]);
  return shown !== null && shown.path === path ? shown.address : null;
}

function mayPass(error: unknown): boolean {
  return !(error instanceof Fault) || (error.kind !== "denied" && error.kind !== "corrupt");
}
