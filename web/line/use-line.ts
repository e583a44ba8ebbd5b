/**
 * useLine: the policy in force, the setup still, and the way of a new policy to the camera.
 */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { payloadTypes } from "../../daemon/identity/envelope.ts";
import type { MaskShape } from "../../daemon/policy/shape.ts";
import { Fault, toFault } from "../../hal/fault.ts";
import type { Picture } from "../drawing/picture.ts";
import type { Me } from "../identity/me.ts";
import type { Home } from "../state/home.ts";
import { useStore } from "../state/store.ts";
import { getPolicy, type PolicyState, putPolicy } from "./api.ts";
import { type InForce, readInForce } from "./in-force.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { type Facts, maskFrom, noWays, policyOf, type Ways } from "./policy-draft.ts";
import { takeStill } from "./still.ts";

export interface Line {
  /** Null while it loads. */
  readonly known: { readonly inForce: InForce | null; readonly suggestion: MaskShape | null } | null;
  readonly loadFault: Fault | null;
  readonly still: Picture | null;
  readonly stillState: "none" | "asked" | "here";
  readonly stillFault: Fault | null;
  /** Of the newest policy that was signed here; null = none yet. */
  readonly outcome: Outcome | "signing" | Fault | null;
  /** The camera takes its time: it may be away. */
  readonly slow: boolean;
  load(): Promise<void>;
  takeStill(): Promise<void>;
  save(mask: MaskShape, signed: Pick<Facts, "retentionHours" | "picture">): Promise<void>;
  /** Signs what is in force again, with these open. Refused when it is not the one that is shown any more. */
  saveWays(shown: InForce, ways: Ways): Promise<void>;
}

interface Draft {
  readonly mask: MaskShape;
  readonly signed: Pick<Facts, "retentionHours" | "picture">;
  readonly ways: Ways;
}

const slowAfterMs = 8_000;

export function useLine(home: Home, me: Me): Line {
  const [state, setState] = useState<PolicyState | null>(null);
  const [loadFault, setLoadFault] = useState<Fault | null>(null);
  const [still, setStill] = useState<{ picture: Picture | null; asked: boolean; fault: Fault | null }>({
    picture: null,
    asked: false,
    fault: null,
  });
  const [sent, setSent] = useState<"signing" | Fault | number | null>(null);
  const status = useStore(home.store, (model) => model.status);
  const [slow, setSlow] = useState(false);
  const alive = useRef(true);

  const load = useCallback(async () => {
    setLoadFault(null);
    try {
      setState(await getPolicy());
    } catch (error) {
      setLoadFault(toFault(error));
    }
  }, []);

  useEffect(() => {
    alive.current = true;
    void load();
    return () => {
      alive.current = false;
    };
  }, [load]);

  const outcome = typeof sent === "number" ? outcomeOf(sent, status, slow) : sent;
  const arrived = outcome !== null && "kind" in Object(outcome) && (outcome as Outcome).kind === "in-force";
  useEffect(() => {
    if (arrived) void load(); // what is in force now
  }, [arrived, load]);

  useEffect(() => {
    setSlow(false);
    if (typeof sent !== "number") return;
    return home.clock.after(slowAfterMs, () => setSlow(true));
  }, [home, sent]);

  /** What is to be signed, given what the doorbell has now. */
  const sign = async (draft: (before: InForce | null) => Draft): Promise<void> => {
    setSent("signing");
    try {
      const { nextVersion: version, envelope } = await getPolicy();
      const { mask, signed, ways } = draft(readInForce(envelope));
      const { retentionHours, picture } = signed;
      const facts = { retentionHours, picture, version, camera: me.device, issuedAt: home.now(), ways };
      await putPolicy(await me.sign(payloadTypes.policy, policyOf(mask, facts)));
      setSent(version);
    } catch (error) {
      setSent(toFault(error));
    }
  };

  return {
    known:
      state === null
        ? null
        : {
            inForce: readInForce(state.envelope),
            suggestion: maskFrom(state.suggestion),
          },
    loadFault,
    still: still.picture,
    stillState: still.asked ? "asked" : still.picture === null ? "none" : "here",
    stillFault: still.fault,
    outcome,
    slow,
    load,
    async takeStill() {
      setStill((before) => ({ ...before, asked: true, fault: null }));
      try {
        const picture = await takeStill(me, home);
        if (alive.current) setStill({ picture, asked: false, fault: null });
      } catch (error) {
        setStill((before) => ({ ...before, asked: false, fault: toFault(error) }));
      }
    },
    save: (mask, signed) => sign((before) => ({ mask, signed, ways: before?.ways ?? noWays })), // a new line opens and closes none
    saveWays: (shown, ways) =>
      sign((before) => {
        if (before?.version !== shown.version)
          throw new Fault("denied", "the line was changed meanwhile", { hint: "load the page again" });
        return { mask: before.mask, signed: before, ways };
      }),
  };
}
