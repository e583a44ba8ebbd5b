/**
 * TellPhone: may this browser be told, is it, and who else is. For those who may see what happened.
 */
import { useState } from "preact/hooks";
import type { PhonesShown } from "../../daemon/wire/api-push.ts";
import { getPeople } from "../identity/api.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { Icon } from "../look/icons.tsx";
import { useAction } from "../look/use-action.ts";
import { useAsked } from "../look/use-asked.ts";
import type { PageProps } from "../route/page-props.ts";
import { words } from "../words.ts";
import { allowPhones, getPhones } from "./api.ts";
import { PhoneList } from "./phone-list.tsx";
import { standingOf, type Here, type Standing } from "./standing.ts";
import { lookHere, tellHere, tellNoMore } from "./this-browser.ts";

const { push: say } = words;
const everyMs = 10_000;
/** A finger points less exactly than a mouse. */
const thing = globalThis.matchMedia?.("(pointer: coarse)").matches ? say.phone : say.browser;

async function look(): Promise<{ readonly shown: PhonesShown; readonly here: Here }> {
  const [shown, here] = await Promise.all([getPhones(), lookHere()]);
  return { shown, here };
}

export function TellPhone({ home, me }: Pick<PageProps, "home" | "me">) {
  const { value, fault, again } = useAsked(look, { clock: home.clock, everyMs });
  const people = useAsked(getPeople, { clock: home.clock, everyMs: null });
  if (value === null) return <FaultNote fault={fault} />;
  const isOwner = me.person.role === "owner";
  const standing = standingOf(value.here, value.shown, me);
  return (
    <section class="block" aria-labelledby="phones" data-standing={standing.state}>
      <h3 id="phones">{say.title(thing)}</h3>
      <p class="block-note">{say.note}</p>
      <ThisBrowser standing={standing} shown={value.shown} person={me.person.id} onChanged={again} />
      {value.shown.on && (
        <PhoneList
          phones={value.shown.phones}
          mark={value.here.mark}
          me={me}
          people={people.value?.people ?? []}
          onChanged={again}
        />
      )}
      {isOwner && value.shown.allowed && value.shown.on && <CloseAll onClosed={again} />}
    </section>
  );
}

interface ThisProps {
  readonly standing: Standing;
  readonly shown: PhonesShown;
  readonly person: string;
  readonly onChanged: () => void;
}

function ThisBrowser({ standing, shown, person, onChanged }: ThisProps) {
  const { busy, fault, run } = useAction();
  const act = async (work: () => Promise<void>): Promise<void> => {
    await run(work);
    onChanged(); // refused, too, may have changed what this browser says
  };
  if (standing.state !== "told" && standing.state !== "ask") {
    const { title, note } = say.standing[standing.state];
    return (
      <div class="card card-line" data-testid="push-standing">
        <Icon name="alert" />
        <p class="card-words">
          <strong>{title}</strong>
          <span>{note}</span>
        </p>
      </div>
    );
  }
  const { key } = shown;
  return (
    <div class="card" data-testid="push-standing">
      <div class="card-line">
        <Icon name="bell" />
        <p class="card-words">
          <strong>{standing.state === "told" ? say.told(thing) : say.notTold(thing)}</strong>
          {standing.state === "told" && <span>{say.carried(standing.phone.service)}</span>}
          {standing.state === "ask" && !shown.allowed && <span>{say.first}</span>}
        </p>
      </div>
      <FaultNote fault={fault} />
      <div class="form-row">
        {standing.state === "told" ? (
          <button
            type="button"
            class="button"
            disabled={busy}
            onClick={() => void act(() => tellNoMore(standing.phone.id, true))}
          >
            {say.stop(thing)}
          </button>
        ) : (
          <button
            type="button"
            class="button button-main"
            disabled={busy || key === null}
            onClick={() => void act(() => tellHere(key ?? "", person))}
          >
            {busy ? say.telling : say.tell(thing)}
          </button>
        )}
      </div>
    </div>
  );
}

function CloseAll({ onClosed }: { readonly onClosed: () => void }) {
  const [asking, setAsking] = useState(false);
  const { busy, fault, run } = useAction();
  const close = async (): Promise<void> => {
    if (!(await run(() => allowPhones(false)))) return;
    setAsking(false);
    onClosed();
  };
  if (!asking)
    return (
      <button type="button" class="button phones-close" onClick={() => setAsking(true)}>
        {say.close}
      </button>
    );
  return (
    <div class="confirm" role="group" aria-label={say.closeSure}>
      <p>
        <strong>{say.closeSure}</strong> {say.closeNote}
      </p>
      <FaultNote fault={fault} />
      <div class="form-row">
        <button type="button" class="button" onClick={() => setAsking(false)}>
          {say.keep}
        </button>
        <span class="stretch" />
        <button type="button" class="button button-danger" disabled={busy} onClick={() => void close()}>
          {say.closeDo}
        </button>
      </div>
    </div>
  );
}
