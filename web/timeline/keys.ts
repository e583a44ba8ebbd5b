/**
 * Keys of the timeline. Pure: a key becomes a deed.
 *
 * Left and right move, up and down go from event to event, + and - zoom: a slider's keys, so that whoever has the
 * page read out knows them. With Ctrl, Alt or Meta a key is the browser's.
 */
export type Deed =
  | { readonly do: "step"; readonly steps: number }
  | { readonly do: "page"; readonly pages: number }
  | { readonly do: "event"; readonly direction: 1 | -1 }
  | { readonly do: "zoom"; readonly factor: number }
  | { readonly do: "oldest" | "now" | "play" };

const deeds: Readonly<Record<string, Deed>> = {
  ArrowLeft: { do: "step", steps: -1 },
  ArrowRight: { do: "step", steps: 1 },
  ArrowUp: { do: "event", direction: 1 },
  ArrowDown: { do: "event", direction: -1 },
  PageUp: { do: "page", pages: 1 },
  PageDown: { do: "page", pages: -1 },
  Home: { do: "oldest" },
  End: { do: "now" },
  "+": { do: "zoom", factor: 0.5 },
  "=": { do: "zoom", factor: 0.5 },
  "-": { do: "zoom", factor: 2 },
  n: { do: "event", direction: 1 },
  p: { do: "event", direction: -1 },
  " ": { do: "play" },
};

type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "altKey" | "metaKey" | "shiftKey">;

/** Null: not ours. Shift makes a step ten times as long. */
export function deedOf({ key, ctrlKey, altKey, metaKey, shiftKey }: Pressed): Deed | null {
  if (ctrlKey || altKey || metaKey) return null;
  const deed = deeds[key] ?? null;
  return deed?.do === "step" && shiftKey ? { do: "step", steps: deed.steps * 10 } : deed;
}
