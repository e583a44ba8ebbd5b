/**
 * Enrol: takes a signed record into the household, told in the history before it is in force.
 */
import type { History } from "../history.ts";
import type { HouseholdBook, HouseholdChange } from "./household-book.ts";

export async function enrol(
  record: unknown,
  { household, history }: { household: HouseholdBook; history: History },
): Promise<HouseholdChange> {
  const isFirst = !household.isPaired;
  return household.add(record, async ({ type, person, by }) => {
    const what = isFirst ? "paired" : type === "enrol" ? "enrolled" : "removed";
    await history.append({ who: by.name, what, detail: detailOf(what, person) });
  });
}

function detailOf(
  what: "paired" | "enrolled" | "removed",
  { name, role }: HouseholdChange["person"],
): string {
  if (what === "paired") return `${name} made this doorbell theirs`;
  return what === "enrolled" ? `${name} may come in as ${role}` : `${name}, ${role}, was removed`;
}
