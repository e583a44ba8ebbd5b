/**
 * Sharer: the steps from choosing to signing, and what is chosen so far.
 */
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Clip } from "../../daemon/wire/api.ts";
import { maxClips, maxItems } from "../../daemon/consent/parcel.ts";
import type { Me } from "../identity/me.ts";
import { bytes, duration, number } from "../look/format.ts";
import { useAction } from "../look/use-action.ts";
import { addressOf } from "../route/route.ts";
import type { Home } from "../state/home.ts";
import { words } from "../words.ts";
import { newLinkKey } from "./age-key.ts";
import { CheckStep } from "./check-step.tsx";
import { ChooseStep } from "./choose-step.tsx";
import { excessOf, partsOf, sumOf, type Choice, type Part } from "./parts.ts";
import { recipientOf, type Form } from "./recipient.ts";
import { newGrantId, sendGrant } from "./send-grant.ts";
import { SignStep } from "./sign-step.tsx";
import type { Source } from "./source.ts";
import type { Span } from "./span.ts";
import { defaultHours, endOf, type Terms } from "./terms.ts";
import { ToStep } from "./to-step.tsx";
import { usePreparation } from "./use-preparation.ts";

const { share: say } = words;

type Step = keyof typeof say.steps;

interface Props {
  readonly home: Home;
  readonly me: Me;
  readonly source: Source;
}

export function Sharer({ home, me, source }: Props) {
  const { asked, destinations } = source;
  const steps: readonly Step[] =
    asked.kind === "request" ? ["choose", "check", "sign"] : ["choose", "to", "check", "sign"];
  const [at, setAt] = useState(0);
  const step = steps[at] ?? "choose";
  const [clips, setClips] = useState<readonly Clip[]>(source.clips);
  const [choice, setChoice] = useState<Choice>(new Map());
  const [form, setForm] = useState<Form>(() => ({ way: null, whom: "", key: "", linkKey: newLinkKey() }));
  const [terms, setTerms] = useState<Terms>({ hours: defaultHours, note: "" });
  const [id] = useState(newGrantId);
  const action = useAction();

  const parts = useMemo(() => partsOf(choice, clips), [choice, clips]);
  const to = recipientOf(form, { asked, destinations, ownSealTo: me.person.sealTo ?? "" });
  const preparation = usePreparation({
    parts,
    sealTo: to?.recipient.sealTo ?? null,
    wanted: step === "check" || step === "sign",
  });
  const heading = useStepHeading(step);

  const onSpan = (clip: string, span: Span | null): void => {
    const next = new Map(choice);
    if (span === null) next.delete(clip);
    else next.set(clip, span);
    setChoice(next);
  };
  const sign = async (): Promise<void> => {
    if (to === null) return;
    const { prepared } = preparation;
    const worked = await action.run(async () => {
      await sendGrant({ id, to, parts, prepared, terms }, { me, nowMs: Math.round(home.now()) });
    });
    if (worked) location.hash = addressOf(`shared/${id}`);
  };
  const isReady = {
    choose: parts.length > 0 && excessOf(parts) === null,
    to: to !== null,
    check: preparation.ready,
    sign: true,
  }[step];
  return (
    <div class="sharer" data-step={step}>
      <h3 class="step-title" tabIndex={-1} ref={heading}>
        {say.step(at + 1, steps.length, say.steps[step])}
      </h3>
      {step === "choose" && (
        <ChooseStep
          home={home}
          source={source}
          clips={clips}
          choice={choice}
          onSpan={onSpan}
          onAdd={(clip) => setClips((known) => [...known, clip])}
        />
      )}
      {step === "to" && <ToStep source={source} form={form} onForm={setForm} />}
      {step === "check" && to !== null && (
        <CheckStep
          asked={asked}
          parts={parts}
          to={to}
          terms={terms}
          nowMs={home.now()}
          preparation={preparation}
          onTerms={setTerms}
        />
      )}
      {step === "sign" && to !== null && (
        <SignStep
          source={source}
          parts={parts}
          to={to}
          endsMs={endOf(terms, home.now())}
          action={action}
          onSign={() => void sign()}
          onBack={() => setAt(at - 1)}
        />
      )}
      {step !== "sign" && (
        <StepBar
          parts={parts}
          isReady={isReady}
          next={nextWord(steps[at + 1])}
          onBack={at === 0 ? null : () => setAt(at - 1)}
          onNext={() => setAt(at + 1)}
        />
      )}
    </div>
  );
}

/** The keyboard, and a screen reader, go to the new step. */
function useStepHeading(step: Step) {
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useRef(true);
  useLayoutEffect(() => {
    if (!first.current) {
      heading.current?.focus({ preventScroll: true });
      heading.current?.scrollIntoView({ block: "start" });
    }
    first.current = false;
  }, [step]);
  return heading;
}

function nextWord(step: Step | undefined): string {
  if (step === "to") return say.toRecipient;
  return step === "check" ? say.toCheck : say.toSign;
}

interface BarProps {
  readonly parts: readonly Part[];
  readonly isReady: boolean;
  readonly next: string;
  readonly onBack: (() => void) | null;
  readonly onNext: () => void;
}

/** What is chosen so far, and the way on; it stays in sight. */
function StepBar({ parts, isReady, next, onBack, onNext }: BarProps) {
  const sum = sumOf(parts);
  const excess = excessOf(parts);
  const most = { pieces: number(maxItems), clips: number(maxClips), bytes: "" };
  return (
    <div class="step-bar">
      <p class="step-sum" role="status" data-testid="sum">
        {parts.length === 0
          ? say.nothingChosen
          : say.sum(sum.clips, duration(sum.leavingMs), bytes(sum.bytes))}
        {excess !== null && <strong class="step-excess">{say.excess[excess](most[excess])}</strong>}
      </p>
      <div class="step-buttons">
        {onBack !== null && (
          <button type="button" class="button" onClick={onBack}>
            {say.back}
          </button>
        )}
        <button
          type="button"
          class="button button-main"
          disabled={!isReady}
          onClick={onNext}
          data-testid="next"
        >
          {next}
        </button>
      </div>
    </div>
  );
}
