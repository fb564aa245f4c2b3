import Foundation
import Language
import Plotting

/// A picture as a value of a cell: `plot` makes it, and the front end shows it in its own way.
public struct FigureValue: ObjectValue, Hashable, Sendable {
    /// The picture.
    public let figure: Figure

    /// A picture as a value.
    public init(_ figure: Figure) { self.figure = figure }

    /// "figure"
    public var typeName: String { "figure" }

    /// What is drawn, a line for each series that has a name.
    public func describe(width: Int) -> String {
        let titles = ([figure.title] + figure.panels.map(\.title)).filter { !$0.isEmpty }
        let heading = "figure" + (titles.isEmpty ? "" : ": " + titles.joined(separator: "; "))
        let names = figure.panels.flatMap(\.series).filter { !$0.name.isEmpty }
        return ([heading] + names.map { "  \($0.name): \($0.kind.words)" }).joined(separator: "\n")
    }

    /// Writes the picture to a file; the ending of its name chooses the kind. Fits `Session.Configuration.figureWriter`.
    public static func write(_ object: any ObjectValue, to file: URL) throws(CellError) {
        guard let figure = (object as? FigureValue)?.figure else {
            throw CellError(.type, "\(object.typeName) is no figure, so it cannot be drawn")
        }
        do {
            try PictureFile.write(figure, to: file.path, with: Gnuplot())
        } catch {
            throw error.explanation
        }
    }
}

extension PlotError: ExplainedError {
    /// The error as the person sees it.
    public var explanation: CellError {
        switch self {
        case .unwritable, .unknownKind, .notMoving: CellError(.file, message, help: help)
        case .interrupted: CellError(.interrupted, message, help: help)
        case .empty: CellError(.value, message, help: help)
        case .missing, .notStarted, .died, .timedOut, .refused, .windowClosed: CellError(.plot, message, help: help)
        }
    }
}

extension Series.Kind {
    /// The shape in words.
    var words: String {
        switch self {
        case .bars(_, let heights): "\(heights.count) bars"
        case .curve(let points): "a curve of \(points.count) points"
        case .band: "an area"
        case .scatter(let points): "\(points.count) points"
        case .heatMap(let grid, _): "a heat map of \(grid.columns) x \(grid.rows) cells"
        case .contours(_, let levels): levels.count == 1 ? "a contour" : "\(levels.count) contours"
        case .arrows(let arrows): "\(arrows.count) arrows"
        case .patches(let patches): "\(patches.count) cells"
        case .rule: "a line to compare with"
        case .texts(let texts): "\(texts.count) texts"
        case .graph(let drawing): "\(drawing.boxes.count) boxes"
        }
    }
}
