/**
 * Policy words: what the history says of a new policy: its number, and which ways out it opens or closes. Pure.
 */
import type { Policy } from "../policy/policy.ts";

type Ways = Pick<Policy, "audio" | "publish">;
const none: Ways = { audio: false, publish: {} };

const names: readonly (readonly [string, (ways: Ways) => boolean])[] = [
  ["sound while talking", ({ audio }) => audio],
  ["live picture by RTSP", ({ publish }) => publish.rtsp === true],
  ["pictures with alerts by ntfy", ({ publish }) => publish.ntfy === true],
  ["pictures with alerts by webhook", ({ publish }) => publish.webhook === true],
];

export function policyWords(policy: Policy, was: Policy | null): string {
  const changed = names.filter(([, isOpen]) => isOpen(policy) !== isOpen(was ?? none));
  const opened = changed.filter(([, isOpen]) => isOpen(policy)).map(([name]) => name);
  const closed = changed.filter(([, isOpen]) => !isOpen(policy)).map(([name]) => name);
  return [
    `property line number ${policy.version}`,
    ...(opened.length > 0 ? [`allowed from now on: ${opened.join(", ")}`] : []),
    ...(closed.length > 0 ? [`not allowed any more: ${closed.join(", ")}`] : []),
  ].join("; ");
}
