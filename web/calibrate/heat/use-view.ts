/**
 * useView: how the doorbell's picture is turned and cropped at present; heat is of that picture.
 */
import { useMemo } from "preact/hooks";
import type { ViewGeometry } from "../../../hal/view.ts";
import type { Frame } from "../../drawing/frame.ts";
import type { Home } from "../../state/home.ts";
import { useStore } from "../../state/store.ts";

export function useView(home: Home): Frame {
  // as text: the status is another object every second, and says the same
  const text = useStore(home.store, (model) => JSON.stringify(model.status?.camera.view ?? null));
  return useMemo(() => JSON.parse(text) as ViewGeometry | null, [text]);
}
