import Foundation

/// The data blocks, settings and plot clauses of one panel for terminals with pixels or paths.
struct GraphicSeries {
    private(set) var settings: [String] = []
    private(set) var plots: [String] = []
    private let view: ViewRange
    private let panel: Panel
    private let index: Int
    /// Whether it shares the picture with panels beside it.
    private let isSmall: Bool
    /// Names in the legend are cut after so many characters.
    static let longestName = 48

    /// Pixels across the panel.
    private let pixels: Double

    init(panel: Panel, view: ViewRange, index: Int, isSmall: Bool, pixels: Double) {
        (self.isSmall, self.pixels) = (isSmall, pixels)
        self.panel = panel
        self.view = view
        self.index = index
        for (number, series) in panel.series.enumerated() {
            add(series, "$p\(index)s\(number)")
        }
        // Something has to be plotted for the axes to appear.
        if plots.isEmpty { plots.append("NaN notitle") }
    }

    /// Points are ringed with paper where they lie on colours.
    private var hasGround: Bool {
        panel.series.contains(where: \.kind.isHeatMap)
    }

    private mutating func add(_ series: Series, _ name: String) {
        let colour = "lc rgb '\(Palette.colour(of: series.role).text)'"
        let title =
            series.name.isEmpty
            ? "notitle" : "title \(GnuplotScript.quoted(GnuplotScript.abridged(series.name, to: Self.longestName)))"
        switch series.kind {
        case .bars(let edges, let heights): addBars(name, edges, heights, colour, title)
        case .curve(let points):
            put(name, points.map { $0.isFinite ? [$0.x, $0.y] : nil })
            plots.append(
                "\(name) using 1:2 with lines\(dashes(of: series)) lw \(width(of: series.role, points)) \(colour) \(title)"
            )
        case .band(let x, let lower, let upper):
            put(name, zip(x, zip(lower, upper)).map { [$0, $1.0, $1.1] })
            plots.append("\(name) using 1:2:3 with filledcurves \(colour) fs transparent solid 0.25 noborder \(title)")
        case .scatter(let points): addPoints(name, points, series.role, title)
        case .heatMap(let grid, let scale): addHeatMap(name, grid, scale, series.name)
        case .contours(let grid, let levels): addContours(name, grid, levels, series.role, title)
        case .arrows(let arrows):
            put(name, arrows.map { [$0.start.x, $0.start.y, $0.end.x - $0.start.x, $0.end.y - $0.start.y] })
            plots.append(
                "\(name) using 1:2:3:4 with vectors head filled size screen 0.008,20 lw 1.4 \(colour) \(title)")
        case .patches(let patches): addPatches(name, patches, series.role, title)
        case .rule(let rule): addRule(name, rule, colour, title)
        case .graph(let drawing): addGraph(name, drawing)
        case .texts(let texts): settings += texts.map(Self.label)
        }
    }

    private mutating func put(_ name: String, _ rows: [[Double]?]) {
        settings.append(String(GnuplotScript.block(name, rows).dropLast()))
    }

    /// Where several curves share a panel each has dashes of its own, so that they can be told apart on black and white.
    private func dashes(of series: Series) -> String {
        let curves = panel.series.filter { if case .curve = $0.kind { true } else { false } }
        guard Set(curves.map(\.role)).count > 1 else { return "" }
        switch series.role {
        case .real, .model, .neutral: return ""
        case .generated: return " dt (18,4)"
        case .other(let index):
            let patterns = ["", "(14,4)", "(4,3)", "(14,3,3,3)", "(8,3,8,3,2,3)", "(2,4)", "(20,8)"]
            let pattern = patterns[((index % patterns.count) + patterns.count) % patterns.count]
            return pattern.isEmpty ? "" : " dt \(pattern)"
        }
    }

    /// Many pieces of a line are thin, so that they are seen one beside the other.
    private func width(of role: Role, _ points: [Point]) -> String {
        if points.count(where: { !$0.isFinite }) > 20 { return "1" }
        return role == .neutral ? "1.5" : "2.5"
    }

    private mutating func addBars(
        _ name: String, _ edges: [Double], _ heights: [Double], _ colour: String, _ title: String
    ) {
        put(
            name,
            heights.indices.prefix(max(edges.count - 1, 0)).map {
                [(edges[$0] + edges[$0 + 1]) / 2, heights[$0], edges[$0 + 1] - edges[$0]]
            })
        plots.append("\(name) using 1:2:3 with boxes \(colour) lw 1 fs transparent solid 0.4 border \(colour) \(title)")
    }

    private mutating func addPoints(_ name: String, _ points: [Point], _ role: Role, _ title: String) {
        let shown = points.filter(\.isFinite)
        let shape = Self.shape(of: role)
        if title != "notitle" {
            let solid = Palette.colour(of: role).text
            plots.append("NaN with points pt \(shape) ps 1.1 lc rgb '\(solid)' \(title)")
        }
        if shown.isEmpty { return }
        put(name, shown.map { [$0.x, $0.y] })
        let usual = shown.count > 3000 ? 0.35 : shown.count > 600 ? 0.55 : shown.count > 12 ? 0.8 : 1.3
        let size = usual * (isSmall ? 0.7 : 1)
        if hasGround {
            let ring = GnuplotScript.number(size + 0.3)
            plots.append("\(name) using 1:2 with points pt \(shape) ps \(ring) lc rgb '#FFFFFF' notitle")
        }
        // Two digits of transparency in front: many points in one place show as a darker one.
        let veil = hasGround || shown.count <= 200 ? "" : shown.count > 3000 ? "90" : "50"
        let colour = "#" + veil + Palette.colour(of: role).text.dropFirst()
        plots.append("\(name) using 1:2 with points pt \(shape) ps \(size) lc rgb '\(colour)' notitle")
    }

    /// A mark of its own for each role, so that nothing hangs on colour alone.
    private static func shape(of role: Role) -> Int {
        switch role {
        case .real, .model, .neutral: 7
        case .generated: 9
        case .other(let index): [5, 13, 11, 7, 9][((index % 5) + 5) % 5]
        }
    }

    private mutating func addHeatMap(_ name: String, _ grid: Grid, _ scale: ColourScale, _ label: String) {
        let grid = grid.doubledWhereNarrow
        put(name, (0..<grid.rows).map { row in Array(grid.values[row * grid.columns..<(row + 1) * grid.columns]) })
        let stops = Palette.stops(of: scale)
        let range = Palette.range(of: scale, for: grid)
        var places = stops.enumerated().map { "\($0.offset) '\($0.element.text)'" }
        if case .classes = scale {
            // Steps in the stead of slopes.
            places = stops.enumerated().map {
                "\($0.offset) '\($0.element.text)', \($0.offset + 1) '\($0.element.text)'"
            }
        }
        settings += [
            "set palette defined (\(places.joined(separator: ", ")))",
            "set cbrange \(GnuplotScript.range(range))",
            "set colorbox noborder",
            "set cbtics scale 0.4",
        ]
        if case .classes = scale { settings.append("unset colorbox") }
        if !panel.hasKey {
            settings.append("unset colorbox")
        } else if scale == .judgement {
            settings.append("set cbtics ('0 made up' 0, '0.25' 0.25, '0.5' 0.5, '0.75' 0.75, '1 real' 1)")
            // Where the plane is wide and flat, gnuplot keeps room for plain numbers only.
            if !isSmall { settings.append("set rmargin 8") }
        }
        // Beside a panel the names at the ends of the scale of D say it.
        if !label.isEmpty, panel.hasKey, !(isSmall && scale == .judgement) {
            settings.append("set cblabel \(GnuplotScript.quoted(label)) noenhanced tc rgb '\(Palette.ink.text)'")
        }
        let across = (grid.x.upperBound - grid.x.lowerBound) / Double(grid.columns)
        let up = (grid.y.upperBound - grid.y.lowerBound) / Double(grid.rows)
        let x = "(\(GnuplotScript.number(grid.x.lowerBound + across / 2))+$1*\(GnuplotScript.number(across)))"
        let y = "(\(GnuplotScript.number(grid.y.lowerBound + up / 2))+$2*\(GnuplotScript.number(up)))"
        plots.append("\(name) matrix using \(x):\(y):3 with image notitle")
    }

    private mutating func addContours(
        _ name: String, _ grid: Grid, _ levels: [Double], _ role: Role, _ title: String
    ) {
        let lines = ContourLines.of(grid, at: levels)
        put(name, lines.flatMap { line in line.map { [$0.x, $0.y] as [Double]? } + [nil] })
        guard !lines.isEmpty else { return }
        let colour = "lc rgb '\(Palette.colour(of: role).text)'"
        plots.append("\(name) using 1:2 with lines lw \(levels.count > 1 ? "1.2" : "2.5") \(colour) \(title)")
    }

    /// Polygons of about the same weight share a block; a corner that is not finite leaves its polygon out.
    private mutating func addPatches(_ name: String, _ patches: [Patch], _ role: Role, _ title: String) {
        let shades = 8
        let whole = patches.filter { $0.corners.count > 2 && $0.corners.allSatisfy(\.isFinite) && $0.weight > 0 }
        let groups = Dictionary(grouping: whole) { min(max(Int(($0.weight * Double(shades)).rounded(.up)), 1), shades) }
        let fill = "fc rgb '\(Palette.colour(of: role).text)' fs transparent solid"
        if title != "notitle" { plots.append("NaN with filledcurves \(fill) 0.5 noborder \(title)") }
        for (shade, group) in groups.sorted(by: { $0.key < $1.key }) {
            let block = "\(name)w\(shade)"
            put(block, group.flatMap { patch in (patch.corners + [patch.corners[0]]).map { [$0.x, $0.y] } + [nil] })
            let density = GnuplotScript.number(0.75 * Double(shade) / Double(shades))
            plots.append("\(block) using 1:2 with filledcurves closed \(fill) \(density) noborder notitle")
        }
    }

    private mutating func addRule(_ name: String, _ rule: Rule, _ colour: String, _ title: String) {
        switch rule {
        case .horizontal(let height): put(name, [[view.x.lowerBound, height], [view.x.upperBound, height]])
        case .vertical(let place): put(name, [[place, view.y.lowerBound], [place, view.y.upperBound]])
        }
        plots.append("\(name) using 1:2 with lines dt 2 lw 1.5 \(colour) \(title)")
    }

    private static func label(_ text: PlacedText) -> String {
        let colour = (text.isOnDark ? Palette.paper : Palette.model).text
        let place = "\(GnuplotScript.number(text.place.x)),\(GnuplotScript.number(text.place.y))"
        let words = GnuplotScript.quoted(GnuplotScript.abridged(text.text, to: longestName))
        return "set label \(words) at \(place) center front noenhanced tc rgb '\(colour)'"
    }

    private mutating func addGraph(_ name: String, _ drawing: GraphDrawing) {
        // Letters no larger than the longest line of a box allows: one of size 9 is about 6.6 pixels wide.
        let across = pixels * 0.92 * GraphDrawing.boxWidth / (view.x.upperBound - view.x.lowerBound)
        let longest = drawing.boxes.flatMap(\.lines).map { min($0.count, 18) }.max() ?? 1
        let share = min(max(across / (6.6 * Double(longest + 1)), 0.5), 1)
        let fonts = [11, 9].map { "font ',\(GnuplotScript.number(($0 * share * 2).rounded() / 2))'" }
        for (number, box) in drawing.boxes.enumerated() {
            let centre = GraphDrawing.centre(of: box)
            let (x, y) = (GnuplotScript.number(centre.x), GnuplotScript.number(centre.y))
            let colour = "'\(Palette.colour(of: box.role).text)'"
            let (w, h) = (GraphDrawing.boxWidth, GraphDrawing.boxHeight * (box.lines.count > 1 ? 1 : 0.5))
            settings.append(
                "set object \(number + 1) rect center \(x),\(y) size \(w),\(h) front fc rgb '#FFFFFF' fs solid border lc rgb \(colour) lw 1.6"
            )
            for (line, text) in box.lines.enumerated() {
                let height =
                    centre.y + (Double(box.lines.count - 1) / 2 - Double(line)) * h / Double(max(box.lines.count, 3))
                settings.append(
                    "set label \(GnuplotScript.quoted(GnuplotScript.abridged(text, to: 18))) at \(x),\(GnuplotScript.number(height)) center front noenhanced \(fonts[min(line, 1)]) tc rgb \(line == 0 ? "'#222222'" : line == 1 ? "'\(Palette.real.text)'" : "'\(Palette.generated.text)'")"
                )
            }
        }
        let paths = drawing.edges.indices.map { drawing.path(ofEdgeAt: $0) }
        let grey = "lc rgb '\(Palette.neutral.text)'"
        put(name, paths.flatMap { path in path.dropLast().map { [$0.x, $0.y] as [Double]? } + [nil] })
        put(
            name + "h",
            paths.map { path in
                let (start, end) = (path[path.count - 2], path[path.count - 1])
                return [start.x, start.y, end.x - start.x, end.y - start.y]
            })
        plots.append("\(name) using 1:2 with lines lw 1.3 \(grey) notitle")
        plots.append("\(name)h using 1:2:3:4 with vectors head filled size screen 0.01,20 lw 1.3 \(grey) notitle")
    }
}

extension Grid {
    /// gnuplot's images are at least two cells wide and high; a single row or column is drawn as two of half the size.
    fileprivate var doubledWhereNarrow: Grid {
        guard rows == 1 || columns == 1 else { return self }
        let wide = columns == 1 ? values.flatMap { [$0, $0] } : values
        return Grid(
            x: x, y: y, columns: max(columns, 2), rows: max(rows, 2), values: rows == 1 ? wide + wide : wide)
    }
}
