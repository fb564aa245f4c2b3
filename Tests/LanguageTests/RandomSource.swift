import LinearAlgebra

@testable import Language

/// Random expressions, statements and rubbish, the same for the same seed.
struct RandomSource {
    var random: RandomStream
    private static let nowhere = SourceRange(start: 0, end: 0)

    init(seed: UInt64) { random = RandomStream(seed: seed) }

    mutating func pick<T>(_ items: [T]) -> T { items[random.integer(below: items.count)] }

    mutating func expression(_ depth: Int) -> Expression {
        Expression(depth == 0 ? leaf() : branch(depth - 1), at: Self.nowhere)
    }

    private mutating func leaf() -> Expression.Kind {
        switch random.integer(below: 6) {
        case 0: .number(pick([0, 1, 2.5, 1e-7, 123_456, 1e300, 0.1]))
        case 1: .string(pick(["", "a b", "ä\"\\\n\t汉", "to"]))
        case 2: .boolean(random.integer(below: 2) == 0)
        case 3: .none
        default: .name(name())
        }
    }

    mutating func name() -> String { pick(["x", "y_1", "θ", "x₁", "mean", "straße"]) }

    private mutating func expressions(_ depth: Int, atMost count: Int = 3) -> [Expression] {
        (0..<random.integer(below: count + 1)).map { _ in expression(depth) }
    }

    private mutating func branch(_ depth: Int) -> Expression.Kind {
        switch random.integer(below: 12) {
        case 0: return .list(expressions(depth))
        case 1: return .tuple(expressions(depth))
        case 2:
            let condition = random.integer(below: 2) == 0 ? expression(depth) : nil
            return .comprehension(
                expression(depth), variable: name(), sequence: expression(depth), condition: condition)
        case 3: return .unary(pick(UnaryOperator.allCases), expression(depth))
        case 4, 5: return .binary(pick(BinaryOperator.allCases), expression(depth), expression(depth))
        case 6: return .logical(pick(LogicalOperator.allCases), expression(depth), expression(depth))
        case 7:
            let links = (0...random.integer(below: 2)).map { _ in
                ComparisonLink(comparison: pick(ComparisonOperator.allCases), operand: expression(depth))
            }
            return .comparison(expression(depth), links)
        case 8:
            return .conditional(
                then: expression(depth), condition: expression(depth), otherwise: expression(depth))
        case 9: return .call(expression(depth), arguments(depth))
        case 10: return .index(expression(depth), (0...random.integer(below: 2)).map { _ in place(depth) })
        default: return .member(expression(depth), name())
        }
    }

    private mutating func arguments(_ depth: Int) -> [Argument] {
        (0..<random.integer(below: 3)).map { _ in
            let name = random.integer(below: 2) == 0 ? name() : nil
            return Argument(name: name, value: expression(depth), range: Self.nowhere)
        }
    }

    private mutating func place(_ depth: Int) -> Subscript {
        guard random.integer(below: 2) == 0 else { return .item(expression(depth)) }
        func maybe(_ source: inout RandomSource) -> Expression? {
            source.random.integer(below: 2) == 0 ? source.expression(depth) : nil
        }
        return .slice(start: maybe(&self), stop: maybe(&self), step: maybe(&self))
    }

    mutating func statement(_ depth: Int) -> Statement {
        Statement(kind: statementKind(depth), range: Self.nowhere)
    }

    private mutating func statementKind(_ depth: Int) -> Statement.Kind {
        switch random.integer(below: depth > 0 ? 7 : 5) {
        case 0: return .expression(expression(2))
        case 1: return .assignment([["x"], ["x", "θ"]][random.integer(below: 2)], expression(2))
        case 2: return .update(name(), pick(BinaryOperator.allCases), expression(2))
        case 3:
            let standard = random.integer(below: 2) == 0 ? expression(1) : nil
            let parameters = [
                Definition.Parameter(name: "a", defaultValue: nil),
                Definition.Parameter(name: "b", defaultValue: standard),
            ]
            return .definition(Definition(name: name(), parameters: parameters, body: expression(2)))
        case 4: return .command(command())
        case 5: return .repetition(expression(1), (0..<2).map { _ in statement(depth - 1) })
        default: return .iteration([name()], expression(1), [statement(depth - 1)])
        }
    }

    private mutating func command() -> CommandCall {
        func argument(_ name: String?, _ content: CommandCall.Argument.Content) -> CommandCall.Argument {
            CommandCall.Argument(name: name, content: content, range: Self.nowhere, wholeRange: Self.nowhere)
        }
        if random.integer(below: 3) == 0 {
            let words = ["ring8", "old-faithful", "my data.csv", "", "a;b", "ä/ö.csv"]
            let arguments = (0..<random.integer(below: 3)).map { _ in argument(nil, .word(pick(words))) }
            return CommandCall(name: "data", nameRange: Self.nowhere, arguments: arguments)
        }
        var arguments = (0...random.integer(below: 2)).map { _ in argument(nil, .expression(expression(2))) }
        arguments.append(argument("bins", .expression(expression(1))))
        arguments.append(argument("to", .word(pick(["a.png", "b c.png", "figures/ä.svg"]))))
        return CommandCall(name: "plot histogram", nameRange: Self.nowhere, arguments: arguments)
    }

    /// A string of things that stand in cells, in no order.
    mutating func rubbish() -> String {
        let pieces =
            Sign.allCases.map(\.rawValue) + Keyword.allCases.map(\.rawValue) + [
                "x", "f", "θ", "exp", "sum", "layer", "plot", "plot histogram", "data", "time", "die", "param", "grad",
                "scalar", "apply", "linspace", "bins", "to", "T", "shape", "_", "out", "pi", "nan", "inf", "3", "0.5",
                "1e3", "7", "-1", "'a'", "\"b c\"", "\"", "'", "#", "\n", " ", "  ", "[1, 2, 3]", "[[1, 2], [3, 4]]",
                "(1, 2)", "x = ", "f(x) = ", "for x in ", "repeat 2 { ", "}", "\\", "\u{0}", "汉", "é", "\u{301}", "🙂",
                "1_", "1e999", "\r\n", "\t", "axis=0", "activation=",
            ]
        let count = 1 + random.integer(below: 14)
        return (0..<count).map { _ in pick(pieces) + (random.integer(below: 2) == 0 ? " " : "") }.joined()
    }
}
