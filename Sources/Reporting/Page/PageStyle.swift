/// The style sheet: light, dark and print. Modes have the colours of Okabe and Ito's palette.
enum PageStyle {
  static let text = """
    :root { --paper: #fff; --ink: #1b1e23; --quiet: #5a626d; --rule: #d6dae0; --link: #00538a; --shade: 213, 94, 0;
      --grey: #6b6b6b; --orange: #b84f00; --amber: #8a6100; --blue: #0072b2; --sky: #22749f; --green: #007a59; }
    @media (prefers-color-scheme: dark) { :root { --paper: #14171b; --ink: #e8eaed; --quiet: #a3abb5; --rule: #363c44;
      --link: #7cc4f5; --shade: 230, 120, 30; --grey: #b0b0b0; --orange: #ff8a3d; --amber: #e69f00; --blue: #56b4e9;
      --sky: #8fcdf2; --green: #2fc79d; } }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
    main { max-width: 1240px; margin: 0 auto; padding: 1rem; }
    h1 { font-size: 1.35rem; line-height: 1.25; margin: 0.5rem 0; overflow-wrap: anywhere; }
    h2 { font-size: 1.15rem; margin: 2rem 0 0.5rem; }
    h3 { font-size: 1rem; margin: 0 0 0.25rem; }
    h2 a { color: inherit; text-decoration: none; }
    h2 a:hover, h3 a:hover { text-decoration: underline; }
    h3 a { color: inherit; text-decoration: none; }
    p, li { max-width: 80ch; overflow-wrap: anywhere; }
    p { margin: 0.5rem 0; }
    a { color: var(--link); }
    a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 3px solid var(--link); outline-offset: 1px; }
    .skip { position: absolute; left: -999em; }
    .skip:focus { left: 0.5rem; top: 0.5rem; background: var(--paper); padding: 0.5rem; }
    .answers { padding-left: 1.2rem; margin: 0.5rem 0; }
    .machine { color: var(--quiet); }
    .scroll { overflow-x: auto; max-width: 100%; }
    .matrices > div { min-width: 0; max-width: 100%; }
    .matrices { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; }
    table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 0.875rem; }
    caption { text-align: left; font-weight: 600; padding-bottom: 0.25rem; white-space: nowrap; }
    th { font-weight: 500; text-align: left; white-space: nowrap; }
    thead th { color: var(--quiet); vertical-align: bottom; text-align: right; }
    table:not(.matrix):not(.heat) thead th { white-space: normal; min-width: 5rem; }
    thead th:first-child { text-align: left; }
    td { text-align: right; white-space: nowrap; }
    th, td { padding: 0.2rem 0.5rem; border-bottom: 1px solid var(--rule); }
    .matrix td { padding: 0; }
    .matrix td a { display: block; padding: 0.2rem 0.5rem; color: inherit; text-decoration: none; }
    .matrix td a:hover { text-decoration: underline; }
    .prose td, .prose th { text-align: left; white-space: normal; vertical-align: top; overflow-wrap: anywhere; }
    .prose th { min-width: 8rem; }
    .h0 a { font-weight: 700; }
    .h1 { background: rgba(var(--shade), 0.06); } .h2 { background: rgba(var(--shade), 0.13); }
    .h3 { background: rgba(var(--shade), 0.21); } .h4 { background: rgba(var(--shade), 0.3); }
    .h5 { background: rgba(var(--shade), 0.4); } .h6 { background: rgba(var(--shade), 0.5); }
    .none { color: var(--quiet); }
    .blocks { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 540px), 1fr)); gap: 1.5rem 2rem; }
    article { min-width: 0; scroll-margin-top: 1rem; }
    article:target h3 { text-decoration: underline; }
    svg { display: block; width: 100%; height: auto; font: 12px system-ui, sans-serif; }
    svg text { fill: currentColor; font-variant-numeric: tabular-nums; }
    .grid { stroke: var(--rule); fill: none; }
    .title { fill: var(--quiet); }
    .ytick { fill: var(--quiet); text-anchor: end; }
    .line { stroke: currentColor; stroke-width: 2; fill: none; }
    .lead { stroke: currentColor; stroke-width: 0.7; fill: none; opacity: 0.6; }
    .m-fixed .line, .m-pbuf-mmap .line, .m-legacy-runs .line, .m-kmbuf-runs .line { stroke-dasharray: 7 3; }
    .m-syscall .line, .m-pbuf-inc .line, .m-kmbuf-refill .line { stroke-dasharray: 2 3; }
    .answer { font-size: 1.1rem; }
    .differences td, .differences th { vertical-align: middle; }
    .differences th[scope] { white-space: normal; min-width: 11rem; max-width: 20rem; }
    @media (min-width: 1000px) { .differences th[scope] { min-width: 23rem; max-width: 30rem; } }
    .differences th:last-child, .differences td:last-child, .differences .verdict { text-align: left; }
    .differences td:last-child { white-space: normal; min-width: 14rem; }
    .shift { min-width: 220px; padding: 0; }
    .joined { stroke: currentColor; stroke-width: 1; stroke-dasharray: 2 2; }
    .new { fill: currentColor; }
    .band { fill: var(--rule); opacity: 0.45; }
    .v-worse, .v-lost { color: var(--orange); } .v-better { color: var(--blue); } .v-same, .v-undecided { color: var(--quiet); }
    .heat td { padding: 0.2rem 0.6rem; }
    small { display: block; color: var(--quiet); font-size: 0.75rem; }
    .heat small { color: inherit; }
    fieldset { border: 1px solid var(--rule); border-radius: 4px; margin: 0.25rem 0; padding: 0.1rem 0.6rem 0.3rem; }
    legend { color: var(--quiet); font-size: 0.875rem; }
    label { display: inline-block; margin-right: 1rem; }
    @media (max-width: 620px) { svg { font-size: 17px; } }
    svg .tick, .tick text { fill: var(--quiet); text-anchor: middle; }
    .mode, .value { text-anchor: end; }
    .dots { stroke: currentColor; stroke-width: 7; stroke-linecap: round; opacity: 0.4; }
    .hollow { stroke: currentColor; fill: none; opacity: 0.45; }
    .interval { stroke: currentColor; stroke-width: 2.5; }
    .median { stroke: currentColor; stroke-width: 2.5; }
    .m-syscall { color: var(--ink); } .m-plain, .m-fixed { color: var(--grey); } .m-legacy { color: var(--orange); } .m-legacy-runs { color: var(--amber); }
    .m-pbuf, .m-pbuf-mmap { color: var(--blue); } .m-pbuf-inc { color: var(--sky); }
    .m-kmbuf, .m-kmbuf-runs, .m-kmbuf-refill { color: var(--green); }
    summary { cursor: pointer; color: var(--link); width: fit-content; }
    @media print { .skip, .facets { display: none; } body { font-size: 10pt; } article { break-inside: avoid; }
      details::details-content { content-visibility: visible; display: block; } .scroll { overflow: visible; } }

    """
}
