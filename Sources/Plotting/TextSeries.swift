import Foundation

/// The series of a panel as characters, and what the legend says of them.
struct TextSeries {
    /// A mark and a name in the legend.
    struct Entry {
        var marks: [TextCanvas.Glyph]
        var name: String
        var width: Int { marks.count + 1 + name.count }
    }

    private(set) var canvas: TextCanvas
    private(set) var legend: [Entry] = []
    private let panel: Panel
    private var curves = 0
    private let glyphs: TextGlyphs

    init(panel: Panel, area: TextArea, style: TextStyle) {
        self.panel = panel
        canvas = TextCanvas(area: area, style: style)
        glyphs = TextGlyphs(panel: panel, style: style)
        drawBars()
        for series in panel.series { draw(series) }
        drawPoints()
    }

    private mutating func draw(_ series: Series) {
        let ink = glyphs.ink(of: series.role)
        switch series.kind {
        case .bars: break
        case .curve(let points): drawCurve(points, series, ink)
        case .band(let x, let lower, let upper): drawBand(x, lower, upper, series, ink)
        case .scatter: break
        case .heatMap(let grid, let scale): drawHeatMap(grid, scale, series.name)
        case .contours(let grid, let levels): drawContours(grid, levels, series, ink)
        case .arrows(let arrows): drawArrows(arrows, series, ink)
        case .patches(let patches): drawPatches(patches, series, ink)
        case .rule(let rule): drawRule(rule, series, ink)
        case .graph: break
        case .texts(let texts): drawTexts(texts)
        }
    }

    /// Texts with a blank on each side, where all of them have room for that.
    private mutating func drawTexts(_ texts: [PlacedText]) {
        let places = texts.compactMap { canvas.area.place($0.place) }
        guard places.count == texts.count else { return }
        let columns = Set(places.map { Int($0.column.rounded()) }).sorted()
        let room = zip(columns, columns.dropFirst()).map { $1 - $0 }.min() ?? canvas.area.columns
        guard texts.allSatisfy({ $0.text.count + 2 <= room }) else { return }
        for (text, place) in zip(texts, places) {
            let padded = " \(text.text) "
            let start = Int(place.column.rounded()) - padded.count / 2
            for (offset, character) in padded.enumerated() {
                canvas.write(character, column: start + offset, row: Int(place.row.rounded()))
            }
        }
    }

    private mutating func name(_ series: Series, _ marks: Character..., ink: Ink) {
        guard !series.name.isEmpty else { return }
        // A name beside others of its panel, not over the panel next to it.
        let name = GnuplotScript.abridged(series.name, to: min(36, max(canvas.area.columns, 10)))
        legend.append(Entry(marks: marks.map { .init(character: $0, ink: ink) }, name: name))
    }

    // MARK: bars

    /// All bars at once, because where two lie on each other the cell has to tell so.
    private mutating func drawBars() {
        let all = panel.series.filter { if case .bars = $0.kind { true } else { false } }
        guard !all.isEmpty else { return }
        let area = canvas.area
        for column in 1...area.columns {
            let x = area.point(Double(column), 0).x
            var heights: [(role: Role, rows: Double)] = []
            for series in all {
                guard case .bars(let edges, let values) = series.kind,
                    let bar = Self.bar(at: x, edges), bar < values.count,
                    let top = area.place(Point(x, values[bar]))
                else { continue }
                heights.append((series.role, top.row))
            }
            for row in 1...area.rows { fill(column, row, heights) }
        }
        for series in all {
            name(series, glyphs.bar([series.role]).character, ink: glyphs.ink(of: series.role))
        }
        if all.count == 2 {
            let both = glyphs.bar(all.map(\.role))
            legend.append(Entry(marks: [both], name: "both"))
        }
    }

    private mutating func fill(_ column: Int, _ row: Int, _ heights: [(role: Role, rows: Double)]) {
        let covering = heights.filter { $0.rows >= Double(row) }
        if !covering.isEmpty {
            let glyph = glyphs.bar(covering.map(\.role))
            canvas.put(glyph.character, glyph.ink, column: column, row: row)
        } else if let top = heights.max(by: { $0.rows < $1.rows }), let cap = glyphs.cap(top.rows - Double(row) + 1) {
            canvas.put(cap, glyphs.ink(of: top.role), column: column, row: row)
        }
    }

    private static func bar(at x: Double, _ edges: [Double]) -> Int? {
        guard let first = edges.first, let last = edges.last, x >= first, x < last else { return nil }
        return edges.lastIndex { $0 <= x }
    }

    // MARK: lines

    private mutating func drawCurve(_ points: [Point], _ series: Series, _ ink: Ink) {
        let mark = glyphs.line(curves)
        curves += 1
        canvas.stroke(points, ink, mark: mark)
        name(series, mark ?? "━", ink: ink)
    }

    private mutating func drawRule(_ rule: Rule, _ series: Series, _ ink: Ink) {
        let area = canvas.area
        switch rule {
        case .horizontal(let height):
            guard let place = area.place(Point(area.view.x.upperBound, height)) else { return }
            for column in 1...area.columns {
                canvas.put(glyphs.dash.across, ink, column: column, row: Int(place.row.rounded()))
            }
            name(series, glyphs.dash.across, ink: ink)
        case .vertical(let x):
            guard let place = area.place(Point(x, area.view.y.upperBound)) else { return }
            for row in 1...area.rows {
                canvas.put(glyphs.dash.up, ink, column: Int(place.column.rounded()), row: row)
            }
            name(series, glyphs.dash.up, ink: ink)
        }
    }

    private mutating func drawContours(_ grid: Grid, _ levels: [Double], _ series: Series, _ ink: Ink) {
        // The shades already tell what lines over the same heat map would.
        if glyphs.hasGround, series.role == .neutral { return }
        // Many lines are a blur of characters: the outermost, the middle and the innermost tell the shape.
        let sorted = levels.sorted()
        let shown = sorted.count <= 3 ? sorted : [sorted[0], sorted[sorted.count / 2], sorted[sorted.count - 1]]
        let mark: Character? = glyphs.line(0) == nil ? nil : glyphs.contour
        for line in ContourLines.of(grid, at: shown) { canvas.stroke(line, ink, mark: mark) }
        name(series, mark ?? "━", ink: ink)
    }

    private mutating func drawArrows(_ arrows: [Arrow], _ series: Series, _ ink: Ink) {
        arrows.forEach { drawArrow($0, ink) }
        name(series, glyphs.head(across: 1, up: 0), ink: ink)
    }

    private mutating func drawArrow(_ arrow: Arrow, _ ink: Ink) {
        guard let start = canvas.area.place(arrow.start), let end = canvas.area.place(arrow.end) else { return }
        canvas.stroke([arrow.start, arrow.end], ink, mark: canvas.style.isUnicode ? nil : ".")
        let head = glyphs.head(across: end.column - start.column, up: 2 * (end.row - start.row))
        canvas.put(head, ink, column: Int(end.column.rounded()), row: Int(end.row.rounded()))
    }

    // MARK: areas

    private mutating func drawBand(_ x: [Double], _ lower: [Double], _ upper: [Double], _ series: Series, _ ink: Ink) {
        let area = canvas.area
        let fill = glyphs.band(series.role)
        for column in 1...area.columns {
            let place = area.point(Double(column), 0).x
            guard let low = Self.interpolate(place, x, lower), let high = Self.interpolate(place, x, upper),
                let from = area.place(Point(place, low)), let to = area.place(Point(place, high))
            else { continue }
            for row in 1...area.rows where Double(row) >= from.row && Double(row) <= to.row {
                canvas.put(fill, ink, column: column, row: row)
            }
        }
        name(series, fill, ink: ink)
    }

    private static func interpolate(_ place: Double, _ x: [Double], _ y: [Double]) -> Double? {
        guard x.count == y.count, let next = x.firstIndex(where: { $0 >= place }) else { return nil }
        if next == 0 { return x[0] == place ? y[0] : nil }
        let share = (place - x[next - 1]) / (x[next] - x[next - 1])
        return y[next - 1] + (y[next] - y[next - 1]) * share
    }

    /// Where polygons overlap, the densest is seen. A cell that is smaller than a character still leaves a dot.
    private mutating func drawPatches(_ patches: [Patch], _ series: Series, _ ink: Ink) {
        let area = canvas.area
        var weights: [TextCanvas.Cell: Double] = [:]
        // The faintest are left out: they would hide what lies beneath, and hold next to no points.
        for patch in patches where patch.weight >= 0.12 && patch.corners.allSatisfy(\.isFinite) {
            let places = patch.corners.compactMap { area.place($0) }
            let columns = places.map(\.column), rows = places.map(\.row)
            guard let left = columns.min(), let right = columns.max(), let low = rows.min(), let high = rows.max(),
                right >= 0, left <= Double(area.columns), high >= 0, low <= Double(area.rows)
            else { continue }
            let inner = (max(left, 1).rounded(.up), min(right, Double(area.columns)).rounded(.down))
            let upright = (max(low, 1).rounded(.up), min(high, Double(area.rows)).rounded(.down))
            let centre = (Int(((left + right) / 2).rounded()), Int(((low + high) / 2).rounded()))
            var cells = [TextCanvas.Cell(column: centre.0, row: centre.1)]
            for column in stride(from: inner.0, through: inner.1, by: 1) {
                for row in stride(from: upright.0, through: upright.1, by: 1)
                where patch.contains(area.point(column, row)) {
                    cells.append(.init(column: Int(column), row: Int(row)))
                }
            }
            for cell in cells { weights[cell] = max(weights[cell] ?? 0, patch.weight) }
        }
        for (cell, weight) in weights {
            canvas.put(glyphs.patch(weight), ink, column: cell.column, row: cell.row)
        }
        name(series, glyphs.patch(0.2), glyphs.patch(0.9), ink: ink)
    }

    // MARK: points

    /// All points at once: a cell shows whoever has most points in it. Over a heat map only so many are drawn that it
    /// can still be seen, and the legend says how many.
    private mutating func drawPoints() {
        let clouds = panel.series.compactMap { series -> (series: Series, points: [Point])? in
            guard case .scatter(let points) = series.kind else { return nil }
            return (series, points.filter { canvas.area.place($0) != nil })
        }
        let most = glyphs.hasGround ? max(canvas.area.columns * canvas.area.rows / 14, 12) : Int.max
        var counts: [TextCanvas.Cell: [Int]] = [:]
        for (index, cloud) in clouds.enumerated() {
            for point in Self.thinned(cloud.points, to: most) {
                guard let place = canvas.area.place(point), abs(place.column) < 1e4, abs(place.row) < 1e4 else {
                    continue
                }
                let cell = TextCanvas.Cell(column: Int(place.column.rounded()), row: Int(place.row.rounded()))
                counts[cell, default: Array(repeating: 0, count: clouds.count)][index] += 1
            }
            let role = cloud.series.role
            var named = cloud.series
            named.name = GnuplotScript.abridged(named.name, to: 24)
            if cloud.points.count > most, !named.name.isEmpty { named.name += " (\(most) of \(cloud.points.count))" }
            name(named, glyphs.point(role, count: 4), ink: glyphs.ink(of: role))
        }
        for (cell, numbers) in counts {
            guard let most = numbers.max(), let winner = numbers.firstIndex(of: most) else { continue }
            let role = clouds[winner].series.role
            canvas.put(
                glyphs.point(role, count: most), glyphs.ink(of: role), column: cell.column, row: cell.row)
        }
    }

    private static func thinned(_ points: [Point], to most: Int) -> [Point] {
        guard points.count > most else { return points }
        return (0..<most).map { points[$0 * points.count / most] }
    }

    private mutating func drawHeatMap(_ grid: Grid, _ scale: ColourScale, _ label: String) {
        let area = canvas.area
        let range = Palette.range(of: scale, for: grid)
        // The cells of a matrix are themselves; those of a function stand for what lies between them.
        let hasSteps =
            switch scale {
            case .neutral, .signed, .classes: true
            case .density, .judgement: false
            }
        for column in 1...area.columns {
            for row in 1...area.rows {
                let point = area.point(Double(column), Double(row))
                let value = hasSteps ? grid.cell(at: point) : grid.value(at: point)
                guard let shade = glyphs.shade(value, scale, range) else { continue }
                canvas.put(shade.character, shade.ink, column: column, row: row)
            }
        }
        legend += glyphs.legend(of: scale, label, range)
    }
}
