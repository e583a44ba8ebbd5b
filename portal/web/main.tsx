/**
 * Entry of the portal's pages.
 */
import "./no-eval.ts";
import { render } from "preact";
import { App } from "./app.tsx";
import "../../web/look/tokens.css";
import "../../web/look/base.css";
import "../../web/look/page.css";
import "../../web/look/player.css";
import "./look/public.css";
import "./look/plan.css";
import "./look/desk.css";
import { openRoute } from "./route/route.ts";

const place = document.getElementById("page");
if (place !== null) render(<App route={openRoute()} />, place);
