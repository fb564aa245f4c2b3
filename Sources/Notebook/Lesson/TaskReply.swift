import Language

/// What is said to an attempt that no foreseen mistake fits: what is still asked for, as far as that gives nothing away.
struct TaskReply {
    let session: Session
    let check: SourceText
    /// The learner's variables.
    let state: State

    /// Longer conditions are not read out.
    private static let longest = 48

    /// The reply; nil if the check cannot be read.
    var text: [Block]? {
        guard case .expression(let condition) = (try? Evaluator.parse(check.text, in: session.context))?.first?.kind
        else { return nil }
        let known = Set(session.registry.names)
        let missing = session.names(in: check.text).filter { state.variables[$0] == nil && !known.contains($0) }
        return [.paragraph(missing.isEmpty ? shortfall(Self.parts(of: condition)) : Self.absence(missing.sorted()))]
    }

    /// "There is no `a` and no `b` yet."
    private static func absence(_ names: [String]) -> [Inline] {
        let list = names.enumerated().flatMap { index, name -> [Inline] in
            [.text(index == 0 ? "There is no " : " and no "), .code(name)]
        }
        return list + [Inline.text(" yet.")]
    }

    /// What is wanting of the conditions: the first measure that can be told, else how many hold.
    private func shortfall(_ parts: [Expression]) -> [Inline] {
        let open = parts.filter { !session.holds(text(of: $0), in: state) }
        if let told = open.lazy.compactMap(measure).first { return told }
        guard parts.count > 1 else { return [.text("What the task asks for does not hold yet.")] }
        let done = parts.count - open.count
        return [
            .text("Of the \(parts.count) things that are asked for, \(done) \(done == 1 ? "holds" : "hold") so far.")
        ]
    }

    /// The conditions that all have to hold.
    private static func parts(of condition: Expression) -> [Expression] {
        if case .logical(.and, let left, let right) = condition.kind { return parts(of: left) + parts(of: right) }
        return [condition]
    }

    /// "`accuracy(better, hidden)` is 0.91; it has to be at least 0.95": a measure and the number that it must reach. A
    /// bare name, or a distance from something, would be the answer itself.
    private func measure(_ condition: Expression) -> [Inline]? {
        guard case .comparison(let measure, let links) = condition.kind, links.count == 1, let link = links.first,
            let goal = Self.constant(link.operand), let bound = Self.words(link.comparison), Self.isMeasure(measure)
        else { return nil }
        let name = text(of: measure)
        guard name.count <= Self.longest, let value = session.probe(name, in: state)?.number else { return nil }
        let numbers = [value, goal].map { session.text(of: .number($0)) }
        return [.code(name), .text(" is \(numbers[0]); it has to be \(bound) \(numbers[1]).")]
    }

    private static func isMeasure(_ expression: Expression) -> Bool {
        let isNamed: Bool =
            switch expression.kind {
            case .call, .member: true
            default: false
            }
        return isNamed && !expression.parts.contains { $0.kind == .name("abs") }
    }

    private static func constant(_ expression: Expression) -> Double? {
        switch expression.kind {
        case .number(let value): value
        case .unary(.negate, let inner): constant(inner).map { -$0 }
        default: nil
        }
    }

    private static func words(_ comparison: ComparisonOperator) -> String? {
        switch comparison {
        case .equal: "exactly"
        case .less: "less than"
        case .lessOrEqual: "at most"
        case .greater: "more than"
        case .greaterOrEqual: "at least"
        case .notEqual: nil
        }
    }

    private func text(of expression: Expression) -> String {
        let bytes = Array(check.text.utf8)
        let range = max(0, expression.range.start)..<min(bytes.count, max(expression.range.start, expression.range.end))
        return String(decoding: bytes[range], as: UTF8.self)
    }
}
