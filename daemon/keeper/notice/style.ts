/**
 * Style: how the page and the sheet look, and the hashes by which browsers know it as ours.
 *
 * A page carries its style inside, so that it is one file; the content security policy allows
 * exactly this style and nothing else. Text on its ground keeps 4.5:1 in both themes; the sheet
 * is black on white always, because it is paper. All its lengths are in `--u`, a fiftieth of its width,
 * so A5 is A4 made smaller and what fits on one fits on the other.
 */
import { createHash } from "node:crypto";

export const papers = ["a4", "a5"] as const;
export type Paper = (typeof papers)[number];

export interface Style {
  readonly css: string;
  /** The whole Content-Security-Policy of a page with this style. */
  readonly security: string;
}

export const themes = {
  light: {
    ground: "#f5f2ec",
    surface: "#fffdf9",
    line: "#ded7ca",
    ink: "#1d2320",
    soft: "#5a615c",
    accent: "#1f5c4d",
    warn: "#7c5200",
  },
  dark: {
    ground: "#15181a",
    surface: "#1d2123",
    line: "#30373a",
    ink: "#ece8e0",
    soft: "#a6ada8",
    accent: "#7fcbb0",
    warn: "#efc26a",
  },
} as const;

function tokens(theme: Readonly<Record<string, string>>): string {
  return `:root{${Object.entries(theme)
    .map(([name, colour]) => `--${name}:${colour};`)
    .join("")}}`;
}

const common = `${tokens(themes.light)}
@media (prefers-color-scheme: dark){${tokens(themes.dark)}}
:root{color-scheme:light dark}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;overflow-wrap:anywhere}
h1,h2,p,ul,dl,dd,figure{margin:0}
ul{padding-left:1.1em}
svg{display:block}
a{color:var(--accent)}
.view{width:100%;height:auto}
.swatch{display:inline-block;width:1em;height:1em;margin-right:.4em;vertical-align:-.12em}
.legend span+span{margin-left:1.2em}
`;

const page = `${common}
main{max-width:40rem;margin:0 auto;padding:1rem 1rem 3rem;display:grid;gap:1.25rem}
header{display:flex;gap:1rem;align-items:center}
.pictogram{width:5.5rem;flex:none}
h1{font-size:1.6rem;line-height:1.15}
h2{font-size:1.1rem;margin-bottom:.4rem}
.lead{color:var(--soft)}
.language{text-align:right}
.note{color:var(--warn)}
section{background:var(--surface);border:1px solid var(--line);border-radius:14px;padding:1rem}
dl{display:grid;grid-template-columns:auto 1fr;gap:.35rem 1rem}
dt{color:var(--soft)}
li+li{margin-top:.35rem}
.legend{margin-top:.6rem;color:var(--soft)}
section p+p,ul+p{margin-top:.6rem}
footer{color:var(--soft)}
`;

/** Millimetres; 50 of them are as wide as the paper. */
const unitMm: Readonly<Record<Paper, number>> = { a4: 4.2, a5: 2.96 };

function sign(paper: Paper): string {
  const u = (amount: number): string => `calc(var(--u)*${amount})`;
  return `${common}
.owner{max-width:50rem;margin:0 auto;padding:1.25rem 1rem;display:grid;gap:.6rem}
.owner h1{font-size:1.4rem}
.owner nav a{display:inline-block;padding:.2rem .1rem;margin-left:.8rem}
.owner nav a[aria-current]{color:var(--ink);font-weight:600;text-decoration:none}
.owner .missing{background:var(--surface);border:1px solid var(--line);border-radius:14px;padding:.9rem 1rem}
.owner .missing strong{color:var(--warn)}
.owner .law{color:var(--soft)}
.sheet{--u:min(${unitMm[paper]}mm,2vw);width:${u(50)};height:${u(70.5)};margin:0 auto 2rem;padding:${u(2.2)} ${u(2.4)};
 background:#fff;color:#000;font-size:${u(0.85)};line-height:1.24;box-shadow:0 2px 16px rgb(0 0 0/25%);
 display:grid;grid-template-rows:auto auto 1fr auto;gap:${u(1.1)};color-scheme:light}
.sheet header{display:grid;grid-template-columns:auto 1fr auto;gap:${u(1.6)};align-items:center}
.sheet .pictogram{width:${u(9)}}
.sheet .titles div+div{margin-top:${u(0.7)}}
.sheet .title{font-size:${u(2.3)};line-height:1.05;font-weight:700}
.sheet .lead{font-size:${u(0.96)}}
.sheet .way{width:${u(9.6)};text-align:center;font-size:${u(0.78)};line-height:1.2}
.sheet .qr{width:100%}
.sheet .what{display:grid;grid-template-columns:${u(23)} 1fr;gap:${u(1.6)};align-items:start}
.sheet .legend{margin-top:${u(0.4)};font-size:${u(0.85)}}
.sheet .legend span{display:flex;margin:0}
.sheet .swatch{flex:none;margin-top:.12em}
.sheet dt{font-size:${u(0.82)};font-weight:700}
.sheet dd{font-size:${u(1.1)};line-height:1.22}
.sheet .long dd{font-size:${u(0.78)};line-height:1.15}
.sheet dd+dt{margin-top:${u(0.5)}}
.sheet .blank{display:block;height:${u(2)};border-bottom:1px solid #000}
.sheet .columns{align-content:start;display:grid;grid-template-columns:1fr 1fr;gap:${u(1.8)};border-top:2px solid #000;padding-top:${u(0.8)}}
.sheet h2{font-size:${u(1.08)};margin:0 0 ${u(0.4)}}
.sheet ul+h2{margin-top:${u(0.9)}}
.sheet li+li,.sheet p+p{margin-top:${u(0.25)}}
.sheet footer{font-size:${u(0.72)};text-align:right}
.alone .sheet .columns{font-size:${u(1.1)}}
.alone .sheet h2{font-size:${u(1.2)}}
.alone .sheet .title{font-size:${u(2.4)}}
.alone .sheet .lead{font-size:${u(1.1)}}
@page{size:${paper.toUpperCase()};margin:0}
@media print{
 body{background:#fff}
 .owner{display:none}
 .sheet{--u:${unitMm[paper]}mm;margin:0;box-shadow:none;break-inside:avoid}
}
`;
}

function styled(css: string): Style {
  const hash = createHash("sha256").update(css).digest("base64");
  return {
    css,
    security: `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  };
}

export const pageStyle: Style = styled(page);
export const signStyles: Readonly<Record<Paper, Style>> = { a4: styled(sign("a4")), a5: styled(sign("a5")) };
