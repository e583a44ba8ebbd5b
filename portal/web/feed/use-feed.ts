/**
 * UseFeed: the newest requests that fit a query, and older ones on demand.
 *
 * Asks again every minute; what was loaded stays until the answer is there. An answer to a query that is no
 * longer wanted is dropped.
 */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { toFault, type Fault } from "../../../hal/fault.ts";
import { systemClock } from "../../../hal/clock.ts";
import type { FeedQuery, RequestCard } from "../../api.ts";
import { getRequests } from "../ask/public.ts";

const everyMs = 60_000;
const pageSize = 50;

export interface Feed {
  readonly requests: readonly RequestCard[] | null;
  readonly fault: Fault | null;
  readonly more: (() => void) | null;
  readonly again: () => void;
}

export function useFeed(query: Partial<FeedQuery>): Feed {
  const asked = JSON.stringify(query);
  const wanted = useRef(asked);
  wanted.current = asked;
  const [requests, setRequests] = useState<readonly RequestCard[] | null>(null);
  const [next, setNext] = useState<number | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);

  const load = useCallback(
    async (before: number | null): Promise<void> => {
      const page = { ...query, limit: pageSize, ...(before === null ? {} : { before }) };
      try {
        const answer = await getRequests(page);
        if (wanted.current !== asked) return;
        setFault(null);
        setNext((now) => (before === null && now !== null && now < (answer.next ?? 0) ? now : answer.next));
        setRequests((had) =>
          before === null ? merged(answer.requests, had ?? []) : merged(had ?? [], answer.requests),
        );
      } catch (error) {
        if (wanted.current === asked) setFault(toFault(error));
      }
    },
    [asked],
  );

  useEffect(() => {
    setRequests(null);
    setNext(null);
    void load(null);
    return systemClock.every(everyMs, () => void load(null));
  }, [load]);

  return {
    requests,
    fault: requests === null ? fault : null,
    more: next === null ? null : () => void load(next),
    again: () => void load(null),
  };
}

/** Newest first, each once; what `first` says of a request counts. */
export function merged(first: readonly RequestCard[], then: readonly RequestCard[]): readonly RequestCard[] {
  const known = new Set(first.map(({ hash }) => hash));
  return [...first, ...then.filter(({ hash }) => !known.has(hash))].sort((a, b) => b.index - a.index);
}
