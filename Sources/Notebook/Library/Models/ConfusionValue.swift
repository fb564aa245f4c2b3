import Language
import Learning

/// A confusion matrix, as cells see it.
public struct ConfusionValue: ObjectValue {
    /// The counts.
    public let confusion: ConfusionMatrix

    /// "confusion"
    public var typeName: String { "confusion" }

    /// A row for each true class, a column for what it was called.
    public func describe(width: Int) -> String {
        let names = confusion.classes
        var rows = [["is \\ called"] + names]
        for name in names { rows.append([name] + names.map { String(confusion[name, $0]) }) }
        let right = "\((100 * confusion.accuracy).significant(4)) % of \(confusion.total) right"
        return (TextTable.lines(rows) + [right]).joined(separator: "\n")
    }

    /// The names of its members.
    public var memberNames: [String] { ["matrix", "classes", "accuracy", "total"] }

    /// `matrix` holds the counts.
    public func member(_ name: String) throws(CellError) -> Value? {
        switch name {
        case "matrix": .matrix(confusion.matrix)
        case "classes": .list(confusion.classes.map { .string($0) })
        case "accuracy": .number(confusion.accuracy)
        case "total": .integer(confusion.total)
        default: nil
        }
    }
}
