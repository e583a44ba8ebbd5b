/**
 * --limit: how many rows a list has at most.
 */
import { Fault } from "../../hal/fault.ts";
import { quote, type Call, type Option } from "./command.ts";

const defaultLimit = 20;
const maxLimit = 100_000;

export const limitOption: Option = { value: "N", about: `At most N rows (${defaultLimit})` };

export function limitOf(call: Call): number {
  const text = call.value("limit");
  if (text === null) return defaultLimit;
  const limit = /^\d{1,6}$/u.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= maxLimit) return limit;
  throw new Fault(
    "invalid",
    `--limit ${quote(text)} is not allowed; allowed: a whole number from 1 to ${maxLimit}`,
  );
}
