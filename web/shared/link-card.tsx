/**
 * LinkCard: the link of a share, to copy or to photograph, while this page knows it.
 */
import { useRef, useState } from "preact/hooks";
import type { GrantCard, GrantState } from "../../daemon/wire/api-consent.ts";
import { copyText } from "../look/copy-text.ts";
import { moment } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import { linkTo } from "../share/links.ts";
import { words } from "../words.ts";
import { Qr } from "./qr.tsx";

const { shared: say } = words;
/** It leads somewhere, or will. */
const alive: ReadonlySet<GrantState> = new Set(["ready", "sending", "suspended", "delivered"]);

export function LinkCard({ card }: { readonly card: GrantCard }) {
  const link = linkTo(card.id);
  if (!alive.has(card.state)) return null;
  // what a court ordered may be by link or by a key
  if (link === null)
    return card.destination.kind === "link" ? <p class="block-note">{say.linkGone}</p> : null;
  return <KnownLink link={link} endsMs={card.notAfter} />;
}

function KnownLink({ link, endsMs }: { readonly link: string; readonly endsMs: number }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [copied, setCopied] = useState<"yes" | "no" | null>(null);
  const copy = async (): Promise<void> => {
    field.current?.select();
    setCopied((await copyText(link)) ? "yes" : "no");
  };
  return (
    <section class="card link-card" aria-labelledby="link-title">
      <h3 id="link-title">{say.link}</h3>
      <p>{say.linkNote}</p>
      <textarea
        ref={field}
        class="input"
        data-code="true"
        rows={4}
        readOnly
        value={link}
        aria-label={say.link}
        data-testid="link"
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <div class="form-row">
        <button type="button" class="button button-main" onClick={() => void copy()}>
          <Icon name={copied === "yes" ? "check" : "copy"} />
          {copied === "yes" ? say.copied : say.copy}
        </button>
      </div>
      <p class="field-note" role="status">
        {copied === "no" ? say.copyFailed : say.linkEnds(moment(endsMs))}
      </p>
      <Qr text={link} label={say.qr} />
    </section>
  );
}
