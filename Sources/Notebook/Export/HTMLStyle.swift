/// How a page looks, by day and by night, on a screen and on paper.
enum HTMLStyle {
    static let sheet = """
        :root {
          color-scheme: light dark;
          --page: #ffffff; --ink: #1c1e21; --quiet: #626870; --line: #d9dde2; --code: #f4f6f8; --accent: #1f5fbf;
          --error: #b3261e; --question: #eef4fc;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #15171a; --ink: #e4e6e9; --quiet: #9aa1aa; --line: #363b41; --code: #1f2327; --accent: #8ab4f8;
            --error: #f2938c; --question: #1b2430;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0; background: var(--page); color: var(--ink);
          font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif;
        }
        main, footer { max-width: 50rem; margin: 0 auto; padding: 1rem 1.25rem; }
        footer { color: var(--quiet); font-size: 0.85rem; border-top: 1px solid var(--line); }
        h1, h2, h3, h4 { line-height: 1.25; margin: 2rem 0 0.75rem; }
        h1 { font-size: 1.9rem; margin-top: 1rem; }
        a { color: var(--accent); }
        pre, code { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 0.92em; }
        pre { margin: 0.25rem 0; padding: 0.6rem 0.8rem; overflow-x: auto; line-height: 1.45; border-radius: 6px; }
        pre.source, main > pre { background: var(--code); }
        pre.output { border-left: 3px solid var(--line); border-radius: 0; }
        pre.error { border-left: 3px solid var(--error); color: var(--error); border-radius: 0; white-space: pre-wrap; }
        pre code { font-size: inherit; }
        :not(pre) > code { background: var(--code); padding: 0.1em 0.3em; border-radius: 4px; }
        .cell { position: relative; margin: 1.25rem 0; }
        .number { display: block; color: var(--quiet); font-size: 0.8rem; text-decoration: none; }
        .question { margin: 1.5rem 0; padding: 0.25rem 1.1rem; border-radius: 8px; background: var(--question); }
        .question .source { background: var(--page); }
        summary { cursor: pointer; color: var(--accent); margin: 0.5rem 0; }
        figure { margin: 0.75rem 0; padding: 0.5rem; background: #ffffff; border-radius: 6px; border: 1px solid var(--line); }
        figure svg, img { display: block; max-width: 100%; height: auto; margin: 0 auto; }
        table { border-collapse: collapse; display: block; overflow-x: auto; }
        th, td { border: 1px solid var(--line); padding: 0.3rem 0.7rem; }
        blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid var(--line); color: var(--quiet); }
        hr { border: 0; border-top: 1px solid var(--line); margin: 2rem 0; }
        @media (min-width: 62rem) {
          .number { position: absolute; left: -3.5rem; top: 0.6rem; width: 3rem; text-align: right; }
        }
        @media print {
          main, footer { max-width: none; padding: 0; }
          pre { white-space: pre-wrap; }
          figure, .question { break-inside: avoid; }
        }

        """
}
