import Words

/// What can be wrong with a data file or with a question put to a table. Lines and columns count from 1.
public enum DataError: Error, Hashable, Sendable {
    /// No file of that name; `near` are names in the same folder that look like it.
    case missingFile(path: String, near: [String])
    /// The file is there and cannot be read (a folder, a device, no permission, ...).
    case unreadable(path: String, reason: String)
    /// Nothing in it but blanks.
    case empty(path: String)
    /// A line of column names and nothing below it.
    case noRows(path: String)
    /// A byte that no UTF-8 text has at this place of the line.
    case notUTF8(path: String, line: Int, byte: Int, hint: String?)
    /// A row with another number of cells than the first line.
    case raggedRow(path: String, line: Int, expected: Int, found: Int)
    /// A quote that is opened on `line` and never closed.
    case openQuote(path: String, line: Int)
    /// Something other than a separator follows a closing quote.
    case textAfterQuote(path: String, line: Int, column: Int)
    /// The table has no column of that name.
    case missingColumn(name: String, near: [String], columns: [String])
    /// No cell of the column has that value.
    case noSuchValue(column: String, value: String, near: [String], values: [String])
    /// A number was asked for where the file holds something else.
    case notANumber(column: String, line: Int, text: String, hint: String?)
    /// Every row lacks a value in at least one of these columns.
    case nothingLeft(columns: [String])
    /// An argument that makes no sense (a fraction outside 0..1, no columns, ...).
    case invalid(String)

    /// One sentence that says what is wrong and where.
    public var message: String {
        switch self {
        case .missingFile(let path, _): "there is no file \(Wording.quoted(path))"
        case .unreadable(let path, let reason): "cannot read \(Wording.quoted(path)): \(reason)"
        case .empty(let path): "\(path) is empty"
        case .noRows(let path): "\(path) has a line of column names and no rows below it"
        case .notUTF8(let path, let line, let byte, _):
            "\(path) is not UTF-8 text: byte \(byte) of line \(line) begins no character"
        case .raggedRow(let path, let line, let expected, let found):
            "\(path), line \(line): \(Wording.count(found, "cell")) where the first line has \(expected)"
        case .openQuote(let path, let line): "\(path), line \(line): the quote that opens here is never closed"
        case .textAfterQuote(let path, let line, let column):
            "\(path), line \(line), column \(column): text after a closing quote"
        case .missingColumn(let name, _, _): "there is no column \(Wording.quoted(name))"
        case .noSuchValue(let column, let value, _, _): "no row has \(Wording.quoted(value)) in column \(column)"
        case .notANumber(let column, let line, let text, _):
            "column \(column), line \(line): \(Wording.quoted(text)) is not a number"
        case .nothingLeft(let columns):
            "no rows are left: each one lacks a value in \(Wording.list(columns))"
        case .invalid(let message): message
        }
    }

    /// What to do about it, where that is known.
    public var help: String? {
        switch self {
        case .missingFile(_, let near):
            near.isEmpty ? nil : "did you mean \(Wording.list(near))?"
        case .unreadable, .nothingLeft, .invalid: nil
        case .empty, .noRows: "the first line names the columns, every further line is a row: x,y then 1.5,2"
        case .notUTF8(_, _, _, let hint): hint ?? "save it as UTF-8"
        case .raggedRow(_, _, let expected, let found):
            found > expected ? "a cell that has a comma in it stands in quotes: \"a, b\"" : nil
        case .openQuote: "a quote inside a quoted cell is written twice: \"say \"\"hello\"\"\""
        case .textAfterQuote: "a quote inside a quoted cell is written twice: \"say \"\"hello\"\"\""
        case .missingColumn(_, let near, let columns):
            (near.isEmpty ? "" : "did you mean \(Wording.list(near))? ")
                + "the columns are \(Wording.list(columns, limit: 20))"
        case .noSuchValue(let column, _, let near, let values):
            (near.isEmpty ? "" : "did you mean \(Wording.list(near))? ")
                + "\(column) holds \(Wording.list(values, limit: 12))"
        case .notANumber(_, _, _, let hint): hint
        }
    }
}
