/**
 * WhatMenu: what moved, as a menu: one tap says that it was something else, another takes that back.
 */
import type { Event } from "../../daemon/wire/api.ts";
import { labels, type Label } from "../../models/labels.ts";
import { words } from "../words.ts";
import { kindWords, moveWords } from "./what-of.ts";

const { what: say } = words;

interface Props {
  readonly event: Event;
  readonly onCorrect: (label: Label | null) => void;
}

export function WhatMenu({ event, onCorrect }: Props) {
  return (
    <select
      class="input what-menu"
      aria-label={say.correct}
      title={`${say.correct}. ${say.note}`}
      data-corrected={event.corrected !== null}
      data-testid="what"
      value={event.corrected ?? ""}
      onChange={({ currentTarget }) =>
        onCorrect(labels.find((label) => label === currentTarget.value) ?? null)
      }
    >
      <option value="">
        {event.corrected === null ? kindWords(event) : say.asSaid(moveWords(event.what))}
      </option>
      {labels.map((label) => (
        <option key={label} value={label}>
          {say.labels[label]}
        </option>
      ))}
    </select>
  );
}
