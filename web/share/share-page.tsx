/**
 * SharePage: from recordings to a signature, one step after the other.
 *
 * "#/share/request/<hash>", "#/share/court-order/<hash>", "#/share/clip/<clip>": what is chosen from comes
 * from the address; the steps are the same. Nothing is kept when the page is left before signing.
 */
import "../look/player.css";
import "../look/share.css";
import { useCallback } from "preact/hooks";
import { moment } from "../look/format.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { useAsked } from "../look/use-asked.ts";
import type { PageProps } from "../route/page-props.ts";
import { words } from "../words.ts";
import { Sharer } from "./sharer.tsx";
import { loadSource, type Asked, type Missing, type SourceKind } from "./source.ts";

const { share: say } = words;

export const RequestSharePage = pageFor("request");
export const CourtSharePage = pageFor("court-order");
export const ClipSharePage = pageFor("own");

function pageFor(kind: SourceKind) {
  return function SharePage({ home, me, rest }: PageProps) {
    const name = rest[0] ?? "";
    const ask = useCallback(() => loadSource(kind, name), [name]);
    const { value, fault, again } = useAsked(ask, { clock: home.clock, everyMs: null });
    if (fault !== null) {
      return (
        <>
          <FaultNote fault={fault} />
          <button type="button" class="button" onClick={again}>
            {say.retry}
          </button>
        </>
      );
    }
    if (value === null) return <p role="status">{say.loading}</p>;
    if (typeof value === "string") return <Nothing missing={value} />;
    return (
      <>
        <AskedFor asked={value.asked} />
        <Sharer home={home} me={me} source={value} />
      </>
    );
  };
}

const nothings: Readonly<Record<Missing, readonly [string, string]>> = {
  request: [say.gone.request, say.gone.requestNote],
  order: [say.gone.order, say.gone.orderNote],
  clips: [say.gone.clips, say.gone.clipsNote],
  recording: [say.gone.recording, ""],
};

function Nothing({ missing }: { readonly missing: Missing }) {
  const [title, note] = nothings[missing];
  return (
    <section class="card" role="status" data-missing={missing}>
      <p class="card-words">
        <strong>{title}</strong>
        {note !== "" && <span>{note}</span>}
      </p>
    </section>
  );
}

function AskedFor({ asked }: { readonly asked: Asked }) {
  if (asked.kind === "own") return null;
  const { from, to } = asked.kind === "request" ? asked.card.request.window : asked.card.window;
  const what =
    asked.kind === "request"
      ? say.forRequest(asked.card.agency.name, asked.card.request.case)
      : say.forOrder(asked.card.court, asked.card.fileNumber);
  return (
    <p class="asked-for">
      <strong>{what}</strong>
      <span>{say.window(moment(from), moment(to))}</span>
    </p>
  );
}
