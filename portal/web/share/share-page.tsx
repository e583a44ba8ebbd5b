/**
 * SharePage: a recording behind a link, opened here with the key that stands behind its #, or with the visitor's own
 * when it was shared with that.
 *
 * The key is in the address, or typed, and nowhere else: it is not stored, and no request carries it.
 */
import { useEffect, useState } from "preact/hooks";
import { toFault, type Fault } from "../../../hal/fault.ts";
import { FaultNote } from "../../../web/look/fault-note.tsx";
import { percent } from "../../../web/look/format.ts";
import type { Share } from "../../api.ts";
import { getShare, getShareParcel } from "../ask/public.ts";
import { Nothing, PageTitle } from "../look/parts.tsx";
import { openParcel, type OpenedParcel } from "../parcel/opened.ts";
import { openedNow, ParcelView } from "../parcel/parcel-view.tsx";
import { whenText } from "../request/places.ts";
import { words } from "../words.ts";
import { OwnKey } from "./own-key.tsx";
import { shareKeyOf } from "./share-key.ts";

const { share: say, parcel: sayParcel } = words;

type Step =
  | { readonly at: "fetching" }
  | { readonly at: "checking"; readonly frac: number }
  | { readonly at: "no-key" }
  | { readonly at: "gone" }
  | { readonly at: "refused"; readonly fault: Fault }
  | {
      readonly at: "open";
      readonly share: Share;
      readonly parcel: OpenedParcel;
      readonly openedWallMs: number;
    };

async function openShare(grant: string, key: string, onStep: (step: Step) => void): Promise<Step> {
  const secret = shareKeyOf(key);
  if (secret === null) return { at: "no-key" };
  const share = await getShare(grant);
  const sealed = await getShareParcel(grant);
  onStep({ at: "checking", frac: 0 });
  const parcel = await openParcel({
    grant,
    letterBytes: share.letterBytes,
    sealed,
    secret,
    onProgress: (frac) => onStep({ at: "checking", frac }),
  });
  return { at: "open", share, parcel, openedWallMs: openedNow() };
}

export function SharePage({ grant, fragment }: { readonly grant: string; readonly fragment: string }) {
  const [step, setStep] = useState<Step>({ at: "fetching" });
  const [typed, setTyped] = useState<string | null>(null);
  useEffect(() => {
    let here = true;
    let opened: OpenedParcel | null = null;
    const show = (next: Step): void => {
      if (next.at === "open") opened = next.parcel;
      if (here) setStep(next);
      else opened?.close();
    };
    setStep({ at: "fetching" });
    openShare(grant, typed ?? fragment, show).then(show, (error: unknown) => {
      const fault = toFault(error);
      show(fault.kind === "not-found" ? { at: "gone" } : { at: "refused", fault });
    });
    return () => {
      here = false;
      opened?.close();
    };
  }, [grant, fragment, typed]);
  return (
    <>
      <PageTitle lead={say.lead}>{words.titles.share}</PageTitle>
      <div aria-live="polite">
        <ShareStep step={step} />
      </div>
      {(step.at === "no-key" || (step.at === "refused" && typed !== null)) && <OwnKey onKey={setTyped} />}
    </>
  );
}

function ShareStep({ step }: { readonly step: Step }) {
  switch (step.at) {
    case "fetching":
      return <p class="wait breathing">{sayParcel.fetching}</p>;
    case "checking":
      return (
        <p class="wait breathing">
          {sayParcel.checking} {percent(step.frac)}
        </p>
      );
    case "no-key":
      return <Nothing title={say.noKey} hint={say.noKeyHint} />;
    case "gone":
      return <Nothing title={say.gone} hint={say.goneHint} />;
    case "refused":
      return (
        <div class="part" data-testid="refused">
          <h2>{sayParcel.refused}</h2>
          <FaultNote fault={step.fault} />
        </div>
      );
    case "open":
      return (
        <>
          <p class="lead">
            {say.until(whenText(step.share.until))} {say.keyStays}
          </p>
          <ParcelView
            parcel={step.parcel}
            receipt={null}
            openedWallMs={step.openedWallMs}
            first="recordings"
          />
        </>
      );
  }
}
