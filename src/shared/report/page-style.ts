/** How the page of a report looks, on screens of both themes and on paper. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1c1f24; --quiet: #565d68; --line: #d5d8dd; --page: #fff; --mark: #fdecec; --accent: #b3123f; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e3e5e9; --quiet: #a2a9b4; --line: #383d46; --page: #1c1f24; --mark: #3a2229; --accent: #ff7496; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .75rem; padding-top: 1rem; border-top: 1px solid var(--line); }
p { margin: 0 0 .75rem; }
p.onset { padding: .75rem 1rem; border-left: 3px solid var(--accent); background: var(--mark); }
.quiet { color: var(--quiet); }
code { font: .85em ui-monospace, monospace; color: var(--quiet); }
ul.suspects { padding: 0; list-style: none; }
.suspects .why { margin: .4rem 0 0; white-space: pre-line; }
.suspects .ruled-out > strong { text-decoration: line-through; }
ol.suspects { padding-left: 1.75rem; }
.suspects > li { margin-bottom: .9rem; break-inside: avoid; }
.suspects ul { margin: .4rem 0 0; padding: 0; list-style: none; }
.suspects ul li { padding-left: 5rem; text-indent: -5rem; margin: .15rem 0; }
.side { display: inline-block; min-width: 5rem; padding-right: .4em; text-indent: 0; font-weight: 600; font-size: .85em; color: var(--quiet); }
table { width: 100%; border-collapse: collapse; font-size: .875rem; }
th { text-align: left; color: var(--quiet); font-weight: 600; }
th, td { padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tr { break-inside: avoid; }
tr.onset td { background: var(--mark); font-weight: 600; }
td.time, td.offset { white-space: nowrap; font-variant-numeric: tabular-nums; }
td.said { white-space: pre-line; min-width: 14rem; }
@media print {
  :root { color-scheme: light; --ink: #000; --quiet: #444; --line: #bbb; --page: #fff; --mark: #f3f3f3; --accent: #000; }
  main { max-width: none; padding: 0; }
  body { font-size: 10.5pt; }
  h2 { break-after: avoid; }
  thead { display: table-header-group; }
}
@page { margin: 18mm 15mm; }
`;
