/**
 * Notices: what the registrar said about a request in public, and that it was taken back.
 */
import type { Note, RequestCard } from "../../api.ts";
import { words } from "../words.ts";
import { dayText } from "./places.ts";

const { request: say } = words;

export function RegistrarNote({ note }: { readonly note: Pick<Note, "kind" | "text" | "issuedAt"> }) {
  return (
    <div class="said" data-look={note.kind === "withdrawn" ? "wrong" : "warn"}>
      <strong>
        {say.note}, {dayText(note.issuedAt)}
      </strong>
      {note.text}
    </div>
  );
}

export function Notices({ card }: { readonly card: Pick<RequestCard, "withdrawn" | "notes"> }) {
  const { withdrawn, notes } = card;
  return (
    <>
      {withdrawn !== null && (
        <p class="said" data-look="wrong">
          {withdrawn.by === "agency"
            ? say.withdrawnByAgency(dayText(withdrawn.at))
            : say.withdrawnByRegistrar(dayText(withdrawn.at))}
        </p>
      )}
      {notes.map((note) => (
        <RegistrarNote key={note.index} note={note} />
      ))}
    </>
  );
}
