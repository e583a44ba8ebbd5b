/**
 * WhatButton: the sign of an event on its row; of what moved it is a button that opens the menu to correct it.
 */
import { Icon } from "../look/icons.tsx";
import { words } from "../words.ts";
import type { Told } from "./describe.ts";
import { SignIcon } from "./sign-icon.tsx";
import { signOf } from "./signs.ts";

/** `anchor`: beside what the menu opens, and what has the keyboard when it closes. */
export type OpenWhat = (event: Told, anchor: HTMLElement) => void;

interface Props {
  readonly event: Told;
  /** The event in words, for whoever has it read out. */
  readonly about: string;
  readonly tabIndex: number;
  /** Null: not for this person. */
  readonly onOpen: OpenWhat | null;
}

export function WhatButton({ event, about, tabIndex, onOpen }: Props) {
  const sign = <SignIcon sign={signOf(event)} />;
  // a ring is what it is
  if (onOpen === null || event.kind === "ring") return <span class="row-what">{sign}</span>;
  return (
    <button
      type="button"
      class="row-what"
      tabIndex={tabIndex}
      aria-haspopup="menu"
      aria-label={words.what.correctRow(about)}
      title={words.what.correct}
      onClick={({ currentTarget }) => onOpen(event, currentTarget)}
    >
      {sign}
      <Icon name="older" class="row-what-more" />
    </button>
  );
}
