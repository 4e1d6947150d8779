export const panelStyles = `
.frame { max-width: 1280px; margin: 0 auto; padding: 16px 32px 64px; }
.bar { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; padding-bottom: 16px; }
.bar h1 { font-size: 17px; line-height: 24px; }
.bar .now { color: var(--muted); margin-right: auto; }
.bar a { color: var(--text); text-decoration: none; padding: 10px 4px; }
.bar a:hover { text-decoration: underline; }
.bar .line { width: 1px; height: 24px; background: var(--border); }
.columns { display: grid; grid-template-columns: 288px minmax(0, 1fr); gap: 24px; align-items: start; }
aside { padding: 20px; display: grid; gap: 24px; }
aside section { display: grid; gap: 8px; }
aside section + section { border-top: 1px solid var(--border); padding-top: 24px; }
aside h2 { font-size: 15px; padding-bottom: 4px; }
.segments { display: flex; flex-wrap: wrap; border: 1px solid var(--border); border-radius: var(--radius); padding: 3px; }
.segments form { flex: 1 1 31%; }
.segments button { width: 100%; min-height: 34px; padding: 0 4px; border-color: transparent; background: none; font-size: 14px; font-weight: 400; border-radius: 8px; }
.segments button[aria-pressed=true] { background: var(--tint); color: var(--accent); font-weight: 600; }
button.switch { width: 100%; justify-content: space-between; gap: 12px; min-height: 32px; padding: 2px 0; border: 0; background: none; font-size: 14px; line-height: 20px; font-weight: 400; text-align: start; }
button.switch .track { flex: none; width: 34px; height: 20px; border-radius: 10px; background: var(--field-border); position: relative; transition: background-color 120ms; }
button.switch .track::after { content: ""; position: absolute; inset: 3px auto 3px 3px; width: 14px; border-radius: 50%; background: var(--surface); transition: translate 120ms; }
button.switch[aria-checked=true] .track { background: var(--accent); }
button.switch[aria-checked=true] .track::after { translate: 14px 0; }
aside select { min-height: 38px; padding: 4px 8px; }
aside .wide { width: 100%; }
.live { display: grid; gap: 16px; min-width: 0; }
.promises { display: grid; grid-template-columns: repeat(auto-fit, minmax(190px, 1fr)); }
.promises li { display: flex; gap: 14px; align-items: center; padding: 12px 20px; border-inline-start: 1px solid var(--border); margin-inline-start: -1px; line-height: 20px; }
.promises ul, .promises { overflow: hidden; }
.promises strong { font-size: 24px; line-height: 32px; font-weight: 650; }
.promises .mark { margin-inline-start: auto; color: var(--accent); font-weight: 650; }
.promises .broken .mark, .promises .broken strong { color: var(--danger); }
.bookings { display: flex; flex-wrap: wrap; gap: 4px 8px; }
.bookings a { padding: 4px 12px; border: 1px solid var(--border); border-radius: 8px; background: var(--surface); color: var(--text); font-size: 14px; text-decoration: none; }
.bookings a:hover { border-color: var(--field-border); }
.bookings a[aria-current] { background: var(--tint); border-color: var(--tint); color: var(--accent); font-weight: 600; }
.scroll { overflow-x: auto; }
.axis { min-width: 720px; table-layout: fixed; }
.axis th:first-child { width: 94px; }
.axis code { font-size: 13px; line-height: 22px; }
table { width: 100%; border-collapse: collapse; font-size: 14px; line-height: 20px; }
th, td { text-align: start; vertical-align: top; padding: 10px 16px; border-top: 1px solid var(--border); border-inline-start: 1px solid var(--border); }
tr > :first-child { border-inline-start: 0; }
thead th { border-top: 0; background: var(--sunken); font-weight: 400; color: var(--muted); }
thead th strong { display: block; font-size: 15px; line-height: 24px; color: var(--text); font-weight: 650; }
td.time { color: var(--muted); white-space: nowrap; width: 1%; }
td p { color: var(--muted); overflow-wrap: anywhere; }
tr.trouble { background: var(--caution-tint); }
details.card > summary { cursor: pointer; padding: 12px 20px; font-weight: 600; }
details.card td form { display: inline-block; }
.actions { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; padding: 2px 0; }
.actions .who { flex: 1 1 120px; }
.empty { padding: 32px 20px; color: var(--muted); }
@media (max-width: 860px) { .columns { grid-template-columns: minmax(0, 1fr); } .frame { padding: 16px 16px 48px; } }
`;
