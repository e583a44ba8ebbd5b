/**
 * Entrance: the screen for where this browser stands, until somebody is in.
 */
import "./enter.css";
import type { Access, AccessState } from "../identity/access.ts";
import { AwayScreen, OtherDoorbellScreen } from "./trouble-screens.tsx";
import { PairScreen } from "./pair-screen.tsx";
import { SignedOutScreen } from "./signed-out-screen.tsx";
import { StrangerScreen } from "./stranger-screen.tsx";
import { WaitScreen } from "./wait-screen.tsx";
import { WordsScreen } from "./words-screen.tsx";

export interface EntranceProps {
  readonly access: Access;
  readonly state: AccessState;
}

export function Entrance({ access, state }: EntranceProps) {
  switch (state.place) {
    case "unpaired":
      return <PairScreen access={access} />;
    case "stranger":
      return <StrangerScreen access={access} />;
    case "waiting":
      return <WaitScreen access={access} check={state.check} />;
    case "signed-out":
      return <SignedOutScreen access={access} because={state.because} />;
    case "other-doorbell":
      return <OtherDoorbellScreen access={access} />;
    case "away":
      return <AwayScreen access={access} fault={state.fault} />;
    case "in":
      return <WordsScreen access={access} me={state.me} />;
    case "opening":
      return null;
  }
}
