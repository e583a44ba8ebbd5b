/**
 * useFrame: how the picture on the stage was cut and turned, by what the doorbell says of its camera.
 */
import { useMemo } from "preact/hooks";
import type { ViewGeometry } from "../../hal/view.ts";
import type { Home } from "../state/home.ts";
import { useStore } from "../state/store.ts";
import { type Frame, frameOf } from "./frame.ts";
import type { Size } from "./view.ts";

export function useFrame(home: Home, picture: Size | null): Frame {
  // as text: the status is another object every second, and says the same
  const text = useStore(home.store, (model) => JSON.stringify(model.status?.camera.view ?? null));
  return useMemo(() => {
    const view = JSON.parse(text) as ViewGeometry | null;
    return view === null || picture === null ? null : frameOf(view, picture);
  }, [text, picture]);
}
