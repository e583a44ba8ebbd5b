/**
 * useNarrow: is the window a phone's, where one column is all there is?
 */
import { useEffect, useState } from "preact/hooks";

/** The width from which pages have two columns (look/*.css). */
const query = "(max-width: 999px)";

export function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const change = (): void => setNarrow(list.matches);
    change();
    list.addEventListener("change", change);
    return () => list.removeEventListener("change", change);
  }, []);
  return narrow;
}
