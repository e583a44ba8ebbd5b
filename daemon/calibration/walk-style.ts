/**
 * Walk style: how the report looks, light and dark, on a phone and on paper.
 */
const light = `--paper:#fff;--ink:#1c2024;--soft:#5c6670;--line:#d5dae0;--sheet:#f3f5f7;--seen:#1a7f37;--unseen:#b54708;--zone:#3b6fb5;--good:#e6f4ea;--bad:#fdecdf`;
const dark = `--paper:#15181c;--ink:#e8ebee;--soft:#9ba6b1;--line:#343b43;--sheet:#1d2228;--seen:#4cc06f;--unseen:#f39350;--zone:#7fb0f0;--good:#17301f;--bad:#38230f`;

export const walkStyle = `
:root{${light};color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{${dark}}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:44rem;margin:0 auto;padding:2rem 1rem}
h1{margin:0;font-size:1.75rem;line-height:1.2;overflow-wrap:anywhere}
h2{margin:2rem 0 .75rem;font-size:1.125rem}
.kind,.when,.hint,footer{color:var(--soft)}
.kind{margin:0;font-size:.875rem;letter-spacing:.06em;text-transform:uppercase}
.when{margin:.25rem 0 0;overflow-wrap:anywhere}
.hint,footer{font-size:.875rem}
.verdict{display:flex;flex-wrap:wrap;align-items:baseline;gap:.25rem .75rem;margin:1.25rem 0;padding:1rem 1.25rem;border-radius:.5rem}
.verdict strong{font-size:1.75rem;line-height:1.1}
.verdict.good{background:var(--good)}
.verdict.bad{background:var(--bad)}
.verdict.good strong,td.good{color:var(--seen)}
.verdict.bad strong,td.bad{color:var(--unseen)}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(8rem,1fr));gap:.75rem;margin:0}
dt{color:var(--soft);font-size:.875rem}
dd{margin:0;font-weight:600}
svg.plan,svg.timeline{display:block;width:100%;height:auto;max-height:40rem}
.sheet{fill:var(--sheet);stroke:var(--line)}
.zone{fill:var(--zone);fill-opacity:.12;stroke:var(--zone);stroke-width:1.5}
.zone-name{fill:var(--zone);font-size:15px;text-anchor:middle}
.way{fill:none;stroke-width:3.5;stroke-linecap:round;stroke-linejoin:round}
.way.seen{stroke:var(--seen)}
.way.unseen{stroke:var(--unseen);stroke-width:3;stroke-dasharray:1 7}
.dot.seen,.area.seen{fill:var(--seen)}
.dot.unseen{fill:var(--unseen)}
.area.unseen{fill:var(--unseen);fill-opacity:.55}
.first{fill:none;stroke:var(--seen);stroke-width:2.5}
.end{fill:var(--ink)}
.end-name,.flag{fill:var(--ink);font-size:14px}
.end-name{paint-order:stroke;stroke:var(--sheet);stroke-width:4px}
.flag{font-size:13px}
.rule{stroke:var(--line)}
.tick{fill:var(--soft);font-size:12px}
.stir{stroke:var(--unseen);stroke-width:1.5}
.sight{stroke:var(--seen);stroke-width:1.5}
.note circle{fill:var(--ink)}
.note line{stroke:var(--ink);stroke-width:1.5}
.note text{fill:var(--paper);font-size:12px;font-weight:600;text-anchor:middle}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:.5rem 0 0;padding:0;list-style:none;font-size:.875rem}
.legend li{display:flex;align-items:center;gap:.4rem}
.legend svg{height:.9em}
.scroll{overflow-x:auto}
table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line);text-align:left;white-space:nowrap}
tbody th{font-weight:600;white-space:normal;overflow-wrap:anywhere;min-width:6rem}
thead th{color:var(--soft);font-size:.875rem;font-weight:400}
ol,ul{padding-left:1.25rem}
footer{margin-top:2rem;padding-top:.75rem;border-top:1px solid var(--line)}
@media screen and (max-width:32rem){.plan text{font-size:24px}.plan .note text,.timeline .note text{font-size:15px}.timeline .tick,.flag{font-size:20px}.rule+.tick{font-size:18px}th,td{padding-right:.5rem;font-size:.875rem}}
@media print{:root{${light};color-scheme:light}body{font-size:11pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}main{max-width:none;padding:0}section{break-inside:avoid}}
`;
