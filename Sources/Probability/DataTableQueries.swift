import LinearAlgebra
import Words

extension DataTable {
    /// Numbers cut out of a table.
    public struct Selection: Hashable, Sendable {
        /// One row a row of the table that has all the values, one column a chosen column: shape [n, columns].
        public let matrix: Matrix<Double>
        /// The rows of the table that went in.
        public let rows: [Int]
        /// How many rows were left out for a missing value, and the lines they stand on; `nil` when none were.
        public let note: String?
    }

    /// What is left when rows that lack a value are passed over.
    public struct Completion: Hashable, Sendable {
        /// The rows that have all the values.
        public let rows: [Int]
        /// How many were left out and the lines they stand on; `nil` when none were.
        public let note: String?
    }

    /// The rows that have a value in each of these columns.
    public func completeRows(in names: [String]) throws(DataError) -> Completion {
        var isLacking = [Bool](repeating: false, count: rowCount)
        var lacking: [String] = []
        for name in names {
            let column = try column(name)
            let missing = column.missingRows
            for row in missing { isLacking[row] = true }
            if !missing.isEmpty { lacking.append(column.name) }
        }
        guard !lacking.isEmpty else { return Completion(rows: Array(0..<rowCount), note: nil) }
        let kept = (0..<rowCount).filter { !isLacking[$0] }
        let skipped = (0..<rowCount).filter { isLacking[$0] }
        let note =
            "\(skipped.count) of \(Wording.count(rowCount, "row")) skipped: no value in \(Wording.list(lacking)) "
            + "(\(Wording.lines(skipped.map { lines[$0] }.sorted())))"
        return Completion(rows: kept, note: note)
    }

    /// Columns of numbers as a matrix. Rows with a missing value are left out, and the note says so.
    /// - Throws: a column that is not there or that holds text; nothing left.
    public func selection(of names: [String]) throws(DataError) -> Selection {
        guard !names.isEmpty else { throw .invalid("name at least one column") }
        var chosen: [[Double]] = []
        for name in names { chosen.append(try numbers(name)) }
        let complete = try completeRows(in: names)
        guard !complete.rows.isEmpty else { throw .nothingLeft(columns: names) }
        var values: [Double] = []
        values.reserveCapacity(complete.rows.count * chosen.count)
        for row in complete.rows {
            for column in chosen { values.append(column[row]) }
        }
        let shape = Shape.matrix(complete.rows.count, chosen.count)
        return Selection(matrix: Matrix(shape: shape, values: values), rows: complete.rows, note: complete.note)
    }

    /// A column's numbers, NaN where one is missing.
    /// - Throws: `DataError.notANumber` with the first cell that is none.
    public func numbers(_ name: String) throws(DataError) -> [Double] {
        let column = try column(name)
        switch column.cells {
        case .numbers(let numbers): return numbers
        case .text(let text):
            var parsed: [Double] = []
            for (row, cell) in text.enumerated() {
                guard let cell else {
                    parsed.append(.nan)
                    continue
                }
                switch NumberText.read(cell) {
                case .number(let number): parsed.append(number)
                case .missing: parsed.append(.nan)
                case .tooLarge:
                    let hint = "numbers here reach up to 1.8e308"
                    throw .notANumber(column: column.name, line: lines[row], text: cell, hint: hint)
                case .text:
                    let hint = hint(for: cell, in: column)
                    throw .notANumber(column: column.name, line: lines[row], text: cell, hint: hint)
                }
            }
            return parsed
        }
    }

    private func hint(for cell: String, in column: Column) -> String? {
        if Double(cell.replacing(",", with: ".")) != nil { return "a decimal point, not a comma: write 3.6 for 3,6" }
        let numeric = columns.filter(\.isNumeric).map(\.name)
        return numeric.isEmpty ? nil : "columns of numbers: \(Wording.list(numeric, limit: 20))"
    }

    /// The rows whose cell in `name` is `value` (`3` and `3.0` are the same number).
    /// - Throws: a column or a value that is not there.
    public func rows(where name: String, equals value: String) throws(DataError) -> DataTable {
        let column = try column(name)
        let kept: [Int]
        switch column.cells {
        case .numbers(let numbers):
            guard let number = Double(value) else {
                throw .invalid("column \(column.name) holds numbers; \(Wording.quoted(value)) is none")
            }
            kept = numbers.indices.filter { numbers[$0] == number }
        case .text(let text):
            kept = text.indices.filter { text[$0] == value }
        }
        guard !kept.isEmpty else {
            let values = try counts(of: name).map(\.value)
            let near = Spelling.suggestions(for: value, among: values, beginnings: true)
            throw .noSuchValue(column: column.name, value: value, near: near, values: values)
        }
        return rows(at: kept)
    }

    /// Each value of a column and how often it occurs: numbers in ascending order, text in order of appearance.
    /// Missing cells are not counted.
    public func counts(of name: String) throws(DataError) -> [(value: String, count: Int)] {
        switch try column(name).cells {
        case .numbers(let numbers):
            var counts: [Double: Int] = [:]
            for number in numbers where !number.isNaN { counts[number, default: 0] += 1 }
            return counts.sorted { $0.key < $1.key }.map { (DataTable.label($0.key), $0.value) }
        case .text(let text):
            var positions: [String: Int] = [:]
            var counts: [(value: String, count: Int)] = []
            for case let cell? in text {
                if let position = positions[cell] {
                    counts[position].count += 1
                } else {
                    positions[cell] = counts.count
                    counts.append((cell, 1))
                }
            }
            return counts
        }
    }

    /// Shuffles the rows and cuts them in two; the first part has `fraction` of them, rounded.
    /// - Throws: `DataError.invalid` unless 0 < fraction < 1 and both parts get a row.
    public func split(
        _ fraction: Double, using random: inout RandomStream
    ) throws(DataError) -> (first: DataTable, second: DataTable) {
        guard fraction > 0, fraction < 1 else {
            throw .invalid("the fraction \(fraction) does not lie between 0 and 1")
        }
        guard rowCount >= 2 else { throw .invalid("\(Wording.count(rowCount, "row")) cannot be split in two") }
        let order = random.permutation(of: rowCount)
        let count = min(max(Int((fraction * Double(rowCount)).rounded()), 1), rowCount - 1)
        return (rows(at: Array(order[..<count])), rows(at: Array(order[count...])))
    }

    /// What a column holds, in numbers.
    public struct ColumnSummary: Hashable, Sendable {
        /// The column's name.
        public let name: String
        /// Cells that have a value.
        public let count: Int
        /// Cells that have none.
        public let missing: Int
        /// Different values.
        public let distinct: Int
        /// Of a column of numbers: mean, standard deviation (divisor n), least and greatest; `nil` for text.
        public let moments: Moments?

        /// Mean, spread and range.
        public struct Moments: Hashable, Sendable {
            /// Arithmetic mean.
            public let mean: Double
            /// Standard deviation, divisor n.
            public let standardDeviation: Double
            /// Least value.
            public let minimum: Double
            /// Greatest value.
            public let maximum: Double
        }
    }

    /// One line a column: values, missing, mean, spread, range.
    public func summary() -> [ColumnSummary] {
        columns.map { column in
            let missing = column.missingRows.count
            let count = rowCount - missing
            switch column.cells {
            case .numbers(let numbers):
                let present = numbers.filter { !$0.isNaN }
                return ColumnSummary(
                    name: column.name, count: count, missing: missing, distinct: Set(present).count,
                    moments: DataTable.moments(present))
            case .text(let text):
                let distinct = Set(text.compactMap { $0 }).count
                return ColumnSummary(
                    name: column.name, count: count, missing: missing, distinct: distinct, moments: nil)
            }
        }
    }

    private static func moments(_ numbers: [Double]) -> ColumnSummary.Moments? {
        guard let minimum = numbers.min(), let maximum = numbers.max() else { return nil }
        let count = Double(numbers.count)
        let mean = numbers.reduce(0) { $0 + $1 / count }
        let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / count }
        return ColumnSummary.Moments(
            mean: mean, standardDeviation: variance.squareRoot(), minimum: minimum, maximum: maximum)
    }
}
