import Autodiff
import LinearAlgebra

@testable import Language

/// A small registry and a session in it, for tests.
final class Playground {
    let context: Context
    private let sink = Sink()

    /// What has been shown.
    final class Sink {
        var outputs: [Output] = []
        var interrupted = false
        /// After how many looks the person presses Ctrl-C.
        var patience = Int.max
    }

    init(registry: Registry = .playground) {
        let sink = sink
        context = Context(
            registry: registry, output: { sink.outputs.append($0) },
            interrupted: {
                sink.patience -= 1
                return sink.patience < 0
            })
    }

    /// Asks to stop at the n-th look.
    func interrupt(afterLooks count: Int) { sink.patience = count }

    /// Runs a cell and returns what it prints in batch style, or the error as the person sees it.
    func run(_ source: String, style: PrintStyle = .batch) -> String {
        sink.outputs = []
        do throws(CellError) {
            try Evaluator.run(source, in: context)
        } catch {
            return Diagnostic(error, source: source).text
        }
        let printer = ValuePrinter(style: style)
        return sink.outputs.map { output in
            switch output {
            case .value(let value): printer.text(value)
            case .text(let text): text
            case .measured(let text): text.text
            case .note(let text): "note: \(text)"
            case .warning(let text): "warning: \(text)"
            case .progress(let fraction, let text): "progress: \(fraction) \(text)"
            case .object(let object), .frame(let object): object.describe(width: 80)
            case .pause: "pause"
            }
        }.joined(separator: "\n")
    }

    func error(_ source: String) -> CellError? {
        do throws(CellError) {
            try Evaluator.run(source, in: context)
            return nil
        } catch {
            return error
        }
    }
}

/// An object that can be called, indexed and asked.
struct Die: ObjectValue {
    let sides: Int
    var typeName: String { "die" }
    var memberNames: [String] { ["sides", "mean"] }
    func describe(width: Int) -> String { "a die of \(sides) sides" }
    func member(_ name: String) throws(CellError) -> Value? {
        switch name {
        case "sides": .integer(sides)
        case "mean": .number(Double(sides + 1) / 2)
        default: nil
        }
    }
    func call(_ arguments: [Value], in context: Context) throws(CellError) -> Value {
        guard let factor = arguments.first?.number else { throw CellError(.type, "a die is called with a number") }
        return .number(factor * Double(sides))
    }
}

extension Registry {
    static let playground: Registry = {
        var registry = Registry()
        registry.add(functions)
        registry.add(commands)
        registry.add([
            ConstantEntry("pi", topic: .numbers, "3.14159...", example: "pi") { .number(.pi) },
            ConstantEntry("inf", topic: .numbers, "infinity", example: "inf") { .number(.infinity) },
            ConstantEntry("nan", topic: .numbers, "no number", example: "nan") { .number(.nan) },
        ])
        return registry
    }()

    private static let functions: [FunctionEntry] = [
        FunctionEntry(
            "exp", topic: .numbers, "e to the power of x",
            parameters: [Parameter("x", .oneOf([.tensor, .scalar]), "the exponent")],
            returns: "as x", example: "exp(0)"
        ) { arguments, _ in
            if case .scalar(let scalar) = try arguments.value("x") { return .scalar(scalar.exp()) }
            return .tensor(try arguments.tensor("x").exp())
        },
        FunctionEntry(
            "sum", topic: .numbers, "the sum",
            parameters: [
                Parameter("x", .tensor, "what to add up"),
                Parameter("axis", .integer(0...1), default: "", "along which axis"),
            ], returns: "a number, or a vector with `axis`", example: "sum([1, 2])"
        ) { arguments, _ in
            if let axis = try arguments.optionalInteger("axis") {
                return .tensor(try arguments.tensor("x").sum(axis: axis))
            }
            return .tensor(try arguments.tensor("x").sum())
        },
        FunctionEntry(
            "arange", topic: .numbers, "0, 1, ..., n - 1",
            parameters: [Parameter("n", .integer(0...1_000_000), "how many")],
            returns: "a vector", example: "arange(3)"
        ) { arguments, _ in .vector((0..<(try arguments.integer("n"))).map(Double.init)) },
        FunctionEntry(
            "linspace", topic: .numbers, "numbers at equal steps",
            parameters: [
                Parameter("start", .number(), "the first"), Parameter("stop", .number(), "the last"),
                Parameter("n", .integer(2...1000), default: "5", "how many"),
            ], returns: "a vector", example: "linspace(0, 1)"
        ) { arguments, _ in
            let (a, b, n) = (try arguments.number("start"), try arguments.number("stop"), try arguments.integer("n"))
            return .vector((0..<n).map { a + (b - a) * Double($0) / Double(n - 1) })
        },
        FunctionEntry(
            "param", topic: .gradients, "a parameter", parameters: [Parameter("x", .tensor, "its value")],
            returns: "a parameter", example: "param(1)"
        ) { arguments, _ in .tensor(.parameter(try arguments.matrix("x"))) },
        FunctionEntry(
            "grad", topic: .gradients, "the slope of y in x",
            parameters: [
                Parameter("y", .any, "a number"), Parameter("x", .any, "a parameter or a list of them"),
            ], returns: "as x", example: "w = param(1); grad(w**2, w)"
        ) { arguments, _ in
            if case .scalar(let y) = try arguments.value("y"), case .scalar(let x) = try arguments.value("x") {
                return .scalar(gradients(of: y, withRespectTo: [x])[0])
            }
            let y = try arguments.tensor("y")
            if case .list(let items) = try arguments.value("x") {
                let found = try gradients(of: y, withRespectTo: items.compactMap(\.tensor))
                return .list(found.map(Value.tensor))
            }
            return .tensor(try gradients(of: y, withRespectTo: [try arguments.tensor("x")])[0])
        },
        FunctionEntry(
            "scalar", topic: .gradients, "a scalar", parameters: [Parameter("x", .number(), "its value")],
            returns: "a scalar", example: "scalar(1)"
        ) { arguments, context in .scalar(context.state.tape.leaf(try arguments.number("x"))) },
        FunctionEntry(
            "die", topic: .random, "a die",
            parameters: [Parameter("sides", .integer(1...100), default: "6", "how many sides")],
            returns: "a die", example: "die()"
        ) { arguments, _ in .object(Die(sides: try arguments.integer("sides"))) },
        FunctionEntry(
            "roll", topic: .random, "throws a die", parameters: [Parameter("d", .object("die"), "the die")],
            returns: "a number", example: "roll(die(6))"
        ) { arguments, context in
            .integer(context.random.integer(below: try arguments.object("d", as: Die.self).sides) + 1)
        },
        FunctionEntry(
            "layer", topic: .models, "a layer",
            parameters: [
                Parameter("sizes", .integer(1...1000), variadic: true, "how wide"),
                Parameter("activation", .choice(["relu", "tanh", "sigmoid"]), default: "tanh", "its function"),
            ], returns: "text", example: "layer(2, 3)"
        ) { arguments, _ in
            .string("\(try arguments.integers("sizes")) \(try arguments.string("activation"))")
        },
        FunctionEntry(
            "apply", topic: .language, "calls f",
            parameters: [
                Parameter("f", .function, "a function"), Parameter("x", .any, "its argument"),
            ], returns: "what f returns", example: "apply(exp, 0)"
        ) { arguments, context in try context.call(try arguments.function("f"), [try arguments.value("x")]) },
        FunctionEntry(
            "read", topic: .data, "reads a file", parameters: [Parameter("name", .string, "its name")],
            returns: "its name", example: "read(\"a\")"
        ) { arguments, _ in
            if try arguments.string("name") == "missing" { throw CellError(.file, "there is no file \"missing\"") }
            return .string(try arguments.string("name"))
        },
    ]

    private static let commands: [CommandEntry] = [
        CommandEntry(
            "plot histogram", topic: .plots, "a histogram",
            parameters: [
                Parameter("values", .tensor, variadic: true, "the numbers"),
                Parameter("bins", .integer(1...1000), default: "30", "how many bars"),
                Parameter("scale", .choice(["count", "density"]), default: "count", "what the height says"),
                Parameter("title", .string, default: "", "what stands above"),
                Parameter("to", .path, default: "", "a file to draw to"),
            ], example: "plot histogram [1, 2, 2]"
        ) { arguments, context in
            let shapes = arguments.rest("values").compactMap(\.tensor).map(\.shape.description).joined(separator: " ")
            let rest = [try arguments.optionalString("title"), try arguments.optionalString("to")].compactMap(\.self)
            let options = "\(try arguments.integer("bins")) \(try arguments.string("scale"))"
            context.emit(.text(([shapes, options] + rest).joined(separator: " | ")))
        },
        CommandEntry(
            "plot", topic: .plots, "a picture", parameters: [Parameter("value", .any, "what to draw")],
            example: "plot 1"
        ) { arguments, context in context.emit(.text("plot \(try arguments.value("value").typeName)")) },
        CommandEntry(
            "data", topic: .data, "lists or chooses data",
            parameters: [
                Parameter("name", .word, default: "", "the data set"),
                Parameter("columns", .word, default: "", variadic: true, "its columns"),
            ], example: "data"
        ) { arguments, context in
            let words =
                [try arguments.optionalString("name") ?? "all"]
                + (try arguments.has("columns") ? arguments.strings("columns") : [])
            context.emit(.text("data " + words.joined(separator: " ")))
        },
        CommandEntry(
            "seed", topic: .random, "starts chance anew",
            parameters: [Parameter("n", .integer(0...Int.max), "the seed")],
            example: "seed 1"
        ) { arguments, context in context.random = .init(seed: UInt64(try arguments.integer("n"))) },
        CommandEntry(
            "clear", topic: .session, "forgets",
            parameters: [Parameter("names", .name, default: "", variadic: true, "what")],
            example: "clear"
        ) { arguments, context in
            for name in arguments.rest("names").compactMap(\.string) { context.state.variables[name] = nil }
        },
        CommandEntry(
            "time", topic: .session, "times a statement", parameters: [Parameter("statement", .cell, "what to time")],
            example: "time 1 + 1"
        ) { arguments, context in
            try context.run(try arguments.string("statement"), at: arguments.range(of: "statement"))
            context.emit(.text("done"))
        },
        CommandEntry(
            "help", topic: .session, "help",
            parameters: [Parameter("words", .word, default: "", variadic: true, "about what")],
            example: "help"
        ) { arguments, context in
            context.emit(.text("help on " + arguments.rest("words").compactMap(\.string).joined(separator: " ")))
        },
        CommandEntry(
            "lesson", topic: .lessons, "a lesson",
            parameters: [Parameter("which", .oneOf([.integer(), .word]), "which")],
            example: "lesson 1"
        ) { arguments, context in
            let which = try arguments.value("which")
            context.emit(.text("lesson " + (which.string ?? ValuePrinter(style: .batch).text(which))))
        },
    ]
}
