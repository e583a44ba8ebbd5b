/**
 * CheckList: what was found. What is wrong stands first, open, with what to do; the rest group by group, folded.
 */
import { figureText } from "../../daemon/selftest/report/words.ts";
import type { CheckReport, Group, Verdict } from "../../daemon/wire/selftest.ts";
import { sentence } from "../look/format.ts";
import { Icon, type IconName } from "../look/icons.tsx";
import { words } from "../words.ts";
import { Bars } from "./bars.tsx";
import { Waveform } from "./waveform.tsx";

const { selftest: say } = words;
const icons: Readonly<Record<Verdict, IconName>> = {
  pass: "check",
  warn: "alert",
  fail: "close",
  skip: "minus",
};

export function CheckList({ checks }: { readonly checks: readonly CheckReport[] }) {
  const troubled = [
    ...checks.filter(({ verdict }) => verdict === "fail"),
    ...checks.filter(({ verdict }) => verdict === "warn"),
  ];
  const rest = checks.filter(({ verdict }) => verdict === "pass" || verdict === "skip");
  const groups = [...new Set(rest.map(({ group }) => group))];
  return (
    <div class="test-found">
      {troubled.length > 0 && (
        <ul class="test-checks" data-testid="test-troubled">
          {troubled.map((check) => (
            <CheckItem key={check.id} check={check} />
          ))}
        </ul>
      )}
      {groups.map((group) => (
        <GroupPart key={group} group={group} checks={rest.filter((each) => each.group === group)} />
      ))}
    </div>
  );
}

interface GroupProps {
  readonly group: Group;
  readonly checks: readonly CheckReport[];
}

function GroupPart({ group, checks }: GroupProps) {
  const count = (verdict: Verdict): number => checks.filter((each) => each.verdict === verdict).length;
  const told = [
    ...(count("pass") > 0 ? [say.others(String(count("pass")))] : []),
    ...(count("skip") > 0 ? [say.skipped(String(count("skip")))] : []),
  ];
  return (
    <details class="card test-group" data-group={group}>
      <summary>
        <strong>{say.groups[group]}</strong>
        <span>{told.join(", ")}</span>
        <Icon name="older" />
      </summary>
      <ul class="test-checks">
        {checks.map((check) => (
          <CheckItem key={check.id} check={check} />
        ))}
      </ul>
    </details>
  );
}

function CheckItem({ check }: { readonly check: CheckReport }) {
  const { id, verdict, title, seen, advice, figures, waveform, histogram } = check;
  return (
    <li class="test-check" data-check={id} data-verdict={verdict}>
      <span class="test-mark" title={say.verdicts[verdict]}>
        <Icon name={icons[verdict]} />
        <span class="unseen">{say.verdicts[verdict]}</span>
      </span>
      <div>
        <h4>{title}</h4>
        <p>{sentence(seen)}</p>
        {advice !== undefined && (
          <p class="test-advice">
            <strong>{say.advice}:</strong> {sentence(advice)}
          </p>
        )}
        {figures.length > 0 && <p class="test-figures">{figures.map(figureText).join(" · ")}</p>}
        {waveform !== undefined && <Waveform wave={waveform} />}
        {histogram !== undefined && <Bars histogram={histogram} />}
      </div>
    </li>
  );
}
