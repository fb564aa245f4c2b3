/// Runs cells: performs their statements and evaluates their expressions.
///
/// An evaluator is small and passing: a call of a function written in a cell makes a new one, with the function's
/// parameters as its local names. What lasts is in the context.
public struct Evaluator {
    /// How deep evaluations may be nested in all: a debug build takes 6 kB of the stack of 8 MB for each.
    static let maximumDepth = 1_000
    /// How deep functions written in cells may call each other.
    static let maximumCallDepth = 200

    let context: Context
    /// The parameters of the function that runs, or the variable of a comprehension.
    var locals: [String: Value] = [:]

    /// Runs the text of a cell.
    ///
    /// A cell that fails changes nothing: the state is put back as it was. An interrupted one
    /// (`CellError.Kind.interrupted`) keeps what its finished statements reached.
    public static func run(_ source: String, in context: Context) throws(CellError) {
        let before = context.state
        defer { context.state.beginTape() }
        do throws(CellError) {
            try Evaluator(context: context).execute(source)
        } catch {
            if error.kind != .interrupted { context.state = before }
            throw error
        }
    }

    /// The value of an expression, without showing it or remembering it. The state is put back as it was in any case,
    /// so that a check of an exercise leaves no trace.
    public static func value(of source: String, in context: Context) throws(CellError) -> Value {
        let before = context.state
        defer { context.state = before }
        return try Evaluator(context: context).evaluate(try Parser.parseExpression(source))
    }

    /// Whether the text wants more lines: a bracket or block is open at its end.
    public static func isIncomplete(_ source: String, in context: Context) -> Bool {
        Parser.isIncomplete(source, registry: context.registry, variables: VariableNames(context.state.variables))
    }

    /// Parses a cell without running it.
    public static func parse(_ source: String, in context: Context) throws(CellError) -> [Statement] {
        try Parser.parse(source, registry: context.registry, variables: VariableNames(context.state.variables))
    }

    func execute(_ source: String) throws(CellError) {
        for statement in try Evaluator.parse(source, in: context) { try perform(statement) }
    }

    /// Fails when the person asked to stop.
    func stopIfInterrupted(_ message: @autoclosure () -> String, at range: SourceRange?) throws(CellError) {
        if context.checkInterrupt() { throw CellError(.interrupted, message(), at: range) }
    }
}
