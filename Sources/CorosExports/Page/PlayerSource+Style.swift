// Written by scripts/player from Player/style.css: change that file, and run the script.

extension PlayerSource {
  static let style = #"""
    :root {
      --page: #f6f8fa; --card: #ffffff; --text: #1f2328; --faint: #59636e; --line: #d1d9e0; --mark: #ddf4ff;
      --accent: #0969da; --running: #1a7f37; --ready: #dafbe1; --waiting: #9a6700; --locked: #bc4c00;
      --sleeping: #8250df; --stopped: #cf222e;
      --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #010409; --card: #0d1117; --text: #f0f6fc; --faint: #9198a1; --line: #3d444d; --mark: #12305a;
        --accent: #58a6ff; --running: #3fb950; --ready: #12301b; --waiting: #d29922; --locked: #f0883e;
        --sleeping: #ab7df8; --stopped: #f85149;
      }
    }
    * { box-sizing: border-box; }
    html { background: var(--page); color: var(--text); font: 16px/1.5 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
    body { margin: 0 auto; max-width: 1440px; padding: 0 16px 32px; }
    h1 { font-size: 1.25rem; margin: 0; overflow-wrap: anywhere; }
    h2 { font-size: 0.8rem; letter-spacing: 0.06em; text-transform: uppercase; color: var(--faint); margin: 0 0 8px; }
    p, ul, ol { margin: 0; padding: 0; }
    ul, ol { list-style: none; }
    code, pre, kbd, textarea, #source, #output, .number { font-family: var(--mono); font-size: 0.9rem; }
    .number { text-align: right; font-variant-numeric: tabular-nums; }
    .faint { color: var(--faint); font-size: 0.9rem; overflow-wrap: anywhere; }
    .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    [hidden] { display: none !important; }
    header { position: sticky; top: 0; z-index: 1; background: var(--page); padding: 12px 0; border-bottom: 1px solid var(--line);
      display: grid; grid-template-columns: 1fr auto; gap: 8px 24px; align-items: center; }
    .transport { display: flex; gap: 6px; align-items: center; flex-wrap: wrap; }
    .scrub { grid-column: 1 / -1; display: flex; gap: 16px; align-items: center; }
    #slider { flex: 1; min-width: 0; height: 28px; accent-color: var(--accent); }
    #where { font-variant-numeric: tabular-nums; white-space: nowrap; min-width: 15em; text-align: right; }
    #facts { color: var(--faint); font-size: 0.9rem; overflow-wrap: anywhere; }
    button, select, input:not([type=range]) { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line);
      border-radius: 8px; padding: 6px 12px; min-height: 40px; }
    .transport button { min-width: 48px; font-size: 1.1rem; line-height: 1; }
    #play { background: var(--accent); border-color: var(--accent); color: var(--card); min-width: 64px; }
    button:hover { border-color: var(--accent); }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
    a { color: var(--accent); }
    main { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px; padding-top: 16px; }
    section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 16px; min-width: 0; }
    #story { border-left: 6px solid var(--accent); min-height: 6.5rem; }
    #deed { font-size: 1.35rem; line-height: 1.35; overflow-wrap: anywhere; }
    #deed b { font-variant-numeric: tabular-nums; }
    #notes li, #why li { overflow-wrap: anywhere; }
    #notes li { color: var(--faint); padding-left: 1em; text-indent: -1em; }
    #notes li::before { content: "· "; }
    #why li { padding: 3px 0 3px 1.2em; text-indent: -1.2em; }
    #why li::before { content: "– "; color: var(--faint); }
    .columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 16px; align-items: start; }
    .column { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px; }
    .scroll { overflow: auto; max-height: 26rem; }
    table { border-collapse: collapse; width: 100%; }
    th { text-align: left; font-weight: 600; font-size: 0.85rem; color: var(--faint); position: sticky; top: 0; background: var(--card); }
    th.number { text-align: right; }
    th, td { padding: 4px 10px 4px 0; vertical-align: baseline; }
    tbody tr { border-top: 1px solid var(--line); }
    td { overflow-wrap: break-word; }
    td.state { white-space: nowrap; }
    th:first-child.number, #tasks td:first-child { width: 1%; }
    tr.selected { background: var(--mark); }
    tr.ended td { color: var(--faint); }
    tr.selected.ended td { color: inherit; }
    td button { min-height: 28px; min-width: 40px; padding: 0 8px; font-family: var(--mono); text-align: right; }
    .glyph { display: inline-block; width: 1.5em; text-align: center; font-family: var(--mono); font-weight: 700; }
    .is-running .glyph, .is-ready .glyph { color: var(--running); }
    .is-waiting .glyph { color: var(--waiting); }
    .is-locked .glyph { color: var(--locked); }
    .is-sleeping .glyph { color: var(--sleeping); }
    .is-stopped .glyph { color: var(--stopped); }
    #queue { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 8px; min-height: 34px; }
    #queue li { border: 1px solid var(--line); border-radius: 16px; padding: 3px 12px; font-variant-numeric: tabular-nums; }
    #queue li:first-child { border-color: var(--running); border-width: 2px; padding: 2px 11px; }
    #source { max-height: 22rem; white-space: pre; line-height: 1.6; }
    #source li { min-width: max-content; padding-right: 12px; }
    #source li.current { background: var(--mark); box-shadow: inset 4px 0 var(--accent); }
    #source span { display: inline-block; width: 3.5em; padding-right: 1em; text-align: right; color: var(--faint); }
    #source i { color: var(--faint); font-style: normal; }
    #source li.current span, #source li.current i { color: inherit; }
    #output { height: 12rem; white-space: pre-wrap; overflow-wrap: anywhere; }
    #output b { color: var(--faint); font-weight: 400; }
    .chart { max-height: 19rem; overflow-x: hidden; }
    svg { max-width: 100%; height: auto; }
    canvas { display: block; width: 100%; cursor: pointer; touch-action: pan-y; }
    #legend { display: flex; flex-wrap: wrap; gap: 4px 20px; color: var(--faint); font-size: 0.9rem; margin: 8px 0; }
    summary { cursor: pointer; padding: 6px 0; }
    summary h2 { display: inline; }
    #spans { font-size: 0.9rem; }
    #steps { margin-top: 12px; font-variant-numeric: tabular-nums; }
    #steps li { display: grid; grid-template-columns: 3.5em 8em 1fr; gap: 12px; padding: 3px 8px; border-radius: 6px; cursor: pointer; }
    #steps li > * { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 0; }
    #steps li.current { background: var(--mark); font-weight: 600; }
    #steps .number { color: var(--faint); }
    #steps .current .number { color: inherit; }
    #search { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; }
    textarea { width: 100%; color: inherit; background: var(--page); border: 1px solid var(--line); border-radius: 8px; padding: 8px; resize: vertical; margin: 8px 0; }
    pre { overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; margin: 8px 0 0; max-height: 30rem; }
    footer { color: var(--faint); padding: 16px 0; }
    kbd { border: 1px solid var(--line); border-radius: 4px; padding: 0 5px; }
    dialog { color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 24px; max-width: min(32rem, 92vw); }
    dialog::backdrop { background: rgb(0 0 0 / 0.5); }
    dl { display: grid; grid-template-columns: auto 1fr; gap: 4px 24px; margin: 0 0 16px; }
    dt { font-family: var(--mono); }
    dd { margin: 0; }
    @media (max-width: 900px) {
      .columns { grid-template-columns: minmax(0, 1fr); }
    }
    @media (max-width: 600px) {
      body { padding: 0 10px 24px; }
      header { grid-template-columns: minmax(0, 1fr); padding: 8px 0; }
      .scrub { flex-direction: column; align-items: stretch; gap: 0; }
      #slider { flex: none; width: 100%; margin: 0; }
      #where { min-width: 0; text-align: left; }
      #facts { display: none; }
      section { padding: 12px; }
      .speed { font-size: 0; }
      .speed select { font-size: 1rem; }
      #deed { font-size: 1.15rem; }
      #steps li { grid-template-columns: 3em 5em 1fr; gap: 8px; padding: 3px 0; }
    }
    @media (prefers-reduced-motion: no-preference) {
      button { transition: border-color 0.1s; }
    }
    @media print {
      :root { --page: #fff; --card: #fff; }
      header { position: static; }
      .transport, .scrub, #search, footer, #copy, #copy-part, #spans-part, .columns, #story, #steps, section:has(#steps) { display: none; }
      section { border: 0; padding: 8px 0; break-inside: avoid; }
      .scroll { max-height: none; }
    }
    """#
}
