import Words

/// Named columns of equal length, of numbers or of text, with missing values; a value, never changed in place.
public struct DataTable: Hashable, Sendable {
    /// One column.
    public struct Column: Hashable, Sendable {
        /// A column's cells; one kind for the whole column.
        public enum Cells: Hashable, Sendable {
            /// A missing number is NaN; all others are finite.
            case numbers([Double])
            /// A missing text is `nil`.
            case text([String?])
        }

        /// The name in the file's first line.
        public let name: String
        /// The cells, top to bottom.
        public let cells: Cells

        /// A column in memory.
        public init(name: String, cells: Cells) {
            self.name = name
            self.cells = cells
        }

        /// Number of cells, missing ones included.
        public var count: Int {
            switch cells {
            case .numbers(let numbers): numbers.count
            case .text(let text): text.count
            }
        }

        /// Whether the cells are numbers.
        public var isNumeric: Bool {
            if case .numbers = cells { true } else { false }
        }

        /// Whether row `row` has no value.
        public func isMissing(_ row: Int) -> Bool {
            switch cells {
            case .numbers(let numbers): numbers[row].isNaN
            case .text(let text): text[row] == nil
            }
        }

        /// The rows without a value.
        public var missingRows: [Int] {
            switch cells {
            case .numbers(let numbers): numbers.indices.filter { numbers[$0].isNaN }
            case .text(let text): text.indices.filter { text[$0] == nil }
            }
        }

        /// Row `row` as text: whole numbers without a point, missing values empty.
        public func text(_ row: Int) -> String {
            switch cells {
            case .numbers(let numbers): numbers[row].isNaN ? "" : DataTable.label(numbers[row])
            case .text(let text): text[row] ?? ""
            }
        }

        func rows(at rows: [Int]) -> Column {
            switch cells {
            case .numbers(let numbers): Column(name: name, cells: .numbers(rows.map { numbers[$0] }))
            case .text(let text): Column(name: name, cells: .text(rows.map { text[$0] }))
            }
        }
    }

    /// What messages call the table: its file, or what it was made from.
    public let name: String
    /// The columns, left to right.
    public let columns: [Column]
    /// The line of the file on which each row begins.
    public let lines: [Int]
    /// What a reader of the file should know: missing values, a separator that was guessed, ...
    public let notes: [String]

    /// A table from columns of equal length.
    /// - Throws: `DataError.invalid` when the lengths differ, a name stands twice, or a number is infinite.
    public init(
        name: String, columns: [Column], lines: [Int]? = nil, notes: [String] = []
    ) throws(DataError) {
        let count = columns.first?.count ?? 0
        var names: Set<String> = []
        for column in columns {
            guard column.count == count else {
                throw .invalid("column \(column.name) has \(column.count) rows and column \(columns[0].name) \(count)")
            }
            guard names.insert(column.name).inserted else { throw .invalid("two columns are called \(column.name)") }
            if case .numbers(let numbers) = column.cells, numbers.contains(where: \.isInfinite) {
                throw .invalid("column \(column.name) holds an infinite number")
            }
        }
        if let lines, lines.count != count { throw .invalid("\(lines.count) line numbers for \(count) rows") }
        self.init(name, columns, lines ?? Array(1..<count + 1), notes)
    }

    init(_ name: String, _ columns: [Column], _ lines: [Int], _ notes: [String]) {
        self.name = name
        self.columns = columns
        self.lines = lines
        self.notes = notes
    }

    /// Number of rows.
    public var rowCount: Int { lines.count }

    /// The names of the columns, left to right.
    public var columnNames: [String] { columns.map(\.name) }

    /// The column of that name, spelled exactly; a name that differs in upper and lower case only will do as well.
    public func column(_ name: String) throws(DataError) -> Column {
        if let column = columns.first(where: { $0.name == name }) { return column }
        let wanted = name.lowercased()
        let alike = columns.filter { $0.name.lowercased() == wanted }
        if alike.count == 1 { return alike[0] }
        let near = Spelling.suggestions(for: name, among: columnNames, beginnings: true)
        throw .missingColumn(name: name, near: near, columns: columnNames)
    }

    /// The same columns with these rows, in this order.
    public func rows(at rows: [Int]) -> DataTable {
        DataTable(name, columns.map { $0.rows(at: rows) }, rows.map { lines[$0] }, [])
    }

    /// A number as a label: `3`, not `3.0`.
    static func label(_ number: Double) -> String {
        if number == number.rounded(), abs(number) < 1e15 { return String(Int(number)) }
        return String(number)
    }
}
