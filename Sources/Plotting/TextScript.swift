import Foundation

/// The drawing of a figure in characters, for gnuplot's dumb terminal.
///
/// gnuplot places the axes, their numbers and every character at its coordinates; which characters stand for a shape is
/// decided here, because the terminal's own lines and areas cannot be told apart in 80 columns.
struct TextScript {
    let figure: Figure
    let views: [ViewRange?]
    let size: TextSize
    let style: TextStyle

    var commands: String {
        let (rows, columns) = figure.layout
        let hasTitle = figure.panels.count > 1 && !figure.title.isEmpty
        let height = (size.rows - (hasTitle ? 1 : 0)) / rows
        let width = size.columns / columns
        var lines = ["set multiplot"]
        for (index, panel) in figure.panels.enumerated() {
            guard let view = views[index] else { continue }
            var panel = panel
            if figure.panels.count == 1, panel.title.isEmpty { panel.title = figure.title }
            let frame =
                panel.place.map { TextFrame($0, of: size, below: hasTitle ? 1 : 0) }
                ?? TextFrame(
                    left: (index % columns) * width, bottom: (rows - 1 - index / columns) * height, width: width,
                    height: height)
            var script = TextPanelScript(panel: panel, view: view, frame: frame, size: size, style: style)
            if index == 0, hasTitle { script.label(figure.title, centredIn: 0..<size.columns, row: size.rows - 1) }
            lines += script.commands
        }
        lines.append("unset multiplot")
        return lines.joined(separator: "\n") + "\n"
    }
}

/// The characters that belong to one panel.
struct TextFrame {
    let left: Int
    let bottom: Int
    let width: Int
    let height: Int
}

extension TextFrame {
    /// A part of a page, its edges on whole characters.
    fileprivate init(_ place: Place, of size: TextSize, below header: Int) {
        func edge(_ share: Double, _ whole: Int) -> Int { Int((share * Double(whole)).rounded()) }
        let rows = size.rows - header
        let (left, bottom) = (edge(place.x, size.columns), edge(place.y, rows))
        self.init(
            left: left, bottom: bottom, width: edge(place.x + place.width, size.columns) - left,
            height: edge(place.y + place.height, rows) - bottom)
    }
}

/// One panel in characters.
struct TextPanelScript {
    let panel: Panel
    let view: ViewRange
    let frame: TextFrame
    let size: TextSize
    let style: TextStyle
    private var labels: [String] = []

    init(panel: Panel, view: ViewRange, frame: TextFrame, size: TextSize, style: TextStyle) {
        self.panel = panel
        self.view = view
        self.frame = frame
        self.size = size
        self.style = style
    }

    var commands: [String] {
        var script = self
        if case .graph(let drawing)? = panel.series.first(where: { if case .graph = $0.kind { true } else { false } })?
            .kind
        {
            return script.graph(drawing)
        }
        return script.plot()
    }

    // MARK: axes

    private mutating func plot() -> [String] {
        // The legend needs the series, the series need the area, and the area needs to know how high the legend is.
        let entries =
            panel.hasKey ? TextSeries(panel: panel, area: area(header: 1, ticks: []), style: style).legend : []
        let header = self.header(entries)
        let yTicks = ticks(panel.y, view.y, most: max(min((frame.height - header.count - 3) / 3, 6), 2))
        let area = area(header: header.count, ticks: yTicks)
        let series = TextSeries(panel: panel, area: area, style: style)
        let most = max(min(area.columns / 9, 9), 2)
        let xTicks =
            panel.x.hasNames ? fittedTicks(panel.x, view.x, area) : ticks(panel.x, view.x, most: most)
        write(header, over: area)
        if !panel.x.label.isEmpty {
            label(panel.x.label, centredIn: area.left..<area.left + area.columns, row: frame.bottom)
        }
        return axes(area, xTicks, yTicks) + labels + glyphs(series.canvas)
    }

    private func ticks(_ axis: Axis, _ range: ClosedRange<Double>, most: Int) -> [Tick] {
        if axis.isHidden { return [] }
        if let ticks = axis.ticks {
            let shown = ticks.filter { range.contains($0.position) }
            let every = (shown.count + most - 1) / max(most, 1)
            return every <= 1 ? shown : shown.enumerated().filter { $0.offset % every == 0 }.map(\.element)
        }
        return axis.isLogarithmic ? Ticks.logarithmic(in: range, most: most) : Ticks.linear(in: range, most: most)
    }

    /// All names of an axis, cut to the room that each has; where there are too many for that, some of them.
    private func fittedTicks(_ axis: Axis, _ range: ClosedRange<Double>, _ area: TextArea) -> [Tick] {
        let shown = ticks(axis, range, most: max(area.columns / 5, 2))
        return Ticks.fitted(shown, into: area.columns)
    }

    private func area(header: Int, ticks: [Tick]) -> TextArea {
        let names = ticks.map(\.label.count).max() ?? 0
        let footer = (panel.x.label.isEmpty ? 0 : 1) + (panel.x.isHidden ? 0 : 1)
        var left = frame.left + names + 2
        var columns = max(frame.left + frame.width - 4 - left, 8)
        var rows = max(frame.height - header - footer - 1, 3)
        if panel.hasEqualAspect {
            // A character is about twice as high as it is wide.
            let proportion = (view.x.upperBound - view.x.lowerBound) / (view.y.upperBound - view.y.lowerBound)
            let wanted = Double(rows) * 2 * proportion
            if wanted <= Double(columns) {
                left += (columns - Int(wanted.rounded())) / 2
                columns = max(Int(wanted.rounded()), 8)
            } else {
                rows = max(Int((Double(columns) / proportion / 2).rounded()), 3)
            }
        }
        return TextArea(
            left: left, bottom: frame.bottom + footer, columns: columns, rows: rows, view: view,
            isLogarithmic: (panel.x.isLogarithmic, panel.y.isLogarithmic))
    }

    private func axes(_ area: TextArea, _ xTicks: [Tick], _ yTicks: [Tick]) -> [String] {
        // The last column of gnuplot's is one less than the number of columns.
        func screen(_ place: Int, _ whole: Int) -> String { "at screen \(place)./\(whole - 1)" }
        var lines = [
            "reset", "set encoding utf8", "unset key", "set tics nomirror scale 0",
            "set lmargin \(screen(area.left, size.columns))",
            "set rmargin \(screen(area.left + area.columns, size.columns))",
            "set bmargin \(screen(area.bottom, size.rows))",
            "set tmargin \(screen(area.bottom + area.rows, size.rows))",
            "set xrange \(GnuplotScript.range(view.x)) noextend", "set yrange \(GnuplotScript.range(view.y)) noextend",
            "set border \(panel.x.isHidden && panel.y.isHidden ? 0 : 3)",
        ]
        for (name, axis, ticks) in [("x", panel.x, xTicks), ("y", panel.y, yTicks)] {
            if axis.isLogarithmic { lines.append("set logscale \(name)") }
            lines.append(ticks.isEmpty ? "unset \(name)tics" : GnuplotScript.ticks(name, ticks))
        }
        return lines
    }

    // MARK: text

    /// A row above the axes.
    private enum Header {
        case title
        case unit
        case legend([TextSeries.Entry])
        case unitAndLegend([TextSeries.Entry])
    }

    private func header(_ entries: [TextSeries.Entry]) -> [Header] {
        var rows: [Header] = panel.title.isEmpty ? [] : [.title]
        let unit = panel.y.label
        var legend: [[TextSeries.Entry]] = []
        for entry in entries {
            let width = (legend.last ?? []).map { $0.width + 3 }.reduce(0, +)
            if legend.isEmpty || width + entry.width > frame.width - 2 { legend.append([]) }
            legend[legend.count - 1].append(entry)
        }
        if !unit.isEmpty, let only = legend.first, legend.count == 1,
            only.map({ $0.width + 3 }).reduce(unit.count + 4, +) <= frame.width - 8
        {
            return rows + [.unitAndLegend(only)]
        }
        rows += legend.prefix(3).map { .legend($0) }
        return unit.isEmpty ? rows : rows + [.unit]
    }

    private mutating func write(_ header: [Header], over area: TextArea) {
        let all = frame.left..<frame.left + frame.width
        let top = area.bottom + area.rows + header.count
        for (index, row) in header.enumerated() {
            let line = top - index
            switch row {
            case .title: label(panel.title, centredIn: all, row: line)
            case .unit: unit(line, area)
            case .legend(let entries): legend(entries, line, from: nil)
            case .unitAndLegend(let entries):
                // The legend keeps its room: where the axes stand far from the edge, their unit moves towards it.
                let width = entries.map(\.width).reduce(3 * (entries.count - 1), +)
                let latest = frame.left + frame.width - width - panel.y.label.count - 4
                let column = max(min(area.left - 2, latest), frame.left)
                label(panel.y.label, column: column, row: line)
                legend(entries, line, from: column + panel.y.label.count + 4)
            }
        }
    }

    private mutating func unit(_ row: Int, _ area: TextArea) {
        label(
            panel.y.label, column: max(min(area.left - 2, frame.left + frame.width - panel.y.label.count), frame.left),
            row: row)
    }

    /// In the middle, or in the middle of what is right of a column.
    private mutating func legend(_ entries: [TextSeries.Entry], _ row: Int, from start: Int?) {
        let width = entries.map(\.width).reduce(3 * (entries.count - 1), +)
        var column = max(frame.left + (frame.width - width) / 2, start ?? frame.left)
        for entry in entries {
            for mark in entry.marks {
                label(String(mark.character), column: column, row: row, ink: mark.ink)
                column += 1
            }
            label(entry.name, column: column + 1, row: row)
            column += entry.name.count + 4
        }
    }

    mutating func label(_ text: String, centredIn columns: Range<Int>, row: Int) {
        // A blank keeps it apart from that of the panel beside it.
        let room = columns.count < size.columns ? columns.count - 1 : size.columns
        let fitted = GnuplotScript.abridged(text, to: max(room, 8))
        label(fitted, column: max(columns.lowerBound + (columns.count - fitted.count) / 2, 0), row: row)
    }

    mutating func label(_ text: String, column: Int, row: Int, ink: Ink = .standard) {
        let fitted = GnuplotScript.abridged(text, to: size.columns - column)
        labels.append(
            "set label \(labels.count + 1) \(GnuplotScript.quoted(fitted)) at character \(column),\(row) noenhanced\(Self.colour(ink, "tc", style))"
        )
    }

    /// The labels, and a plot of nothing to put them on.
    func finished() -> [String] { labels + ["plot NaN"] }

    /// The clause that colours text or points.
    static func colour(_ ink: Ink, _ clause: String, _ style: TextStyle) -> String {
        switch ink {
        case .standard: clause == "lc" ? " lc black" : ""
        case .role(let role):
            style.colours == .none
                ? colour(.standard, clause, style) : " \(clause) rgb '\(Palette.colour(of: role).text)'"
        case .colour(let colour): " \(clause) rgb '\(colour.text)'"
        }
    }

    // MARK: characters

    private func glyphs(_ canvas: TextCanvas) -> [String] {
        let groups = Dictionary(grouping: canvas.cells.keys) {
            canvas.cells[$0] ?? .init(character: " ", ink: .standard)
        }
        let sorted = groups.sorted { one, two in
            one.key.character == two.key.character
                ? String(describing: one.key.ink) < String(describing: two.key.ink)
                : one.key.character < two.key.character
        }
        var lines: [String] = []
        var plots: [String] = []
        for (index, group) in sorted.enumerated() {
            let cells = group.value.sorted { ($0.row, $0.column) < ($1.row, $1.column) }
            let rows = cells.map { cell -> [Double]? in
                let point = canvas.area.point(Double(cell.column), Double(cell.row))
                return [point.x, point.y]
            }
            let mark = group.key.character == "\\" ? "\\\\" : String(group.key.character)
            lines.append(String(GnuplotScript.block("$g\(index)", rows).dropLast()))
            plots.append("$g\(index) using 1:2 with points pt \"\(mark)\"\(Self.colour(group.key.ink, "lc", style))")
        }
        return lines + ["plot " + (plots.isEmpty ? "NaN" : plots.joined(separator: ", \\\n     "))]
    }
}
