import Language
import Plotting
import Probability

/// The points of a table: two columns of numbers (or one), and a column of text that says what each row is.
struct TablePoints {
    /// The columns that are drawn.
    let columns: [String]
    private let numbers: [[Double]]
    private let labels: [String?]?
    private let classes: [String]

    /// The columns that a model was fitted to, or the first two of numbers; rows are told apart by a column of text with
    /// the model's classes in it, or with few different words.
    init(_ table: DataTable, arguments: Arguments, model: PlotItem? = nil) throws(CellError) {
        var wanted: [String] = []
        var known: [String] = []
        if let model {
            wanted = try PlotJudge.features(of: model)
            known = model.value.object(as: (any Judges).self)?.outcomeNames ?? []
        }
        if wanted.isEmpty { wanted = Array(table.columns.filter(\.isNumeric).map(\.name).prefix(2)) }
        var found: [[Double]] = []
        for name in wanted {
            guard let column = try? table.column(name), case .numbers(let values) = column.cells else {
                throw CellError(.value, "\(arguments.callee): the table has no column of numbers `\(name)`")
            }
            found.append(values)
        }
        guard !found.isEmpty, model != nil || found.count == 2 else {
            throw CellError(.value, "\(arguments.callee) needs a table with two columns of numbers")
        }
        columns = wanted
        numbers = found
        let texts = table.columns.compactMap { column -> (values: [String?], words: [String])? in
            guard case .text(let values) = column.cells else { return nil }
            return (values, Set(values.compactMap { $0 }).sorted())
        }
        let chosen = texts.first { text in
            known.isEmpty
                ? (1...8).contains(text.words.count) : !text.words.isEmpty && text.words.allSatisfy(known.contains)
        }
        labels = chosen?.values
        classes = known.count > 1 ? known : chosen?.words ?? []
    }

    /// One cloud, or one for each word.
    func clouds(named name: String, role: Role) -> [Named<[Point]>] {
        groups(name, role).map { group in
            Named(group.name, group.role, group.rows.map { Point(numbers[0][$0], numbers[1][$0]) })
        }
    }

    /// The points as a model sees them.
    func judged(named name: String, role: Role) -> [JudgedPoints] {
        groups(name, role).map { group in
            let content: JudgedPoints.Content =
                numbers.count == 1
                ? .numbers(group.rows.map { numbers[0][$0] })
                : .points(group.rows.map { Point(numbers[0][$0], numbers[1][$0]) })
            return JudgedPoints(name: group.name, role: group.role, content: content)
        }
    }

    private func groups(_ name: String, _ role: Role) -> [(name: String, role: Role, rows: [Int])] {
        let rows = Array(numbers[0].indices)
        guard let labels else { return [(name, role, rows)] }
        return classes.enumerated().compactMap { index, word in
            let own = rows.filter { labels[$0] == word }
            return own.isEmpty ? nil : (word, .other(index), own)
        }
    }
}
