/**
 * StepList: how far the first owner has come: code, words, line.
 */
import { words } from "../words.ts";

export function StepList({ at }: { readonly at: number }) {
  return (
    <ol class="steps">
      {words.enter.steps.map((step, index) => (
        <li key={step} class="step" data-done={index < at} aria-current={index === at ? "step" : undefined}>
          {step}
        </li>
      ))}
    </ol>
  );
}
