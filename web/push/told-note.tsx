/**
 * ToldNote: one quiet line when somebody chose to be told on this browser and is not any more; looks once, after the picture.
 */
import { useEffect, useState } from "preact/hooks";
import { systemClock } from "../../hal/clock.ts";
import { Icon } from "../look/icons.tsx";
import { addressOf } from "../route/route.ts";
import { words } from "../words.ts";
import { forgetToldHere } from "./told-here.ts";

const { lost: say } = words.push;
const restMs = 3_000;

export function ToldNote({ person }: { readonly person: string }) {
  const [isLost, setLost] = useState(false);
  useEffect(
    () =>
      systemClock.after(restMs, () => {
        if (!import.meta.env.PROD) return;
        void import("./keep-told.ts")
          .then(({ keepTold }) => keepTold(person))
          .then((told) => setLost(!told))
          .catch(() => {}); // the doorbell is away: at the next start
      }),
    [person],
  );
  if (!isLost) return null;
  const leave = (): void => {
    setLost(false);
    void forgetToldHere().catch(() => {}); // it is said again, then
  };
  return (
    <div class="join-note" role="status" data-testid="told-note">
      <Icon name="alert" />
      <span>{say.title}</span>
      <a class="button" href={addressOf("alerts")} onClick={() => setLost(false)}>
        {say.see}
      </a>
      <button type="button" class="button" onClick={leave}>
        {say.leave}
      </button>
    </div>
  );
}
