/**
 * BoardPage: what neighbours tell each other, newest first, each somewhere in its square of about a kilometre.
 *
 * A post's link is followed only to this portal's own share page: a post cannot send its readers elsewhere.
 */
import { useCallback, useMemo, useState } from "preact/hooks";
import { systemClock } from "../../../hal/clock.ts";
import { Icon } from "../../../web/look/icons.tsx";
import { useAsked } from "../../../web/look/use-asked.ts";
import type { BoardPage as Page } from "../../api.ts";
import { getBoard } from "../ask/public.ts";
import { SearchField } from "../feed/sieve-bar.tsx";
import { Nothing, PageTitle, Waiting } from "../look/parts.tsx";
import { Plan, type PlanCircle } from "../plan/plan.tsx";
import { dayText, whenText } from "../request/places.ts";
import { words } from "../words.ts";
import { ownShare } from "./own-share.ts";

const { board: say } = words;
/** A post's place is a square of a hundredth of a degree; the circle around its middle tells no more. */
const squareM = 600;

type Posted = Page["posts"][number];

function circleOf({ hash, post }: Posted): PlanCircle {
  return {
    id: hash,
    lat: post.near.lat100 / 100,
    lon: post.near.lon100 / 100,
    radiusM: squareM,
    look: "post",
    label: post.title,
  };
}

export function BoardPage() {
  const [older, setOlder] = useState<{
    readonly posts: readonly Posted[];
    readonly next: string | null;
  } | null>(null);
  const [text, setText] = useState("");
  const [onPlan, setOnPlan] = useState<readonly string[]>([]);
  const first = useAsked(
    useCallback(() => getBoard(null), []),
    { clock: systemClock, everyMs: 60_000 },
  );
  const posts = useMemo(() => [...(first.value?.posts ?? []), ...(older?.posts ?? [])], [first.value, older]);
  const found = useMemo(() => posts.filter((each) => fits(each, text)), [posts, text]);
  const circles = useMemo(() => found.map(circleOf), [found]);
  const chosen = onPlan.filter((hash) => found.some((each) => each.hash === hash));
  const shown = chosen.length === 0 ? found : found.filter(({ hash }) => chosen.includes(hash));
  const next = older === null ? (first.value?.next ?? null) : older.next;
  const more = async (): Promise<void> => {
    const page = await getBoard(next);
    setOlder((had) => ({ posts: [...(had?.posts ?? []), ...page.posts], next: page.next }));
  };
  return (
    <>
      <PageTitle lead={say.lead}>{words.titles.board}</PageTitle>
      <div class="two">
        <section aria-label={words.titles.board}>
          {first.value === null ? (
            <Waiting fault={first.fault} again={first.again} />
          ) : (
            <>
              {posts.length > 0 && (
                <div class="sieve">
                  <SearchField value={text} onValue={setText} note={say.textNote} />
                </div>
              )}
              {chosen.length > 0 && (
                <div class="listed">
                  <button type="button" class="button" onClick={() => setOnPlan([])}>
                    {words.feed.unchoose}
                  </button>
                </div>
              )}
              {shown.length === 0 && <Nothing title={say.none} hint={say.noneHint} />}
              <ul class="notices">
                {shown.map((each) => (
                  <PostNotice key={each.hash} posted={each} />
                ))}
              </ul>
              {next !== null && (
                <button type="button" class="button button-wide" onClick={() => void more()}>
                  {words.more}
                </button>
              )}
            </>
          )}
        </section>
        <aside class="two-side">
          {circles.length > 0 && (
            <Plan
              label={say.planLabel}
              circles={circles}
              outlines={[]}
              chosen={chosen[0] ?? null}
              onChoose={setOnPlan}
            />
          )}
          <section class="panel">
            <h2>{say.how}</h2>
            <ol class="steps">
              {say.howSteps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          </section>
          <section class="panel">
            <h2>{say.moderation}</h2>
            <p class="notice-soft">{say.moderationWords}</p>
          </section>
        </aside>
      </div>
    </>
  );
}

function PostNotice({ posted: { post } }: { readonly posted: Posted }) {
  const share = ownShare(post.share);
  return (
    <li class="notice" data-testid="post">
      <div class="notice-head">
        <h2 class="notice-title">{post.title}</h2>
        <span class="tag" data-look="open">
          {say.near(post.nearName)}
        </span>
      </div>
      <p class="own-words">{post.text}</p>
      {share !== null && (
        <p>
          <a class="button" href={share}>
            <Icon name="play" />
            {say.share}
          </a>
        </p>
      )}
      <div class="notice-foot">
        <span class="notice-soft">{whenText(post.issuedAt)}</span>
        <span class="notice-soft">{say.expires(dayText(post.expiresAt))}</span>
      </div>
    </li>
  );
}

function fits({ post }: Posted, text: string): boolean {
  const all = `${post.title} ${post.text} ${post.nearName}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/u)
    .every((word) => all.includes(word));
}
