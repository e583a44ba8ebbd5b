/**
 * FaultNote: what went wrong, and what to do next, where it happened; read out at once.
 */
import type { Fault } from "../../hal/fault.ts";
import { sentence } from "./format.ts";
import { Icon } from "./icons.tsx";

export function FaultNote({ fault }: { readonly fault: Pick<Fault, "message" | "hint"> | null }) {
  return (
    <div role="alert" class="fault-place">
      {fault !== null && (
        <div class="fault" data-testid="fault">
          <Icon name="alert" />
          <p>
            <strong>{sentence(fault.message)}</strong>
            {fault.hint !== undefined && ` ${sentence(fault.hint)}`}
          </p>
        </div>
      )}
    </div>
  );
}
