/**
 * TalkPage: what there is to talk with at the door, quick replies, and the tone of a ring.
 */
import type { TalkState } from "../../daemon/wire/api-talk.ts";
import { mayOf } from "../identity/may.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { Icon } from "../look/icons.tsx";
import { useAction } from "../look/use-action.ts";
import { useAsked } from "../look/use-asked.ts";
import type { PageProps } from "../route/page-props.ts";
import { addressOf } from "../route/route.ts";
import { words } from "../words.ts";
import { getTalk, playReply, removeReply } from "./api.ts";
import { ChimeForm } from "./chime-form.tsx";
import { MakeReply } from "./make-reply.tsx";

const { talk } = words;
const { page: say } = talk;
const everyMs = 10_000;

export function TalkPage({ home, me }: PageProps) {
  const asked = useAsked(getTalk, { clock: home.clock, everyMs });
  const may = mayOf(me.person.role);
  if (asked.value === null) return <FaultNote fault={asked.fault} />;
  return (
    <>
      <Parts talk={asked.value} signs={may.makeReplies} />
      <section class="block" data-testid="reply-page">
        <h3>{say.repliesTitle}</h3>
        <p class="block-note">{say.repliesNote}</p>
        <Replies talk={asked.value} mayRemove={may.makeReplies} onChanged={asked.again} />
        {may.makeReplies && <MakeReply clock={home.clock} talk={asked.value} onMade={asked.again} />}
      </section>
      {may.makeReplies && <ChimeForm talk={asked.value} onChosen={asked.again} />}
    </>
  );
}

function Parts({ talk: now, signs }: { readonly talk: TalkState; readonly signs: boolean }) {
  return (
    <section class="block">
      <h3>{say.parts}</h3>
      <dl class="talk-parts">
        {(["speaker", "microphone"] as const).map((part) => (
          <>
            <dt>{say[part]}</dt>
            <dd>
              {say.states[now[part].state]}
              {part === "microphone" &&
                now.microphone.state !== "off" &&
                `, ${say.hearing[now.mayHear ? "yes" : "no"]}`}
              <FaultNote fault={now[part].fault ?? null} />
            </dd>
          </>
        ))}
      </dl>
      {signs && (
        <a class="quiet-link" href={addressOf("publish")}>
          {say.change}
        </a>
      )}
    </section>
  );
}

interface RepliesProps {
  readonly talk: TalkState;
  readonly mayRemove: boolean;
  readonly onChanged: () => void;
}

function Replies({ talk: now, mayRemove, onChanged }: RepliesProps) {
  const { busy, fault, run } = useAction();
  const remove = async (id: string): Promise<void> => {
    if (await run(() => removeReply(id))) onChanged();
  };
  return (
    <>
      {now.replies.length === 0 && <p>{talk.noReplies}</p>}
      <ul class="reply-rows">
        {now.replies.map(({ id, name, kind, ms }) => (
          <li key={id}>
            <p class="reply-name">
              {name}
              <span>
                {say.kinds[kind]}, {say.seconds(ms)}
              </span>
            </p>
            <button
              type="button"
              class="button"
              disabled={busy}
              onClick={() => void run(() => playReply(id))}
            >
              <Icon name="play" />
              {say.play}
            </button>
            {mayRemove && (
              <button
                type="button"
                class="button"
                disabled={busy}
                aria-label={say.remove(name)}
                title={say.remove(name)}
                onClick={() => void remove(id)}
              >
                <Icon name="trash" />
              </button>
            )}
          </li>
        ))}
      </ul>
      <FaultNote fault={fault} />
    </>
  );
}
