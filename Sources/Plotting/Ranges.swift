import Foundation

/// What part of the plane a panel shows.
struct ViewRange: Hashable {
    var x: ClosedRange<Double>
    var y: ClosedRange<Double>

    /// The panel's own ranges, and where there is none what the data need, with a little air. Nil: nothing to show.
    init?(of panel: Panel) {
        var across = Span(isLogarithmic: panel.x.isLogarithmic)
        var up = Span(isLogarithmic: panel.y.isLogarithmic)
        for series in panel.series {
            Self.cover(series.kind, panel, &across, &up)
        }
        if up.high == nil, across.high == nil, panel.x.range == nil || panel.y.range == nil { return nil }
        self.x = Self.usable(panel.x.range) ?? across.range(air: across.isTight ? 0 : 0.04)
        self.y = Self.usable(panel.y.range) ?? up.range(air: up.isTight ? 0 : 0.06)
    }

    private static func usable(_ range: ClosedRange<Double>?) -> ClosedRange<Double>? {
        guard let range, range.lowerBound.isFinite, range.upperBound.isFinite, range.lowerBound < range.upperBound
        else { return nil }
        return range
    }

    private static func cover(_ kind: Series.Kind, _ panel: Panel, _ x: inout Span, _ y: inout Span) {
        switch kind {
        case .bars(let edges, let heights):
            edges.forEach { x.include($0) }
            (heights + [0]).forEach { y.include($0) }
            y.isFloored = true
        case .curve(let points), .scatter(let points):
            let shown = panel.x.range
            for point in points where point.isFinite && shown?.contains(point.x) ?? true {
                x.include(point.x)
                y.include(point.y)
            }
            if case .curve = kind { x.isTight = true }
        case .band(let abscissae, let lower, let upper):
            abscissae.forEach { x.include($0) }
            (lower + upper).forEach { y.include($0) }
            x.isTight = true
            if lower.allSatisfy({ $0 == 0 }) { y.isFloored = true }
        case .heatMap(let grid, _) where grid.hasFiniteValue:
            x.only(grid.x)
            y.only(grid.y)
        case .contours(let grid, _) where grid.hasFiniteValue:
            x.include(grid.x.lowerBound); x.include(grid.x.upperBound)
            y.include(grid.y.lowerBound); y.include(grid.y.upperBound)
            x.isTight = true
            y.isTight = true
        case .heatMap, .contours: break
        case .arrows(let arrows):
            for point in arrows.flatMap({ [$0.start, $0.end] }) where point.isFinite {
                x.include(point.x)
                y.include(point.y)
            }
        case .patches(let patches):
            for corner in patches.flatMap(\.corners) where corner.isFinite {
                x.include(corner.x)
                y.include(corner.y)
            }
        case .rule(.horizontal(let height)): y.include(height)
        case .rule(.vertical(let place)): x.include(place)
        case .texts(let texts):
            for text in texts where text.place.isFinite {
                x.include(text.place.x)
                y.include(text.place.y)
            }
        case .graph(let drawing):
            let frame = drawing.frame
            x.only(frame.x)
            y.only(frame.y)
        }
    }
}

extension Figure {
    /// Whether no panel has a finite number to draw; words and lines to compare with are none.
    public var isEmpty: Bool {
        panels.allSatisfy { panel in
            var data = panel
            data.series.removeAll { series in
                switch series.kind {
                case .texts, .rule: true
                default: false
                }
            }
            return ViewRange(of: data) == nil
        }
    }
}

extension Grid {
    fileprivate var hasFiniteValue: Bool { values.contains(where: \.isFinite) }
}

/// A growing range of one axis.
private struct Span {
    let isLogarithmic: Bool
    var low: Double?
    var high: Double?
    /// No air at the ends.
    var isTight = false
    /// Stands on zero, without air beneath.
    var isFloored = false
    private var isFixed = false

    init(isLogarithmic: Bool) { self.isLogarithmic = isLogarithmic }

    mutating func include(_ value: Double) {
        guard value.isFinite, !isFixed, !isLogarithmic || value > 0 else { return }
        low = Swift.min(low ?? value, value)
        high = Swift.max(high ?? value, value)
    }

    /// A grid fills its panel: nothing outside it is shown.
    mutating func only(_ range: ClosedRange<Double>) {
        isTight = true
        if isFixed {
            low = Swift.min(low ?? range.lowerBound, range.lowerBound)
            high = Swift.max(high ?? range.upperBound, range.upperBound)
        } else {
            low = range.lowerBound
            high = range.upperBound
        }
        isFixed = true
    }

    func range(air: Double) -> ClosedRange<Double> {
        guard let low, let high else { return 0...1 }
        if low == high {
            let reach = isLogarithmic ? low * 0.5 : Swift.max(abs(low) * 0.1, 0.5)
            return isFloored && low == 0 ? 0...1 : low - reach...high + reach
        }
        if isLogarithmic {
            let factor = pow(10, air * (log10(high) - log10(low)))
            return low / factor...high * factor
        }
        let margin = air * (high - low)
        return (isFloored && low == 0 ? 0 : low - margin)...(isFloored && high == 0 ? 0 : high + margin)
    }
}
