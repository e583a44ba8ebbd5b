/**
 * ConfirmStep: the second look before something is gone for good: what that means, do it, or keep it.
 *
 * The keyboard lands on what keeps it, so that Enter twice destroys nothing.
 */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

interface Props {
  /** What will be, in a sentence; also the name of the group. */
  readonly sure: string;
  readonly go: string;
  readonly keep: string;
  readonly busy?: boolean;
  readonly onGo: () => void;
  readonly onKeep: () => void;
  readonly children?: ComponentChildren;
}

export function ConfirmStep({ sure, go, keep, busy = false, onGo, onKeep, children }: Props) {
  const back = useRef<HTMLButtonElement>(null);
  // with the commit, not after the next paint: a key pressed at once finds it
  useLayoutEffect(() => back.current?.focus(), []);
  return (
    <div class="confirm" role="group" aria-label={sure}>
      <p>{sure}</p>
      {children}
      <div class="form-row">
        <button type="button" class="button button-danger" disabled={busy} onClick={onGo}>
          {go}
        </button>
        <button type="button" class="button" ref={back} onClick={onKeep}>
          {keep}
        </button>
      </div>
    </div>
  );
}
