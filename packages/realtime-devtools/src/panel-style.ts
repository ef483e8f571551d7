/** The styles of the panel, light and dark as the page's visitor prefers. */
export const PANEL_STYLE = `
:host {
  color-scheme: light dark;
  --ground: light-dark(#ffffff, #16181d);
  --raised: light-dark(#f3f4f6, #21242b);
  --line: light-dark(#d5d8de, #363b45);
  --text: light-dark(#1c1f26, #e7e9ee);
  --soft: light-dark(#5a6170, #a3abba);
  --good: light-dark(#0b6b3a, #57d08d);
  --busy: light-dark(#8a5300, #f0b54a);
  --bad: light-dark(#b3201f, #ff8d86);
  --focus: light-dark(#1f5fd1, #82b1ff);
  font: 13px/1.45 system-ui, sans-serif;
  color: var(--text);
}
[hidden] { display: none !important; }
* { box-sizing: border-box; }
button, select { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: 6px; padding: 3px 9px; min-height: 28px; cursor: pointer; }
button:hover, select:hover { background: var(--raised); }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; }
.toggle { position: fixed; z-index: 2147483000; inset: auto 12px 12px auto; display: flex; align-items: center; gap: 7px; border-radius: 999px; padding: 5px 12px; box-shadow: 0 2px 10px rgb(0 0 0 / 18%); }
.dot { width: 9px; height: 9px; border-radius: 50%; background: var(--soft); }
[data-status="connected"] > .dot { background: var(--good); }
[data-status="connecting"] > .dot, [data-status="waiting"] > .dot { background: var(--busy); }
[data-status="stopped"] > .dot { background: var(--bad); }
section { position: fixed; z-index: 2147483000; inset: auto 0 0 0; height: min(44vh, 380px); display: flex; flex-direction: column; background: var(--ground); border-top: 1px solid var(--line); box-shadow: 0 -4px 18px rgb(0 0 0 / 14%); }
header { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 14px; padding: 8px 44px 0 14px; background: var(--raised); border-bottom: 1px solid var(--line); }
.close { position: absolute; top: 8px; right: 10px; padding: 0; width: 28px; font-size: 17px; line-height: 1; }
.state { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 10px; min-height: 28px; align-content: center; }
.state[data-status="connected"] strong { color: var(--good); }
.state:is([data-status="connecting"], [data-status="waiting"]) strong { color: var(--busy); }
.state[data-status="stopped"] strong { color: var(--bad); }
.facts, time, .number { color: var(--soft); font-variant-numeric: tabular-nums; white-space: nowrap; }
.controls { display: flex; gap: 6px; margin-left: auto; }
[aria-pressed="true"] { border-color: var(--bad); color: var(--bad); }
[role="tablist"] { display: flex; gap: 2px; flex-basis: 100%; overflow-x: auto; }
[role="tab"] { border: 0; border-bottom: 2px solid transparent; border-radius: 0; background: none; color: var(--soft); white-space: nowrap; }
[role="tab"][aria-selected="true"] { color: var(--text); border-bottom-color: var(--focus); font-weight: 600; }
[role="tab"]:focus-visible { outline-offset: -2px; }
.panels { flex: 1; min-height: 0; display: flex; }
[role="tabpanel"] { flex: 1; min-width: 0; overflow: auto; padding: 8px 14px 14px; }
[role="tabpanel"]:focus-visible { outline-offset: -2px; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
thead th { color: var(--soft); font-weight: 500; overflow-wrap: normal; }
tbody th { font-weight: 500; }
.entries { list-style: none; margin: 0; padding: 0; }
.entries > li:not(:has(details)), summary { display: flex; flex-wrap: wrap; gap: 1px 12px; align-items: baseline; padding: 3px 0; }
.entries > li { border-bottom: 1px solid var(--line); }
summary { cursor: pointer; list-style-position: inside; }
summary::-webkit-details-marker { display: none; }
.kind { font-weight: 600; min-width: 68px; }
.subject { flex: 1 1 120px; overflow-wrap: anywhere; }
.code { font-family: ui-monospace, monospace; font-size: 12px; }
[data-verdict="passed"] .code { color: var(--good); }
[data-verdict="refused"] .code, td .code, .state .why { color: var(--bad); }
li > .why { flex-basis: 100%; color: var(--soft); }
td > .why { color: var(--soft); }
.direction { width: 12px; }
[data-direction="in"] .direction { color: var(--good); }
[data-direction="out"] .direction { color: var(--focus); }
[data-status="refused"] { color: var(--bad); }
[data-status="subscribed"] { color: var(--good); }
pre { margin: 2px 0 8px; padding: 8px 10px; background: var(--raised); border-radius: 6px; font: 12px/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.option { display: inline-flex; align-items: center; gap: 6px; color: var(--soft); padding-bottom: 4px; }
.empty { margin: 10px 0; color: var(--soft); }
@media (max-width: 560px) {
  section { height: min(56vh, 420px); }
  .controls { margin-left: 0; }
  .kind { min-width: 0; }
  :is(th, td):nth-child(4) { display: none; }
}
`;
