import Autodiff
import HashTreeCollections
import LinearAlgebra

/// Variables by name. Copies share what they have in common, so that a session can keep what there was before each of its
/// last cells however many variables there are.
public typealias Variables = TreeDictionary<String, Value>

/// All that cells change. A value: a failed cell is undone by putting the copy back.
public struct State {
    /// The variables.
    public var variables = Variables()
    /// Where randomness comes from.
    public var random: RandomStream
    /// The values of the cells that had one, by cell number: `out[7]`.
    public var outputs = CellOutputs()
    /// The last value shown: `_`.
    public var last: Value?
    /// The number of the cell that runs.
    public var cellNumber = 1
    /// What the scalars of the running cell are written on: a tape of its own, after those of the cells before. It only
    /// grows, so undoing a cell leaves nothing wrong behind, and it is forgotten with the last value that needs it.
    public var tape = ScalarTape(after: ScalarTape())
    /// What commands remember between cells: the current data, game or figure, by a name of their choice.
    public var slots: [String: Value] = [:]
    /// Which run of which cell gave each variable the value that it has; kept by whoever runs the cells.
    public var writers = Writers()

    /// Runs of cells by the names of variables.
    public typealias Writers = TreeDictionary<String, Writer>

    /// The run of a cell that gave a variable its value.
    public struct Writer: Hashable, Sendable {
        /// The cell's number.
        public let cell: Int
        /// Which run of all runs of cells it was.
        public let run: Int

        /// A cell and one of its runs.
        public init(cell: Int, run: Int) { (self.cell, self.run) = (cell, run) }
    }

    /// Nothing yet, and chance that grows from `seed`.
    public init(seed: UInt64 = 0) {
        random = RandomStream(seed: seed)
    }

    /// The scalars of the next cell are written on a tape of their own.
    mutating func beginTape() { tape = ScalarTape(after: tape) }
}

/// What a cell shows while it runs.
public enum Output {
    /// A value, to be printed in the reader's style.
    case value(Value)
    /// Text, as it stands.
    case text(String)
    /// Text of which some words were measured, such as times and memory: shown and saved, but never compared.
    case measured(MeasuredText)
    /// A remark on what was done.
    case note(String)
    /// A remark that asks for attention.
    case warning(String)
    /// How far a long command has come, from 0 to 1, and what it says about it.
    case progress(fraction: Double, String)
    /// A figure or another object that the front end shows in its own way.
    case object(any ObjectValue)
    /// A figure that takes the place of the one before while a long command runs, as progress does. Nothing remembers it;
    /// a command that shows frames shows the last one as an object when it is done.
    case frame(any ObjectValue)
    /// What follows waits until a person wants to go on; nobody waits in a pipe or a file.
    case pause
}

/// What the body of a function or command can touch.
public final class Context {
    /// The variables, the random stream, the outputs and the slots.
    public var state: State
    /// All that cells can name besides their variables.
    public let registry: Registry
    /// The columns there are to write in, for tables and wrapped text.
    public var width = 80
    /// The variables that commands took up by themselves since somebody last emptied this: the current game.
    public var taken: Set<String> = []
    /// The variables that were given a value, or taken one, since somebody last emptied this.
    public var given: Set<String> = []
    /// What the command that runs gives; see `CommandEntry.returns`.
    public var result: Value?
    /// How deeply evaluations are nested at this moment.
    var depth = 0
    /// How many calls of functions written in cells are open at this moment.
    var callDepth = 0
    private let sink: (Output) -> Void
    private let interrupted: () -> Bool
    private let timeIsOver: (Bool) -> Bool

    /// A place to run cells in. `output` is handed what they show, at once; `interrupted` tells whether the person
    /// asked to stop; `timeIsOver` is told whether the time of a command is over, and tells whether it is to end.
    public init(
        registry: Registry, state: State = State(), output: @escaping (Output) -> Void = { _ in },
        interrupted: @escaping () -> Bool = { false }, timeIsOver: @escaping (Bool) -> Bool = { $0 }
    ) {
        self.timeIsOver = timeIsOver
        self.registry = registry
        self.state = state
        self.sink = output
        self.interrupted = interrupted
    }

    /// Where randomness comes from.
    public var random: RandomStream {
        get { state.random }
        set { state.random = newValue }
    }

    /// Gives a variable a value; nil takes the variable away.
    public func give(_ name: String, _ value: Value?) {
        state.variables[name] = value
        given.insert(name)
    }

    /// Shows something now.
    public func emit(_ output: Output) { sink(output) }

    /// Whether the person asked to stop. Long loops look once a step, keep what they reached, emit a note and return.
    public func checkInterrupt() -> Bool { interrupted() }

    /// Whether a command that was given a time ends now. What has run out by the clock is not to be seen otherwise: a
    /// session that is brought back ends it where it ended then.
    public func checkTime(isOver: Bool) -> Bool { timeIsOver(isOver) }

    /// Calls a function written in a cell, a function of the registry or a callable object.
    public func call(_ callee: Value, _ arguments: [Value]) throws(CellError) -> Value {
        try Evaluator(context: self).call(callee, arguments.map { Given(content: .value($0)) }, at: nil)
    }

    /// Runs the text of a cell inside the running cell, as `time` and `run` do.
    ///
    /// - Parameter range: where the text stands in the running cell; nil if it comes from elsewhere, and then errors
    ///   carry no place.
    public func run(_ source: String, at range: SourceRange? = nil) throws(CellError) {
        do throws(CellError) {
            try Evaluator(context: self).execute(source)
        } catch {
            throw error.moved(into: range)
        }
    }
}

extension CellError {
    /// The error of a text that stands at `range` of another one.
    func moved(into range: SourceRange?) -> CellError {
        var error = self
        error.range = range.flatMap { outer in
            self.range.map { SourceRange(start: outer.start + $0.start, end: outer.start + $0.end) }
        }
        return error
    }
}
