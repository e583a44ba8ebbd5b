/**
 * KeysPage: the agency's keys as they are published, and which one sits at this desk.
 */
import { useStore } from "../../../web/state/store.ts";
import { dayText, whenText } from "../request/places.ts";
import { words } from "../words.ts";
import type { Desk } from "./session.ts";
import { deskWords } from "./words.ts";

const { keys: say } = deskWords;
const { agencies: sayPublic } = words;

export function KeysPage({ desk }: { readonly desk: Desk }) {
  const { agency, signKey, expiresWallMs } = useStore(desk.agency, (session) => session);
  return (
    <section class="part">
      <h2>{say.title}</h2>
      <p class="part-note">{say.note}</p>
      <dl class="facts">
        {agency.keys.map((key) => (
          <div key={key.signKey} class="facts-row">
            <dt>
              {key.revokedAt === null
                ? sayPublic.keySince(dayText(key.from))
                : sayPublic.keyRevoked(dayText(key.revokedAt))}
            </dt>
            <dd>
              <span class="code">{key.signKey}</span>
              {key.signKey === signKey && <small>{say.this}</small>}
            </dd>
          </div>
        ))}
        <dt>{sayPublic.sealKeys}</dt>
        <dd class="code">{agency.sealTo.join(" ")}</dd>
        <dt>{sayPublic.docks}</dt>
        <dd class="code">{agency.docks.join(" ")}</dd>
      </dl>
      <p class="part-note">{say.session(whenText(expiresWallMs))}</p>
    </section>
  );
}
