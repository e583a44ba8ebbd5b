/**
 * Entry: one home, one tone, one page.
 */
import { render } from "preact";
import { systemClock } from "../hal/clock.ts";
import { App } from "./app.tsx";
import "./look/tokens.css";
import "./look/base.css";
import "./look/layout.css";
import "./look/live.css";
import "./look/ring.css";
import "./look/events.css";
import "./look/player.css";
import "./look/status.css";
import { createTone } from "./ring/tone.ts";
import { Home } from "./state/home.ts";

const place = document.getElementById("page");
if (place !== null) {
  const home = new Home(systemClock);
  // live first: browsers open one WebSocket to a host at a time, and the picture takes longest
  render(<App home={home} tone={createTone()} />, place);
  home.start();
}
