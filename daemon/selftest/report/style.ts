/**
 * Style of the report's page: the reader's light or dark, a phone's width, paper.
 */
export const style = `
:root { color-scheme: light dark; --ground: #f6f5f1; --paper: #ffffff; --ink: #1c1b19; --quiet: #64625c; --rule: #dcd9d1; --pass: #1d6b3a; --warn: #8a5a00; --fail: #b3261e; --skip: #64625c; }
@media (prefers-color-scheme: dark) { :root { --ground: #171614; --paper: #201f1c; --ink: #eceae4; --quiet: #a3a098; --rule: #3a3833; --pass: #7fcf9a; --warn: #e8b65a; --fail: #ff8f87; --skip: #a3a098; } }
@media print { :root { color-scheme: light; --ground: #fff; --paper: #fff; --ink: #000; --quiet: #444; --rule: #bbb; --pass: #1d6b3a; --warn: #8a5a00; --fail: #b3261e; --skip: #444; } article, figure { break-inside: avoid; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
.kind, .when, footer, .tick, figcaption { color: var(--quiet); }
.kind { margin: 0; letter-spacing: .04em; }
h1 { margin: .1em 0 .3em; font-size: 1.9rem; line-height: 1.2; }
h2 { margin: 2rem 0 .5rem; font-size: 1.15rem; }
h3 { margin: 0; font-size: 1rem; display: flex; flex-wrap: wrap; gap: .2rem .6rem; align-items: baseline; }
p { margin: .3rem 0; overflow-wrap: anywhere; }
.pass, .warn, .fail, .skip { --tone: var(--skip); }
.pass { --tone: var(--pass); } .warn { --tone: var(--warn); } .fail { --tone: var(--fail); }
h1.pass, h1.warn, h1.fail { color: var(--tone); }
article { background: var(--paper); border: 1px solid var(--rule); border-left: 4px solid var(--tone); border-radius: 6px; padding: .7rem .9rem; margin: 0 0 .6rem; }
.mark { color: var(--tone); font-size: .85rem; font-weight: 600; min-width: 5.2rem; }
.advice { font-weight: 600; }
.advice::before { content: "What to do: "; color: var(--tone); }
.figures { margin: .4rem 0 0; padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: .1rem 1.2rem; color: var(--quiet); font-size: .9rem; font-variant-numeric: tabular-nums; }
.todo ol { margin: 0; padding-left: 1.3rem; } .todo li { margin: .3rem 0; overflow-wrap: anywhere; } .todo a { color: var(--tone); font-weight: 600; }
figure { margin: .7rem 0 0; } figcaption { font-size: .9rem; }
.drawing { display: block; width: 100%; height: auto; }
.axis { stroke: var(--rule); } .wave { fill: none; stroke: var(--ink); stroke-width: 2; } .bar { fill: var(--tone); } .tick { font: 12px system-ui, sans-serif; fill: var(--quiet); }
@media screen and (max-width: 32rem) { .tick { font-size: 22px; } h3 .mark { min-width: 0; } }
.sealed { color: var(--quiet); font-size: .9rem; }
footer { margin-top: 2rem; font-size: .85rem; border-top: 1px solid var(--rule); }
`;
