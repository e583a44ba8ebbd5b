/**
 * Entry: one access, one tone, one page.
 */
import { render } from "preact";
import { systemClock } from "../hal/clock.ts";
import { App } from "./app.tsx";
import { Access } from "./identity/access.ts";
import "./look/tokens.css";
import "./look/base.css";
import "./look/layout.css";
import "./look/page.css";
import "./look/live.css";
import "./look/ring.css";
import "./look/talk.css";
import "./look/events.css";
import "./look/player.css";
import "./look/status.css";
import { createTone } from "./ring/tone.ts";
import { openRoute } from "./route/route.ts";
import { openShell } from "./shell/open-shell.ts";

const place = document.getElementById("page");
if (place !== null) {
  const access = new Access(systemClock);
  render(<App access={access} tone={createTone()} route={openRoute()} />, place);
  void access.start();
  if (import.meta.env.PROD) openShell();
}
