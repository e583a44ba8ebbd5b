/**
 * Keep told: at each start of the page, whoever chose to be told on this browser still is, or learns that they are not.
 *
 * Browsers give themselves other addresses, sessions run out and begin anew: the doorbell is told of both.
 */
import { getPhones } from "./api.ts";
import { bindHere, lookHere, moveHere } from "./this-browser.ts";
import { readToldHere, writeToldHere } from "./told-here.ts";
import { toldStep } from "./told-step.ts";

/** False: they are not told any more. Throws Fault when nobody can say. */
export async function keepTold(person: string): Promise<boolean> {
  const [kept, { mark, permission }] = await Promise.all([readToldHere(), lookHere()]);
  if (kept === null && mark === null) return true; // nobody ever was
  const shown = await getPhones();
  const step = toldStep({ kept, mark, shown, person, mayNotify: permission === "granted" });
  if (step === "lost") return false;
  try {
    if (step === "bind") await bindHere();
    if (step === "move") await moveHere(shown.key ?? "", person);
  } catch {
    return step === "bind"; // it is told all the same
  }
  const isOurs = shown.phones.some((phone) => phone.mark === mark && phone.person === person);
  if (isOurs && mark !== null && shown.key !== null && kept?.mark !== mark)
    await writeToldHere({ person, key: shown.key, mark });
  return true;
}
