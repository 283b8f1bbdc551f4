/// The style sheet of all pages: one scale of sizes, hairlines, day, night and paper.
///
/// It holds neither `<` nor `&`, so that a page stays well-formed XML.
package let pageStyle = """
  :root {
    color-scheme: light dark;
    --paper: #ffffff; --ink: #1b1f23; --quiet: #57606a; --line: #d8dee4; --tint: #f6f8fa;
    --accent: #0b5cad; --critical: #a40e26; --high: #b3541e; --medium: #7a5c00; --low: #0b5cad;
  }
  @media (prefers-color-scheme: dark) {
    :root {
      --paper: #15181b; --ink: #e6e8ea; --quiet: #a3abb3; --line: #343a40; --tint: #1d2125;
      --accent: #7ab8f5; --critical: #ff8f9c; --high: #ffa66b; --medium: #e2c15c; --low: #7ab8f5;
    }
  }
  * { box-sizing: border-box; }
  html { -webkit-text-size-adjust: 100%; }
  body {
    margin: 0; background: var(--paper); color: var(--ink);
    font: 16px/24px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif;
    font-variant-numeric: tabular-nums; overflow-wrap: break-word;
  }
  header, main, footer { max-width: 1120px; margin: 0 auto; padding: 0 24px; }
  header { padding-top: 32px; }
  footer { padding-bottom: 48px; }
  h1 { font-size: 20px; line-height: 28px; margin: 0 0 8px; font-weight: 600; }
  h2 { font-size: 20px; line-height: 28px; margin: 56px 0 8px; font-weight: 600; }
  h3 { font-size: 16px; line-height: 24px; margin: 24px 0 4px; font-weight: 600; }
  h4 { font-size: 14px; line-height: 20px; margin: 16px 0 4px; font-weight: 600; }
  p { margin: 0 0 8px; }
  p, li, dd { max-width: 75ch; }
  a { color: var(--accent); }
  .question { color: var(--quiet); }
  .answer { font-size: 28px; line-height: 36px; max-width: 40em; margin: 16px 0; text-wrap: pretty; }
  .advice { font-size: 20px; line-height: 28px; max-width: 46em; margin: 0 0 16px; text-wrap: pretty; }
  .quiet, .facts, .tile .unit, figcaption p, .notes, caption, summary, .downloads {
    color: var(--quiet); font-size: 14px; line-height: 20px;
  }
  .methods dt { font-weight: 600; margin-top: 8px; }
  .methods dd { margin: 0; }
  .small { font-size: 12px; line-height: 16px; color: var(--quiet); }
  .n { white-space: nowrap; }
  .word { white-space: nowrap; }
  nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: 0 16px; margin: 16px 0 0; padding: 8px 0;
    border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); font-size: 14px; }
  .tiles { display: grid; grid-template-columns: repeat(5, minmax(0, 1fr)); gap: 24px; margin: 24px 0 8px; }
  .tile { border-top: 2px solid var(--ink); padding-top: 8px; }
  .tile h3 { margin: 0; font-size: 14px; line-height: 20px; font-weight: 400; color: var(--quiet); }
  .tile .value { font-size: 28px; line-height: 36px; }
  .tile .interval { font-size: 14px; line-height: 20px; color: var(--quiet); }
  .tile dl { margin: 8px 0 0; font-size: 14px; line-height: 20px; }
  .tile dt { color: var(--quiet); }
  .tile dd { margin: 0 0 4px; }
  .questions { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 16px 32px; }
  .questions h3 { margin: 8px 0 0; }
  .questions dl { margin: 0; font-size: 14px; line-height: 20px; }
  .questions dt { color: var(--quiet); margin-top: 4px; }
  .questions dd { margin: 0; }
  figure { margin: 16px 0 32px; break-inside: avoid; }
  figcaption h3 { margin: 0; }
  figcaption p { margin: 0 0 8px; }
  .panels { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(320px, 100%), 1fr)); gap: 16px 32px; }
  .panels.wide { grid-template-columns: repeat(auto-fill, minmax(min(480px, 100%), 1fr)); }
  .key.notes { display: block; line-height: 20px; margin: 0 0 8px; }
  .panel { min-width: 0; break-inside: avoid; }
  .panel h4 { margin: 8px 0 0; }
  .chart { width: 100%; min-width: 0; }
  .chart svg { max-width: 100%; height: auto; display: block; overflow: visible; }
  .key { list-style: none; display: flex; flex-wrap: wrap; gap: 0 24px; margin: 0 0 8px; padding: 0;
    font-size: 14px; line-height: 24px; }
  .key.spare { display: none; }
  .key svg { width: 24px; height: 12px; margin-right: 8px; vertical-align: middle; }
  .downloads { margin-top: 4px; }
  .downloads a { margin-right: 12px; }
  details { margin: 4px 0; }
  summary { cursor: pointer; }
  .scroll { overflow-x: auto; max-width: 100%; }
  .tall { max-height: 480px; overflow: auto; }
  table { border-collapse: collapse; font-size: 14px; line-height: 20px; margin: 8px 0; }
  caption { text-align: left; padding-bottom: 4px; }
  th, td { text-align: left; vertical-align: top; padding: 4px 16px 4px 0; border-bottom: 1px solid var(--line); }
  thead th { font-weight: 600; border-bottom: 1px solid var(--quiet); }
  th[scope=row] { font-weight: 400; }
  td.number, th.number { text-align: right; }
  td.number { white-space: nowrap; }
  td.broken { white-space: normal; }
  tbody th[scope=row] { min-width: 136px; }
  .sheet tbody th[scope=row] { min-width: 224px; }
  .sheet td:nth-child(2) { min-width: 208px; }
  .sheet td:last-child { min-width: 88px; }
  tr.chosen th, tr.chosen td { background: var(--tint); }
  tbody tr.group th { font-weight: 600; padding-top: 16px; }
  .swatch { display: inline-block; width: 16px; height: 4px; border-radius: 2px; margin-right: 8px; vertical-align: middle; }
  .severity { font-weight: 600; white-space: nowrap; }
  .critical { color: var(--critical); } .high { color: var(--high); } .medium { color: var(--medium); }
  .low { color: var(--low); } .info { color: var(--quiet); }
  .finding { border-top: 1px solid var(--line); padding: 8px 0; break-inside: avoid; }
  .finding h3 { margin: 0; }
  .tag { font-size: 12px; line-height: 16px; font-weight: 600; border: 1px solid var(--quiet); border-radius: 8px; padding: 0 8px;
    white-space: nowrap; }
  .assessment { margin: 24px 0 40px; }
  .meanings { display: grid; grid-template-columns: minmax(0, 200px) minmax(0, 1fr); gap: 4px 16px; font-size: 14px; line-height: 20px; }
  .meanings dt { font-weight: 600; }
  .meanings dd { margin: 0; }
  .finding dl, .provenance { display: grid; grid-template-columns: 112px minmax(0, 1fr); gap: 0 16px; margin: 4px 0;
    font-size: 14px; line-height: 20px; }
  .finding dt, .provenance dt { color: var(--quiet); }
  .finding dd, .provenance dd { margin: 0; }
  code, .path { font: 14px/20px ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
  pre { background: var(--tint); padding: 8px 16px; white-space: pre-wrap; overflow-wrap: anywhere; }
  .white { background: #ffffff; color: #1b1f23; color-scheme: light; padding: 16px; font-size: 14px; line-height: 20px; }
  .map { overflow: auto; max-height: 80vh; margin-top: 8px; }
  .map svg { display: block; max-width: 100%; height: auto; }
  .whole:checked ~ .map svg { max-width: none; }
  .legend { display: flex; flex-wrap: wrap; gap: 0 24px; list-style: none; padding: 0; margin: 0 0 8px; font-size: 14px; }
  .legend svg { width: 24px; height: 16px; margin-right: 8px; vertical-align: middle; }
  .bar { display: inline-block; width: 160px; height: 8px; background: var(--line); vertical-align: middle; }
  .bar.thin { width: 64px; }
  .percent { display: inline-block; min-width: 72px; }
  .bar rect { fill: var(--ink); }
  .apart { position: absolute; width: 0; height: 0; overflow: hidden; }
  .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  #vg-tooltip-element { position: fixed; visibility: hidden; z-index: 10; padding: 8px; background: var(--paper);
    border: 1px solid var(--line); box-shadow: 0 2px 8px rgba(0, 0, 0, 0.2); font-size: 12px; line-height: 16px;
    pointer-events: none; }
  #vg-tooltip-element.visible { visibility: visible; }
  #vg-tooltip-element table { margin: 0; font-size: 12px; line-height: 16px; }
  #vg-tooltip-element td { padding: 0 8px 0 0; border: 0; }
  #vg-tooltip-element td.key { color: var(--quiet); }
  @media (max-width: 900px) { .tiles { grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); } }
  @media (max-width: 800px) { .key.spare { display: flex; } }
  @media (max-width: 600px) {
    header, main, footer { padding-left: 16px; padding-right: 16px; }
    header { padding-top: 16px; }
    .answer { font-size: 20px; line-height: 28px; }
    .advice { font-size: 16px; line-height: 24px; }
    .finding dl, .provenance { grid-template-columns: minmax(0, 1fr); }
    th, td { padding-right: 12px; }
  }
  @media print {
    :root { --paper: #ffffff; --ink: #000000; --quiet: #444444; --line: #bbbbbb; --tint: #f3f3f3; color-scheme: light; }
    @page { size: A4 landscape; margin: 12mm 14mm 14mm;
      @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 11px sans-serif; color: #444444; } }
    body { font-size: 13px; line-height: 18px; }
    header, main, footer { padding: 0; max-width: none; }
    footer { display: none; }
    nav, .downloads { display: none; }
    p, li, dd { max-width: 120ch; }
    h1 { font-size: 16px; line-height: 22px; margin: 0 0 4px; }
    h2 { font-size: 16px; line-height: 22px; margin: 20px 0 4px; }
    h3 { font-size: 13px; line-height: 18px; margin: 10px 0 2px; }
    h4, .panel h4 { font-size: 12px; line-height: 16px; margin: 4px 0 0; }
    h1, h2, h3, h4, figcaption, caption, summary, .hidden, .key { break-after: avoid; }
    h2 + .quiet { break-after: avoid; }
    section { margin: 0; orphans: 1; widows: 1; }
    p, li, dd { orphans: 2; widows: 2; }
    .answer { font-size: 20px; line-height: 26px; margin: 8px 0; max-width: none; }
    .advice { font-size: 15px; line-height: 21px; margin: 0 0 8px; max-width: none; }
    .quiet, .facts, .tile .unit, figcaption p, .notes, caption, summary { font-size: 11px; line-height: 15px; }
    /* A figure is kept in one piece; a row of small charts may go to the next page. */
    figure { margin: 8px 0 16px; break-inside: auto; }
    figure .panels { break-inside: avoid; }
    figure.several .panels { break-inside: auto; }
    figure.paired { display: inline-block; width: 49%; margin-right: .4%; vertical-align: top; break-inside: avoid; }
    .key, .key.notes { font-size: 11px; line-height: 15px; margin: 0 0 4px; }
    .panels, .panels.wide { display: block; orphans: 1; widows: 1; }
    .panel { display: inline-block; vertical-align: top; width: 32%; margin-right: 1%; break-inside: avoid; }
    .panels.wide .panel { width: 49%; margin: 0 .4% 0 0; }
    .chart { break-inside: avoid; }
    .chart img { max-width: 100%; }
    .tiles { gap: 16px; margin: 8px 0; break-inside: avoid; }
    .tile .value { font-size: 16px; line-height: 22px; }
    .tile h3, .tile .interval, .tile dl { font-size: 11px; line-height: 15px; }
    .questions { display: block; columns: 3; column-gap: 24px; }
    .questions h3 { margin: 0; }
    .questions dl { font-size: 11px; line-height: 15px; margin: 0 0 8px; }
    .questions > div { break-inside: avoid; }
    table { font-size: 10px; line-height: 13px; margin: 4px 0 8px; }
    th, td { padding: 2px 8px 2px 0; }
    td .quiet, td .small, th .quiet { font-size: inherit; line-height: inherit; }
    code, .path { font-size: 9px; line-height: inherit; }
    tbody th[scope=row], .sheet tbody th[scope=row], .sheet td:nth-child(2), .sheet td:last-child { min-width: 0; }
    thead { display: table-header-group; }
    tr, .tile { break-inside: avoid; }
    .scroll, .tall { max-height: none; overflow: visible; }
    .scroll .bar { width: 32px; }
    .methods { columns: 2; column-gap: 24px; }
    .methods dt { margin-top: 4px; break-after: avoid; }
    .finding { break-inside: avoid; padding: 4px 0; }
    .finding h3 { margin: 0; }
    .finding dl, .provenance, .meanings { grid-template-columns: 72px minmax(0, 1fr); gap: 0 8px; margin: 2px 0;
      font-size: 11px; line-height: 15px; }
    .small { font-size: 10px; line-height: 13px; }
    .legend { font-size: 11px; gap: 0 16px; }
    .white { padding: 0; font-size: 11px; line-height: 15px; break-inside: avoid; }
    .white p { font-size: 11px; line-height: 15px; }
    .map { max-height: none; overflow: visible; break-before: avoid; break-inside: avoid; }
    .map svg { max-width: 100%; max-height: 128mm; height: auto; }
    .dictionary { columns: 3; column-gap: 24px; font-size: 10px; line-height: 13px; }
    .dictionary h3 { font-size: 11px; line-height: 14px; }
    .dictionary p { margin: 0 0 1px; }
    .swatch, .key svg, .bar { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    .sheet details::details-content, details.printed::details-content { content-visibility: visible; height: auto; }
  }
  """
