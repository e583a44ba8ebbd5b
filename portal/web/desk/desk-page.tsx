/**
 * DeskPage: an agency's place: signing in, and then its requests, a form for a new one, what it received, its keys.
 */
import { Icon } from "../../../web/look/icons.tsx";
import { useStore } from "../../../web/state/store.ts";
import { PageTitle } from "../look/parts.tsx";
import { addressOf } from "../route/route.ts";
import { ComposePage } from "./compose-page.tsx";
import { KeysPage } from "./keys-page.tsx";
import { OwnRequests } from "./own-requests.tsx";
import { ParcelDesk } from "./parcel-desk.tsx";
import { ParcelList } from "./parcel-list.tsx";
import { atDesk, type Desk } from "./session.ts";
import { SignIn } from "./sign-in.tsx";
import { deskWords as say } from "./words.ts";

const tabs = ["requests", "compose", "parcels", "keys"] as const;
type Tab = (typeof tabs)[number];

/** `place`: what stands behind "#/desk/": "compose", "parcels/GRANT". */
export function DeskPage({ place }: { readonly place: string }) {
  const desk = useStore(atDesk, (value) => value);
  if (desk === null) return <SignIn />;
  const [first = "", of = ""] = place.split("/");
  const tab = tabs.find((each) => each === first) ?? "requests";
  return (
    <>
      <DeskHead desk={desk} tab={tab} />
      <DeskTab key={place} desk={desk} tab={tab} of={of} />
    </>
  );
}

function DeskTab({ desk, tab, of }: { readonly desk: Desk; readonly tab: Tab; readonly of: string }) {
  switch (tab) {
    case "requests":
      return <OwnRequests desk={desk} />;
    case "compose":
      return <ComposePage desk={desk} />;
    case "parcels":
      return of === "" ? <ParcelList desk={desk} /> : <ParcelDesk desk={desk} grant={of} />;
    case "keys":
      return <KeysPage desk={desk} />;
  }
}

function DeskHead({ desk, tab }: { readonly desk: Desk; readonly tab: Tab }) {
  const name = useStore(desk.agency, ({ agency }) => agency.name);
  const signOut = (): void => {
    desk.end().catch(() => {}); // the keys go in any case; the session ends by itself
    atDesk.set(null);
  };
  return (
    <>
      <div class="desk-head">
        <PageTitle>{name}</PageTitle>
        <button type="button" class="button" onClick={signOut}>
          <Icon name="leave" />
          {say.signOut}
        </button>
      </div>
      <nav class="desk-tabs" aria-label={say.tabs.label}>
        {tabs.map((each) => (
          <a
            key={each}
            href={addressOf("desk", each === "requests" ? "" : each)}
            aria-current={each === tab ? "page" : undefined}
          >
            {say.tabs[each]}
          </a>
        ))}
      </nav>
    </>
  );
}
