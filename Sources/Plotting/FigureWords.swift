import Foundation

// What is to be seen, in words: for those who cannot see it, for captions, for tests.
extension Figure {
    /// The picture in one line, with its numbers.
    public var words: String {
        let parts = panels.map(\.words).filter { !$0.isEmpty }
        let body = parts.isEmpty ? "nothing to be seen" : parts.joined(separator: " | ")
        return title.isEmpty ? body : "\(title): \(body)"
    }
}

extension Panel {
    /// The panel in one line, with its numbers.
    var words: String {
        let parts = summary.isEmpty ? series.compactMap { $0.words(over: x) } : [summary]
        let body = parts.joined(separator: "; ")
        return title.isEmpty || body.isEmpty ? title + body : "\(title): \(body)"
    }
}

extension Series {
    /// What it shows, with its numbers; nil for what only frames the rest.
    func words(over axis: Axis) -> String? {
        let words: String?
        switch kind {
        case .bars(let edges, let heights): words = Self.words(edges, heights)
        case .curve(let points): words = Self.words(points.filter(\.isFinite), axis)
        case .band(let x, let lower, let upper): words = Self.words(x, lower, upper, axis)
        case .texts: words = nil
        case .scatter(let points): words = Self.words(cloud: points.filter(\.isFinite))
        case .heatMap(let grid, let scale): words = Self.words(grid, scale)
        case .contours(_, let levels): words = "a line at \(levels.map(Self.number).joined(separator: ", "))"
        case .arrows(let arrows): words = Self.words(arrows)
        case .patches(let patches): words = "\(patches.count) cells"
        case .rule(.horizontal(let height)): words = "a line at height \(Self.number(height))"
        case .rule(.vertical(let place)): words = "a line at \(Self.number(place))"
        case .graph(let drawing):
            words = "\(drawing.boxes.count) boxes: " + drawing.boxes.compactMap(\.lines.first).joined(separator: ", ")
        }
        guard let words, !name.isEmpty || kind.tellsWithoutAName else { return nil }
        return name.isEmpty ? words : "\(name): \(words)"
    }

    /// Three digits.
    private static func number(_ value: Double) -> String { String(format: "%.3g", value) }

    private static func range(_ low: Double, _ high: Double) -> String { "\(number(low)) to \(number(high))" }

    private static func words(_ edges: [Double], _ heights: [Double]) -> String? {
        guard let low = edges.first, let high = edges.last,
            let top = heights.indices.max(by: { heights[$0] < heights[$1] }), top + 1 < edges.count
        else { return nil }
        let middle = (edges[top] + edges[top + 1]) / 2
        return "\(heights.count) bars over \(range(low, high)), "
            + "the highest \(number(heights[top])) at \(number(middle))"
    }

    private static func words(_ points: [Point], _ axis: Axis) -> String? {
        guard let first = points.first, let last = points.last, let low = points.min(by: { $0.y < $1.y }),
            let high = points.max(by: { $0.y < $1.y })
        else { return nil }
        guard zip(points, points.dropFirst()).allSatisfy({ $0.x <= $1.x }) else { return words(path: points) }
        let label = axis.label.isEmpty ? "x" : axis.label
        return "from \(number(first.y)) to \(number(last.y)) over \(label) \(range(first.x, last.x)), "
            + "lowest \(number(low.y)) at \(number(low.x)), highest \(number(high.y)) at \(number(high.x))"
    }

    /// A way through the plane.
    private static func words(path points: [Point]) -> String {
        let length = zip(points, points.dropFirst()).reduce(0) { $0 + hypot($1.1.x - $1.0.x, $1.1.y - $1.0.y) }
        func place(_ point: Point) -> String { "(\(number(point.x)), \(number(point.y)))" }
        return "from \(place(points[0])) to \(place(points[points.count - 1])), a way of length \(number(length))"
    }

    private static func words(_ x: [Double], _ lower: [Double], _ upper: [Double], _ axis: Axis) -> String? {
        let rows = zip(x, zip(lower, upper)).filter { $0.isFinite && $1.0.isFinite && $1.1.isFinite }
        guard let first = rows.first, let last = rows.last else { return nil }
        let start = range(first.1.0, first.1.1)
        if first.0 == last.0 || first.1 == last.1 { return start }
        let label = axis.label.isEmpty ? "x" : axis.label
        return "\(start) at \(label) \(number(first.0)), \(range(last.1.0, last.1.1)) at \(number(last.0))"
    }

    private static func words(cloud points: [Point]) -> String {
        guard !points.isEmpty else { return "no points" }
        func spread(_ values: [Double]) -> (mean: Double, deviation: Double) {
            let mean = values.reduce(0, +) / Double(values.count)
            let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            return (mean, (squares / Double(values.count)).squareRoot())
        }
        let (x, y) = (spread(points.map(\.x)), spread(points.map(\.y)))
        let count = points.count == 1 ? "1 point" : "\(points.count) points"
        return "\(count) about (\(number(x.mean)), \(number(y.mean))), "
            + "standard deviations \(number(x.deviation)) and \(number(y.deviation))"
    }

    private static func words(_ grid: Grid, _ scale: ColourScale) -> String? {
        guard let extremes = grid.extremes else { return nil }
        switch scale {
        case .classes(let roles): return "regions of \(roles.count) classes"
        case .judgement:
            let finite = grid.values.filter(\.isFinite)
            let share = Double(finite.count { $0 > 0.5 }) / Double(max(finite.count, 1))
            return "\(range(extremes.lowerBound, extremes.upperBound)), "
                + "\(number(100 * share)) % of the area called real"
        case .density, .neutral, .signed:
            let top = grid.values.indices.max { grid.values[$0] < grid.values[$1] || grid.values[$0].isNaN } ?? 0
            let centre = Grid.centres(x: grid.x, y: grid.y, columns: grid.columns, rows: grid.rows)[top]
            return "\(range(extremes.lowerBound, extremes.upperBound)), highest at "
                + "(\(number(centre.x)), \(number(centre.y)))"
        }
    }

    private static func words(_ arrows: [Arrow]) -> String {
        let lengths = arrows.map { hypot($0.end.x - $0.start.x, $0.end.y - $0.start.y) }.filter(\.isFinite)
        let mean = lengths.reduce(0, +) / Double(max(lengths.count, 1))
        return "\(arrows.count) arrows, \(number(mean)) long on average, at most \(number(lengths.max() ?? 0))"
    }
}

extension Series.Kind {
    /// Whether it is the subject of its panel even without a name, and not an ornament.
    fileprivate var tellsWithoutAName: Bool {
        switch self {
        case .contours, .rule, .band, .texts: false
        default: true
        }
    }
}
