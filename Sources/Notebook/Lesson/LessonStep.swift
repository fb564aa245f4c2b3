/// A step of a lesson: what there is to read, and where the player stops.
package struct LessonStep: Hashable, Sendable {
    /// What to read first.
    package var prose: [Block]
    /// Where the player stops.
    package var stop: Stop
    /// The line in the file of the stop.
    package var line: Int

    /// The kinds of stops.
    package enum Stop: Hashable, Sendable {
        case pause
        case cell(DocumentCell)
        case prediction(Prediction)
        case exercise(Exercise)
    }
}

/// A lesson cut into its steps, and what there is to read after the last of them.
package struct LessonScript: Hashable, Sendable {
    package private(set) var steps: [LessonStep] = []
    package private(set) var epilogue: [Block] = []

    /// Cuts a lesson into steps. A pause that nothing comes before or after is none.
    package init(_ document: Document) {
        var prose: [Block] = []
        for element in document.elements {
            let stop: LessonStep.Stop
            switch element.content {
            case .prose(let blocks):
                prose += blocks
                continue
            case .pause: stop = .pause
            case .cell(let cell): stop = .cell(cell)
            case .prediction(let prediction): stop = .prediction(prediction)
            case .exercise(let exercise): stop = .exercise(exercise)
            }
            if stop == .pause, prose.isEmpty { continue }
            steps.append(LessonStep(prose: prose, stop: stop, line: element.line))
            prose = []
        }
        if prose.isEmpty, steps.last?.stop == .pause { prose = steps.removeLast().prose }
        epilogue = prose
    }
}
