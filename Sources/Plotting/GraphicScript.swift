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
            lines.append("set multiplot layout \(rows),\(columns)\(title)")
        }
        for (index, panel) in figure.panels.enumerated() {
            var panel = panel
            if isAlone, panel.title.isEmpty { panel.title = figure.title }
            lines += commands(for: panel, index, columns)
        }
        if !isAlone { lines.append("unset multiplot") }
        return lines.joined(separator: "\n") + "\n"
    }

    private func commands(for panel: Panel, _ index: Int, _ columns: Int) -> [String] {
        guard let view = views[index] else { return ["set multiplot next"] }
        var lines = ["reset", "set encoding utf8"]
        lines += frame(of: panel, view, columns)
        let drawing = GraphicSeries(panel: panel, view: view, index: index)
        lines += drawing.settings
        lines.append("plot " + drawing.plots.joined(separator: ", \\\n     "))
        return lines
    }

    private func fitted(_ text: String, _ columns: Int) -> String {
        let width: Int
        switch terminal {
        case .png(let size), .svg(let size), .pdf(let size), .sixel(let size), .window(_, let size): width = size.width
        case .text(let size, _): width = size.columns * 8
        }
        return GnuplotScript.quoted(GnuplotScript.abridged(text, to: width / columns / 8))
    }

    private func frame(of panel: Panel, _ view: ViewRange, _ columns: Int) -> [String] {
        let ink = "'\(Palette.ink.text)'"
        var lines = [
            "set xrange \(GnuplotScript.range(view.x)) noextend", "set yrange \(GnuplotScript.range(view.y)) noextend",
        ]
        if !panel.title.isEmpty {
            lines.append("set title \(fitted(panel.title, columns)) noenhanced tc rgb \(ink) font ',13'")
        }
        if panel.hasEqualAspect { lines.append("set size ratio -1") }
        lines.append("set key bmargin center horizontal noenhanced samplen 1.6 spacing 1.2 Left reverse tc rgb \(ink)")
        let bothHidden = panel.x.isHidden && panel.y.isHidden
        if bothHidden {
            lines += ["unset border", "unset tics"]
            return lines
        }
        lines += [
            "set border 3 lc rgb '#888888'", "set tics nomirror out scale 0.6 tc rgb \(ink)",
            "set grid lc rgb '\(Palette.faint.text)' lt 1 lw 0.6",
        ]
        if panel.series.contains(where: { if case .heatMap = $0.kind { true } else { false } }) {
            lines += ["unset grid", "set border 15 lc rgb '#888888'"]
        }
        for (name, axis) in [("x", panel.x), ("y", panel.y)] {
            if !axis.label.isEmpty {
                let offset = name == "x" ? " offset 0,0.4" : ""
                lines.append("set \(name)label \(fitted(axis.label, columns)) noenhanced tc rgb \(ink)\(offset)")
            }
            if axis.isLogarithmic { lines.append("set logscale \(name)") }
            if let ticks = axis.ticks { lines.append(GnuplotScript.ticks(name, ticks)) }
            if axis.isHidden { lines.append("unset \(name)tics") }
        }
        return lines
    }
}
