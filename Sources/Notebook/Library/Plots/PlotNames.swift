import Language
import Plotting

/// What a person wants a picture, its axes and the things in its legend to be called.
struct FigureNames {
    private let title: String
    private let xLabel: String?
    private let yLabel: String?
    private let labels: [String]
    private let arguments: Arguments

    init(_ arguments: Arguments) throws(CellError) {
        self.arguments = arguments
        title = try arguments.plotText("title")
        (xLabel, yLabel) = (try arguments.optionalString("xlabel"), try arguments.optionalString("ylabel"))
        labels = arguments.has("label") ? try arguments.strings("label") : []
    }

    /// The figure with these names in place of its own.
    func given(to figure: Figure) throws(CellError) -> Figure {
        var figure = figure
        if !title.isEmpty {
            if figure.panels.count == 1 { figure.panels[0].title = title } else { figure.title = title }
        }
        nameAxes(&figure)
        if !labels.isEmpty { try nameSeries(&figure) }
        return figure
    }

    /// Of several panels those at the left edge and at the lower one have room for the names of axes.
    private func nameAxes(_ figure: inout Figure) {
        let columns = figure.layout.columns
        let lowest = figure.panels.compactMap(\.place?.y).min()
        let leftmost = figure.panels.compactMap(\.place?.x).min()
        for index in figure.panels.indices {
            let place = figure.panels[index].place
            let isLow = place.map { $0.y == lowest } ?? (index + columns >= figure.panels.count)
            let isLeft = place.map { $0.x == leftmost } ?? index.isMultiple(of: columns)
            if let xLabel, isLow { figure.panels[index].x.label = xLabel }
            if let yLabel, isLeft { figure.panels[index].y.label = yLabel }
        }
    }

    /// In the order of the legend; things of one name in several panels keep one name. Where nothing has a name yet, what
    /// is drawn gets them.
    private func nameSeries(_ figure: inout Figure) throws(CellError) {
        let all = figure.panels.flatMap(\.series).filter(\.kind.isSubject)
        var known: [String] = []
        for series in all where !series.name.isEmpty && !known.contains(series.name) { known.append(series.name) }
        let count = known.isEmpty ? all.count : known.count
        guard labels.count <= count else {
            throw arguments.error(
                "label", "has \(labels.count) names, and the legend \(count)",
                help: known.isEmpty ? nil : "in it stand \(known.joined(separator: ", "))")
        }
        var unnamed = labels[...]
        for panel in figure.panels.indices {
            for index in figure.panels[panel].series.indices {
                let series = figure.panels[panel].series[index]
                guard series.kind.isSubject else { continue }
                if known.isEmpty {
                    if let label = unnamed.popFirst() { figure.panels[panel].series[index].name = label }
                } else if let place = known.firstIndex(of: series.name), place < labels.count {
                    figure.panels[panel].series[index].name = labels[place]
                }
            }
        }
    }
}

extension Series.Kind {
    /// Whether it is what a picture is about, and not a line to compare with or an area under a curve.
    fileprivate var isSubject: Bool {
        switch self {
        case .rule, .contours, .texts, .graph, .band: false
        default: true
        }
    }
}
