/**
 * FaultNote: what went wrong, and what to do next, where it happened; read out at once.
 */
import { sentence } from "./format.ts";
import { hintSentence } from "./hint.ts";
import { Icon } from "./icons.tsx";

interface Props {
  /** A Fault, or what the doorbell tells of one. */
  readonly fault: { readonly message: string; readonly hint?: string | undefined } | null;
}

export function FaultNote({ fault }: Props) {
  return (
    <div role="alert" class="fault-place">
      {fault !== null && (
        <div class="fault" data-testid="fault">
          <Icon name="alert" />
          <p>
            <strong>{sentence(fault.message)}</strong>
            {fault.hint !== undefined && ` ${hintSentence(fault.hint)}`}
          </p>
        </div>
      )}
    </div>
  );
}
