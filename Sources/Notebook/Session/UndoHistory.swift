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
    }

    /// How many steps are kept.
    static let depth = 50

    private var past: [Step] = []
    private var future: [Step] = []

    /// Notes a step that changed something, and what there was before it. What was undone can no longer be redone.
    mutating func note(_ cells: Range<Int>, before state: State, from origin: StateOrigin) {
        past.append(Step(state: state, origin: origin, cells: cells))
        if past.count > Self.depth { past.removeFirst() }
        future = []
    }

    /// Takes the last step back, and with it those of the cells that stand which came after it; nil if there is none.
    mutating func undo(leaving now: State, _ origin: StateOrigin, standing: (Int) -> [Int]) -> Step? {
        guard var step = past.popLast() else { return nil }
        step.undone = standing(step.cells.lowerBound)
        future.append(Step(state: now, origin: origin, cells: step.cells, undone: step.undone))
        return step
    }

    /// Does again what was undone last; nil if there is nothing.
    mutating func redo(leaving now: State, _ origin: StateOrigin) -> Step? {
        guard let step = future.popLast() else { return nil }
        past.append(Step(state: now, origin: origin, cells: step.cells))
        return step
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
        let standing = { [record] first in record.indices[first...].filter { record[$0].stands } }
        guard let step = undoHistory.undo(leaving: context.state, origin, standing: standing) else {
            remark(
                lesson == nil
                    ? "There is nothing to undo."
                    : "There is nothing to undo here; `back` goes back a step of the lesson.")
            return
        }
        putBack(step, isUndone: true)
    }

    /// Takes the last `undo` back.
    func redo() {
        guard let step = undoHistory.redo(leaving: context.state, origin) else {
            remark("There is nothing to do again: `redo` takes back an `undo`.")
            return
        }
        putBack(step, isUndone: false)
    }

    private func putBack(_ step: UndoHistory.Step, isUndone: Bool) {
        context.state = step.state.continuing(context.state)
        mark(step.undone, isUndone: isUndone)
        moved(to: step.origin)
        let cells = record[step.cells].filter { !$0.isImplied && $0.error == nil }
        let shown = cells.prefix(5).map { cell in
            let lines = cell.source.split(separator: "\n")
            return "[\(cell.number)] \(lines.first ?? "")\(lines.count > 1 ? " …" : "")"
        }
        let rest = cells.count > shown.count ? "\n… and \(cells.count - shown.count) more" : ""
        show(note: "\(isUndone ? "Undone" : "Done again"): " + shown.joined(separator: "\n") + rest)
    }
}
