/**
 * AlertsPage: what you are told and when not, the house's phones and programs, and what was told lately.
 */
import "../look/alerts.css";
import { alertKindNames } from "./kinds.ts";
import { FaultNote } from "../look/fault-note.tsx";
import type { PageProps } from "../route/page-props.ts";
import { TellPhone } from "../push/tell-phone.tsx";
import { useNow } from "../state/use-now.ts";
import { words } from "../words.ts";
import { ChannelList } from "./channel-list.tsx";
import { RulesForm } from "./rules-form.tsx";
import { hasHouse } from "./silence.ts";
import { SnoozePart } from "./snooze-part.tsx";
import { ToldList } from "./told-list.tsx";
import { useAlerts } from "./use-alerts.ts";

const say = words.alerts;

export function AlertsPage({ home, me }: PageProps) {
  const alerts = useAlerts(home, { withTold: true });
  const nowMs = useNow(home);
  const { view } = alerts;
  if (view === null)
    return alerts.fault === null ? <p role="status">{say.loading}</p> : <FaultNote fault={alerts.fault} />;
  const { own, house, zones } = view;
  const isOwner = me.person.role === "owner";
  const ways = hasHouse(view);
  return (
    <div class="alerts">
      <FaultNote fault={view.fault} />
      <section class="block" aria-labelledby="snooze">
        <h3 id="snooze">{say.snooze.title}</h3>
        <p class="block-note">{say.snooze.note}</p>
        <SnoozePart whose="own" title={say.snooze.forYou} listening={own} alerts={alerts} nowMs={nowMs} />
        {isOwner && ways && (
          <SnoozePart
            whose="house"
            title={say.snooze.forHouse}
            listening={house}
            alerts={alerts}
            nowMs={nowMs}
          />
        )}
      </section>
      <TellPhone home={home} me={me} />
      <section class="block" aria-labelledby="own-rules">
        <h3 id="own-rules">{say.own.title}</h3>
        <p class="block-note">{say.own.note}</p>
        <RulesForm whose="own" kept={own.rules} zones={zones} kinds={alertKindNames} alerts={alerts} />
      </section>
      <section class="block" aria-labelledby="house-rules">
        <h3 id="house-rules">{say.house.title}</h3>
        <p class="block-note">{ways ? say.house.note : say.house.nobody}</p>
        <ChannelList channels={house.channels} nowMs={nowMs} />
        {ways && !isOwner && <p class="block-note">{say.house.readOnly}</p>}
        {ways && isOwner && (
          <RulesForm whose="house" kept={house.rules} zones={zones} kinds={house.kinds} alerts={alerts} />
        )}
      </section>
      <section class="block" aria-labelledby="told-lately">
        <h3 id="told-lately">{say.told.title}</h3>
        <p class="block-note">
          {say.told.note} {own.held + house.held > 0 && `${say.told.held(own.held + house.held)}.`}
        </p>
        <ToldList view={view} nowMs={nowMs} />
      </section>
    </div>
  );
}
