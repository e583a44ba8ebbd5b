/**
 * Choice: which events are chosen, one by one, in a range with Shift, or all that are listed. Pure.
 */
export interface Choice {
  readonly ids: ReadonlySet<string>;
  /** The last that was chosen by hand: where a range begins. */
  readonly anchor: string | null;
}

export const noChoice: Choice = { ids: new Set(), anchor: null };

/** `listed` in the order of the list; with `range` all from the anchor on become what this one becomes. */
export function toggled(
  { ids, anchor }: Choice,
  id: string,
  { listed, range }: { readonly listed: readonly string[]; readonly range: boolean },
): Choice {
  const isOn = !ids.has(id);
  const [a, b] = [listed.indexOf(anchor ?? ""), listed.indexOf(id)];
  const touched = range && a >= 0 && b >= 0 ? listed.slice(Math.min(a, b), Math.max(a, b) + 1) : [id];
  const next = new Set(ids);
  for (const each of touched) {
    if (isOn) next.add(each);
    else next.delete(each);
  }
  return { ids: next, anchor: id };
}

export function joined({ ids, anchor }: Choice, more: readonly string[]): Choice {
  return { ids: new Set([...ids, ...more]), anchor };
}

export function allOf(listed: readonly string[]): Choice {
  return { ids: new Set(listed), anchor: null };
}

/** What was deleted meanwhile is chosen no more. */
export function without({ ids, anchor }: Choice, gone: ReadonlySet<string>): Choice {
  if (![...gone].some((id) => ids.has(id))) return { ids, anchor };
  return { ids: new Set([...ids].filter((id) => !gone.has(id))), anchor };
}
