import Language

/// What there was before the latest cells, so that `undo` can put it back.
///
/// A state is a value, and states share what they have in common, so that keeping a few dozen costs little.
struct UndoHistory {
    /// A stretch of cells that `undo` takes back in one go: a cell that was typed, or a file that was run.
    struct Step {
        /// What there was on its other side: before it while it can be undone, after it while it can be redone.
        var state: State
        /// Where that state came from.
        var origin: StateOrigin
        /// Where its cells stand in the session's record.
        var cells: Range<Int>
        /// The cells that were undone with it: also those after it, which only looked at something.
        var undone: [Int] = []
        /// What was done to the cells themselves, if this step is no run of new cells.
        var change: Change?
    }

    /// A change of cells that were there.
    struct Change {
        /// The command: "rerun 3".
        var name: String
        /// The cells on the other side of it; those that came later are none of them.
        var notebook: [RecordedCell]
    }

    /// How many steps are kept.
    static let depth = 50

    private var past: [Step] = []
    private var future: [Step] = []

    /// Notes a step that changed something, and what there was before it. What was undone can no longer be redone.
    mutating func note(_ cells: Range<Int>, before state: State, from origin: StateOrigin) {
        note(Step(state: state, origin: origin, cells: cells))
    }

    /// Notes a step. What was undone can no longer be redone.
    mutating func note(_ step: Step) {
        past.append(step)
        if past.count > Self.depth { past.removeFirst() }
        future = []
    }

    /// The step that `undo` takes back, and then the one that `redo` does again; nil if there is none.
    mutating func takeLast(undone: Bool) -> Step? { undone ? future.popLast() : past.popLast() }

    /// Keeps a step that was taken back, or done again.
    mutating func keep(_ step: Step, undone: Bool) {
        if undone { future.append(step) } else { past.append(step) }
    }

    /// Forgets all steps: what they would put back is no longer what the learner means.
    mutating func clear() { (past, future) = ([], []) }
}

extension Session {
    /// Notes what was typed last, if it changed something.
    func noteForUndo(_ cells: Range<Int>, before state: State, from origin: StateOrigin) {
        let changed = record[cells].contains { $0.error == nil && !onlyLooks($0.source) }
        if changed { undoHistory.note(cells, before: state, from: origin) }
    }

    /// Puts back what there was before the last cell that changed something.
    func undo() {
        guard var step = undoHistory.takeLast(undone: false) else {
            remark(
                lesson == nil
                    ? "There is nothing to undo."
                    : "There is nothing to undo here; `back` goes back a step of the lesson.")
            return
        }
        if step.change == nil {
            step.undone = record.indices[step.cells.lowerBound...].filter { record[$0].stands }
        }
        putBack(step, isUndone: true)
    }

    /// Takes the last `undo` back.
    func redo() {
        guard let step = undoHistory.takeLast(undone: true) else {
            remark("There is nothing to do again: `redo` takes back an `undo`.")
            return
        }
        putBack(step, isUndone: false)
    }

    private func putBack(_ step: UndoHistory.Step, isUndone: Bool) {
        var (other, now) = (step, context.state)
        (other.state, other.origin) = (now, origin)
        context.state = step.state.continuing(now)
        if let change = step.change {
            other.change?.notebook = Array(record[step.cells])
            for cell in change.notebook { context.state.outputs[cell.number] = step.state.outputs[cell.number] }
            record.replaceSubrange(step.cells, with: change.notebook)
            endOfNotebook = nil
        } else {
            mark(step.undone, isUndone: isUndone)
        }
        moved(to: step.origin)
        undoHistory.keep(other, undone: isUndone)
        show(note: "\(isUndone ? "Undone" : "Done again"): " + words(for: step))
    }

    private func words(for step: UndoHistory.Step) -> String {
        if let change = step.change { return change.name }
        let cells = record[step.cells].filter { !$0.isImplied && $0.error == nil }
        let shown = cells.prefix(5).map { "[\($0.number)] \($0.firstLine)" }
        let rest = cells.count > shown.count ? "\n… and \(cells.count - shown.count) more" : ""
        return shown.joined(separator: "\n") + rest
    }
}

extension RecordedCell {
    /// Its text on one line: what follows the first is marked.
    var firstLine: String {
        let lines = source.split(separator: "\n")
        return "\(lines.first ?? "")\(lines.count > 1 ? " …" : "")"
    }
}
