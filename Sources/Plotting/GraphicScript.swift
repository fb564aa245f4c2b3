import Foundation

/// The drawing of a figure for terminals with pixels or paths.
struct GraphicScript {
    let figure: Figure
    let views: [ViewRange?]
    let terminal: Terminal

    var commands: String {
        let (rows, columns) = figure.layout
        var lines: [String] = []
        let isAlone = figure.panels.count == 1
        if !isAlone {
            let title = figure.title.isEmpty ? "" : " title \(fitted(figure.title, 1)) font ',13'"
            lines.append("set multiplot\(figure.isPlaced ? "" : " layout \(rows),\(columns)")\(title)")
        }
        for (index, panel) in figure.panels.enumerated() {
            var panel = panel
            if isAlone, panel.title.isEmpty { panel.title = figure.title }
            let share = PixelShare(
                width: panel.place?.width ?? 1 / Double(columns), height: panel.place?.height ?? 1 / Double(rows))
            lines += commands(for: panel, index, share)
        }
        if !isAlone { lines.append("unset multiplot") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// How much of the page a panel has.
    private struct PixelShare {
        let width: Double
        let height: Double
    }

    private func commands(for panel: Panel, _ index: Int, _ share: PixelShare) -> [String] {
        guard let view = views[index] else { return figure.isPlaced ? [] : ["set multiplot next"] }
        var lines = ["reset", "set encoding utf8"]
        if figure.panels.count > 1, let place = panel.place { lines += page(place) }
        lines += frame(of: panel, view, share)
        let drawing = GraphicSeries(
            panel: panel, view: view, index: index, isSmall: share.width < 0.9, pixels: Double(width) * share.width)
        lines += drawing.settings
        lines.append("plot " + drawing.plots.joined(separator: ", \\\n     "))
        return lines
    }

    private var size: PixelSize {
        switch terminal {
        case .png(let size), .svg(let size), .pdf(let size), .sixel(let size), .window(_, let size), .gif(let size, _):
            size
        case .text(let size, _): PixelSize(width: size.columns * 8, height: size.rows * 16)
        }
    }

    private var width: Int { size.width }

    private func fitted(_ text: String, _ share: Double) -> String {
        GnuplotScript.quoted(GnuplotScript.abridged(text, to: Int(Double(width) * share / 8)))
    }

    /// The part of the page beneath the title. Panels above one another share their left edge.
    private func page(_ place: Place) -> [String] {
        let body = figure.title.isEmpty ? 1 : 0.95
        let numbers = [place.x, place.y * body, place.width, place.height * body].map(GnuplotScript.number)
        let isInColumn = figure.panels.contains { $0.place?.x == place.x && $0.place?.y != place.y }
        return ["set origin \(numbers[0]),\(numbers[1])", "set size \(numbers[2]),\(numbers[3])"]
            + (isInColumn ? ["set lmargin 9", "set rmargin 3"] : [])
    }

    /// The title, and beneath it the legend in as many rows as it needs, both above the axes.
    private func heading(of panel: Panel, _ share: Double) -> [String] {
        let ink = "tc rgb '\(Palette.ink.text)'"
        let names = panel.hasKey ? panel.series.filter { !$0.name.isEmpty && !$0.kind.isHeatMap }.map(\.name) : []
        let title = fitted(panel.title, share)
        if names.isEmpty {
            return panel.title.isEmpty
                ? ["unset key"] : ["unset key", "set title \(title) noenhanced \(ink) font ',13'"]
        }
        // A mark and its margins are about as wide as seven characters.
        let widest = min(names.map(\.count).max() ?? 0, GraphicSeries.longestName) + 7
        // The axes do not take the whole width, and gnuplot breaks what is wider than they are.
        let across = max((Int(Double(width) * share / 8) - 14) / widest, 1)
        let rows = Double((names.count + across - 1) / across)
        let key =
            "set key at graph 0.5,1.02 center bottom horizontal maxcols \(across) noenhanced Left reverse samplen 1.6 spacing 1.2 \(ink)"
        if panel.title.isEmpty { return [key, "set tmargin \(1.1 + 1.3 * rows)"] }
        // gnuplot would put the legend above the title.
        return [
            key, "set tmargin \(2.9 + 1.3 * rows)",
            "set label \(title) at graph 0.5,1 offset character 0,\(1.4 + 1.3 * rows) center noenhanced \(ink) font ',13'",
        ]
    }

    private func frame(of panel: Panel, _ view: ViewRange, _ share: PixelShare) -> [String] {
        let ink = "'\(Palette.ink.text)'"
        var lines = [
            "set xrange \(GnuplotScript.range(view.x)) noextend", "set yrange \(GnuplotScript.range(view.y)) noextend",
        ]
        lines += heading(of: panel, share.width)
        if panel.hasEqualAspect { lines.append("set size ratio -1") }
        let bothHidden = panel.x.isHidden && panel.y.isHidden
        if bothHidden {
            lines += ["unset border", "unset tics"]
            return lines
        }
        lines += [
            "set border 3 lc rgb '#888888'", "set tics nomirror out scale 0.6 tc rgb \(ink)",
            "set grid lc rgb '\(Palette.faint.text)' lt 1 lw 0.6",
        ]
        if panel.series.contains(where: \.kind.isHeatMap) {
            lines += ["unset grid", "set border 15 lc rgb '#888888'"]
        }
        for (name, axis) in [("x", panel.x), ("y", panel.y)] {
            if !axis.label.isEmpty {
                let offset = name == "x" ? " offset 0,0.4" : ""
                lines.append(
                    "set \(name)label \(fitted(axis.label, name == "x" ? share.width : share.height * Double(size.height) / Double(width))) noenhanced tc rgb \(ink)\(offset)"
                )
            }
            if axis.isLogarithmic { lines.append("set logscale \(name)") }
            let room = name == "x" ? share.width * Double(width) : share.height * Double(size.height)
            if let ticks = ticks(of: axis, name == "x" ? view.x : view.y, isAcross: name == "x", room) {
                lines.append(GnuplotScript.ticks(name, ticks))
            }
            if axis.isHidden { lines.append("unset \(name)tics") }
        }
        return lines
    }

    /// The numbers or names along an axis that has so many pixels; nil leaves them to gnuplot, which takes too many for a
    /// small panel.
    private func ticks(
        of axis: Axis, _ range: ClosedRange<Double>, isAcross: Bool, _ room: Double
    ) -> [Tick]? {
        if let ticks = axis.ticks {
            return axis.hasNames && isAcross ? Ticks.fitted(ticks, into: Int(room / 9)) : ticks
        }
        guard figure.panels.count > 1, !axis.isLogarithmic, !axis.isHidden else { return nil }
        return isAcross
            ? Ticks.across(range, pixels: room) : Ticks.linear(in: range, most: min(max(Int(room / 40), 2), 8))
    }
}
