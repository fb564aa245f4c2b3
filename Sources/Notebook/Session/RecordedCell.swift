import Language

/// A cell that ran, and what it printed.
public struct RecordedCell {
    /// Its number, from 1.
    public var number: Int
    /// Its text.
    public var source: String
    /// What it printed, in order.
    public var outputs: [Output]
    /// Why it failed, or nil.
    public var error: CellError?
    /// Where it ended before its end.
    public var stops = CellStops()
    /// Whether nobody typed it: it ran, or stands for what happened, when a lesson was opened.
    public var isImplied = false
    /// What it began with, if that is not what the cell before it left: how many cells had run then.
    var start: CellStart?
    /// Whether `undo` took it back: it is no part of the notebook then.
    public var isUndone = false
    /// Whether `delete` took it out of the notebook.
    public var isDeleted = false
    /// Whether it is a paragraph of text, not a cell that runs.
    public var isNote = false
    /// Its text in the file that was opened, with what follows it; nil once it has changed.
    var verbatim: [UInt8]?
    /// How long it ran, in seconds; nil for what nobody ran.
    public var seconds: Double?
    /// What its last run took from other cells and gave to them; nil if it has not run.
    var trace: CellTrace?

    /// Whether what it did still stands.
    public var stands: Bool { error == nil && !isUndone && !isDeleted }
    /// Whether it is a cell of the notebook that a person may name by its number.
    var isListed: Bool { !isImplied && !isDeleted && !isUndone }

    /// Whether a person stopped it.
    public var wasInterrupted: Bool { stops.stop != nil }

    /// The figures that it showed.
    public var figures: [any ObjectValue] { outputs.figures }
}

extension [Output] {
    /// The figures among them.
    var figures: [any ObjectValue] {
        compactMap { output in
            if case .object(let object) = output, object.typeName == "figure" { object } else { nil }
        }
    }
}
