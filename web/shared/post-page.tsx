/**
 * PostPage: an owner writes on the neighbours' board: "#/shared/post".
 *
 * The place comes from the house's own, made coarse before it is shown; a recording goes with it only as a link
 * that was made for it.
 */
import "../look/share.css";
import { useCallback, useEffect, useState } from "preact/hooks";
import { FaultNote } from "../look/fault-note.tsx";
import { Field } from "../look/field.tsx";
import { duration, moment } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import { useAction } from "../look/use-action.ts";
import { useAsked } from "../look/use-asked.ts";
import type { PageProps } from "../route/page-props.ts";
import { addressOf } from "../route/route.ts";
import { getDestinations, getPlace } from "../share/api.ts";
import { handIn, newGrantId } from "../share/send-grant.ts";
import { words } from "../words.ts";
import { coarseOf, postDays, postOf, signPost, type Coarse, type PostForm } from "./post-draft.ts";
import { PostShare } from "./post-share.tsx";

const { share: sayShare } = words;
const { post: say } = words.shared;

const empty: PostForm = { title: "", text: "", nearName: "", lat: "", lon: "", days: 7, share: null };

export function PostPage({ home, me }: PageProps) {
  const ask = useCallback(async () => {
    const [destinations, { place }] = await Promise.all([getDestinations(), getPlace()]);
    return { destinations, near: place === null ? null : coarseOf(place.lat, place.lon) };
  }, []);
  const { value, fault } = useAsked(ask, { clock: home.clock, everyMs: null });
  if (value === null)
    return fault === null ? <p role="status">{sayShare.loading}</p> : <FaultNote fault={fault} />;
  const { board, coolingOffS } = value.destinations;
  if (board === null) return <p class="card">{say.none}</p>;
  return <PostDesk home={home} me={me} board={board} near={value.near} coolingOffS={coolingOffS} />;
}

interface Props extends Omit<PageProps, "rest" | "ledger"> {
  readonly board: string;
  /** Of the house; null = not said. */
  readonly near: Coarse | null;
  readonly coolingOffS: number;
}

const degrees = (hundredths: number): string => (hundredths / 100).toFixed(2);

function PostDesk({ home, me, board, near, coolingOffS }: Props) {
  const [form, setForm] = useState<PostForm>(empty);
  const [id] = useState(newGrantId);
  const action = useAction();
  useEffect(() => {
    if (near !== null) setForm((now) => ({ ...now, lat: degrees(near.lat100), lon: degrees(near.lon100) }));
  }, [near]);
  const set = (change: Partial<PostForm>): void => setForm((now) => ({ ...now, ...change }));
  const nowMs = Math.round(home.now());
  const draft = postOf(form, { id, nowMs });

  const sign = async (): Promise<void> => {
    const post = draft;
    if (post === null) return;
    const name = say.boardName(new URL(board).host);
    const worked = await action.run(async () =>
      handIn(id, await signPost(post, { me, nowMs, board, name, purpose: say.purpose })),
    );
    if (worked) location.hash = addressOf(`shared/${post.id}`);
  };
  return (
    <form
      class="form post-form"
      onSubmit={(event) => {
        event.preventDefault();
        void sign();
      }}
    >
      <p class="block-note">{say.why}</p>
      <Field label={say.title} value={form.title} maxLength={100} onValue={(title) => set({ title })} />
      <div class="field">
        <label for="post-text">{say.text}</label>
        <textarea
          id="post-text"
          class="input"
          rows={5}
          maxLength={2_000}
          value={form.text}
          onInput={({ currentTarget }) => set({ text: currentTarget.value })}
          aria-describedby="post-text-note"
        />
        <p class="field-note" id="post-text-note">
          {say.textNote}
        </p>
      </div>
      <Field
        label={say.nearName}
        value={form.nearName}
        maxLength={60}
        onValue={(nearName) => set({ nearName })}
      />
      <fieldset class="roles post-near">
        <legend>{say.near}</legend>
        <p class="field-note">
          {near === null ? say.nearNone : say.nearFrom(degrees(near.lat100), degrees(near.lon100))}
        </p>
        <Field label={say.lat} value={form.lat} maxLength={8} code onValue={(lat) => set({ lat })} />
        <Field label={say.lon} value={form.lon} maxLength={8} code onValue={(lon) => set({ lon })} />
        <p class="field-note">
          {draft === null ? say.coarse : say.coarseAs(degrees(draft.near.lat100), degrees(draft.near.lon100))}
        </p>
      </fieldset>
      <PostShare share={form.share} onShare={(share) => set({ share })} />
      <div class="field">
        <label for="post-days">{say.days}</label>
        <select
          id="post-days"
          class="input"
          value={String(form.days)}
          onChange={({ currentTarget }) => set({ days: Number(currentTarget.value) })}
        >
          {postDays.map((days) => (
            <option key={days} value={String(days)}>
              {`${say.daysOf(days)} – ${moment(nowMs + days * 86_400_000)}`}
            </option>
          ))}
        </select>
      </div>
      <FaultNote fault={action.fault} />
      {coolingOffS > 0 && <p class="block-note">{say.cooling(duration(coolingOffS * 1_000))}</p>}
      <div class="form-row">
        <button
          type="submit"
          class="button button-main"
          disabled={draft === null || action.busy}
          data-testid="sign"
        >
          <Icon name="pen" />
          {action.busy ? say.signing : say.sign}
        </button>
      </div>
    </form>
  );
}
