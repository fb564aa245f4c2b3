import Language

/// What a cell of a saved notebook begins with, when that is not simply what the cell above it left.
///
/// In a lesson the learner's cells and the lesson's run by turns, each from where its own kind had come to. The notebook
/// says so behind the word `gan` of a cell's fence: `mark=2` remembers how things stand after a cell, `from=2` puts the
/// variables and the random numbers back to that before one, `random=2` the random numbers alone. A cell that is
/// `apart` sees no other variables; they are there again after it.
public struct CellStart: Hashable, Sendable {
    /// The mark whose variables it begins with; nil for those that there are.
    public var variables: Int?
    /// The mark whose random numbers it goes on with; nil for those of `variables`.
    public var random: Int?
    /// Whether it runs without the variables that the mark did not have.
    public var isApart = false
}

/// Where a state comes from: how many cells of the record had run when its variables and its random numbers were as
/// they are in it.
struct StateOrigin: Hashable {
    var variables: Int
    var random: Int

    /// How things stand after so many cells.
    init(after count: Int) { (variables, random) = (count, count) }

    init(variables: Int, random: Int) { (self.variables, self.random) = (variables, random) }

    /// What a cell that runs from there begins with, in the numbers of the record.
    func start(isApart: Bool = false) -> CellStart {
        CellStart(variables: variables, random: random == variables ? nil : random, isApart: isApart)
    }
}

extension Session {
    /// A state that a notebook's later cells begin with.
    struct Mark {
        let state: State
        let origin: StateOrigin
    }

    /// How things stand after the last cell that did not fail and was not undone.
    var endOfRecord: StateOrigin {
        StateOrigin(after: record.lastIndex(where: \.stands).map { $0 + 1 } ?? 0)
    }

    /// Where the variables and random numbers of this moment come from.
    var origin: StateOrigin {
        guard let start = nextStart else { return endOfRecord }
        let variables = start.variables ?? endOfRecord.variables
        return StateOrigin(variables: variables, random: start.random ?? variables)
    }

    /// Tells the record that the state is now this other one.
    func moved(to origin: StateOrigin, isApart: Bool = false) {
        nextStart = origin == endOfRecord && !isApart ? nil : origin.start(isApart: isApart)
    }

    /// Runs a cell of a document from where it says that it begins.
    @discardableResult
    func run<Result>(_ cell: DocumentCell, _ body: (String) -> Result) -> Result {
        let others = begin(cell.start)
        if let number = cell.number, !record.contains(where: { $0.number == number }) { numberToCome = number }
        stopsToCome = cell.stops
        defer { (numberToCome, stopsToCome) = (nil, nil) }
        let result = body(cell.code.text)
        if let mark = cell.mark { marks[mark] = Mark(state: context.state, origin: origin) }
        if let others { context.state = context.state.beside(others) }
        return result
    }

    /// Puts back what the cell begins with; what is to stand beside its variables after it.
    private func begin(_ start: CellStart?) -> State? {
        guard let start else { return nil }
        let present = context.state
        var from = origin
        if let mark = start.variables.flatMap({ marks[$0] }) {
            context.state = mark.state.continuing(present)
            if !start.isApart { context.state = context.state.beside(present) }
            from = mark.origin
        }
        if let mark = start.random.flatMap({ marks[$0] }) {
            context.random = mark.state.random
            from.random = mark.origin.random
        }
        moved(to: from, isApart: start.isApart)
        return start.isApart ? present : nil
    }
}
