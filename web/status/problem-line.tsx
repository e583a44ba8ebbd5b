/**
 * ProblemLine: one thing that is wrong, what to do about it, and the way there.
 */
import { Icon } from "../look/icons.tsx";
import { addressOf } from "../route/route.ts";
import type { Problem } from "./problems.ts";

interface Props {
  readonly problem: Problem;
  /** This person may put right what is wrong with the line. */
  readonly drawsLine: boolean;
  /** Since when, in words. */
  readonly since?: string | undefined;
}

/** What stands between backticks in a hint is to be typed. */
export function ProblemLine({ problem, drawsLine, since }: Props) {
  const { cure } = problem;
  return (
    <li class="problem" data-level={problem.level}>
      <Icon name="alert" />
      <div>
        <p class="problem-title">{problem.title}</p>
        <p>{problem.hint.split("`").map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part))}</p>
        {since !== undefined && <p class="problem-since">{since}</p>}
        {cure !== undefined && drawsLine && (
          <a class="button problem-cure" href={addressOf(cure.page)}>
            {cure.word}
          </a>
        )}
      </div>
    </li>
  );
}
