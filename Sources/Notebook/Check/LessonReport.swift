import Language
import Words

/// What a check of one document found.
public struct LessonReport {
    /// The file as the reader knows it.
    public var file: String
    /// How many cells ran, the start and model answer of exercises among them.
    public var cells = 0
    /// How many outputs and errors were compared.
    public var outputs = 0
    /// How many predictions there are.
    public var predictions = 0
    /// How many exercises there are.
    public var exercises = 0
    /// How many minutes a beginner is likely to need; nil for what is no lesson.
    public var minutes: Int?
    /// Everything that is wrong, in order of lines.
    public var problems: [LessonError] = []
    /// What the cells with an `output` or `error` block really printed, by the line of the block's fence.
    package var printed: [Int: MeasuredText] = [:]
    /// What the cells of a saved notebook printed that have no such block, by the line of the cell's first line.
    package var unlisted: [Int: MeasuredText] = [:]
    /// What cells drew, by the cell's first line: their number among the cells, and the figures.
    var figures: [Int: (number: Int, figures: [any ObjectValue])] = [:]

    /// Whether nothing is wrong.
    public var isGood: Bool { problems.isEmpty }

    /// One line that says what was checked: "12 cells, 5 outputs, 2 predictions, 1 exercise, about 9 minutes".
    public var summary: String {
        let counts = [(cells, "cell"), (outputs, "output"), (predictions, "prediction"), (exercises, "exercise")]
        let parts = counts.filter { $0.0 > 0 }.map { Wording.count($0, $1) }
        let time = minutes.map { ["about " + Wording.count($0, "minute")] } ?? []
        return parts.isEmpty ? "nothing to run" : (parts + time).joined(separator: ", ")
    }
}
