import Autodiff
import Language
import LinearAlgebra

extension Library {
    /// Parameters, slopes and graphs of operations.
    static func addGradients(to registry: inout Registry) { registry.add(GradientFunctions.all) }
}

/// Values that know how they were made, and what that is good for.
enum GradientFunctions {
    static let all = [param, scalar, value, grad, backward, GradientCheck.entry]

    private static let param = FunctionEntry(
        "param", topic: .gradients, "a number, vector or matrix that slopes can be taken with respect to",
        parameters: [
            .numbers("x", "its value"), Parameter("name", .string, default: "", "what to call it in pictures"),
        ],
        returns: "a value that remembers, and so does everything computed from it",
        details: "`w = param(2.0); loss = (3 * w - 1)**2; grad(loss, w)` is 30.",
        example: "w = param(2.0); loss = (3 * w - 1)**2; grad(loss, w)"
    ) { (arguments, _) throws(CellError) in
        let name = try arguments.optionalString("name")
        return .tensor(.parameter(try arguments.matrix("x"), name: name))
    }

    private static let scalar = FunctionEntry(
        "scalar", topic: .gradients, "a single number that remembers how it was computed, step by step",
        parameters: [
            Parameter("x", .oneOf([.number(), .scalar]), "its value"),
            Parameter("name", .string, default: "", "what to call it in pictures and tables"),
        ],
        returns: "a scalar: it adds and multiplies as numbers do",
        details: """
            Scalars know `+ - * / **` and exp, log, sqrt, sin, cos, tanh, sigmoid, softplus, relu, abs. `plot graph` draws \
            how one was made, `backward` lists the slopes. For vectors and matrices see `param`.
            """,
        example: "w = scalar(3, \"w\"); y = w * w + w; grad(y, w)"
    ) { (arguments, _) throws(CellError) in
        let given = try arguments.value("x")
        let number = if case .scalar(let scalar) = given { scalar.value } else { try arguments.number("x") }
        // On a tape of its own, so that it does not keep what else its cell computes.
        return .scalar(ScalarTape().leaf(number, label: try arguments.optionalString("name")))
    }

    private static let value = FunctionEntry(
        "value", topic: .gradients, "the plain number, vector or matrix: how it was made is forgotten",
        parameters: [
            Parameter("x", .oneOf([.tensor, .scalar, .list(of: .scalar), .list(of: .any)]), "any such value")
        ],
        returns: "a plain value; of a list, a list", example: "w = param(2.0); value(w * 3)"
    ) { (arguments, _) throws(CellError) in
        guard let plain = plain(try arguments.value("x")) else {
            throw arguments.error("x", "must be made of numbers", kind: .type)
        }
        return plain
    }

    private static func plain(_ value: Value) -> Value? {
        switch value {
        case .scalar(let scalar): return .number(scalar.value)
        case .list(let items), .tuple(let items):
            let plainItems = items.compactMap(plain)
            guard plainItems.count == items.count else { return nil }
            let list = Value.list(plainItems)
            return list.tensor.map(Value.tensor) ?? list
        default: return value.tensor.map { .tensor($0.detached) }
        }
    }

    private static let grad = FunctionEntry(
        "grad", topic: .gradients, "the slope of a number with respect to what it was made from",
        parameters: [
            Parameter("loss", .oneOf([.tensor, .scalar]), "the number"),
            Parameter(
                // Not `.tensor`: that would stack a list of parameters into one new vector, which the loss knows nothing of.
                "x", .any,
                "a `param` or `scalar` that went into it, or a list of them"),
        ],
        returns: "a value of the shape of `x`; for a list, a list",
        details: """
            It can be differentiated again: with `x = param(3.0)`, `grad(grad(x**3, x), x)` is 18.
            Where `loss` does not depend on `x` the slope is 0.
            """,
        example: "x = param(3.0); grad(x**3, x), grad(grad(x**3, x), x)"
    ) { arguments, context in
        let targets = try arguments.value("x")
        if case .scalar(let loss) = try arguments.value("loss") {
            return try scalarSlopes(of: loss, targets, arguments, on: context.state.tape)
        }
        let loss = try arguments.tensor("loss")
        switch targets {
        case .list(let items), .tuple(let items):
            return .list(try slopes(of: loss, items.compactMap(\.tensor), arguments).map(Value.tensor))
        default:
            return .tensor(try slopes(of: loss, [arguments.tensor("x")], arguments)[0])
        }
    }

    private static func slopes(of loss: Variable<Double>, _ variables: [Variable<Double>], _ arguments: Arguments)
        throws(CellError) -> [Variable<Double>]
    {
        do throws(GradientError) {
            return try gradients(of: loss, withRespectTo: variables)
        } catch {
            throw explained(error, arguments)
        }
    }

    private static func explained(_ error: GradientError, _ arguments: Arguments) -> CellError {
        switch error {
        case .notANumber(let shape):
            CellError(
                .shape, "\(arguments.callee): a slope is that of one number, and `loss` has the shape \(shape)",
                at: arguments.range(of: "loss"), help: "take its `sum` or `mean` first")
        case .constant:
            CellError(
                .value, "\(arguments.callee): `x` is a plain number that does not know what was made of it",
                at: arguments.range(of: "x"),
                help: "make it with `x = param(...)`, then compute the loss from it, then take the slope")
        }
    }

    private static func scalarSlopes(
        of loss: Scalar, _ targets: Value, _ arguments: Arguments, on tape: ScalarTape
    ) throws(CellError) -> Value {
        func scalar(_ value: Value) throws(CellError) -> Scalar {
            if case .scalar(let scalar) = value { return scalar }
            throw arguments.error(
                "x", "must be a scalar, as `loss` is, not \(value.errorDescription)", kind: .type,
                help: "make it with `x = scalar(...)`, then compute the loss from it")
        }
        if case .list(let items) = targets {
            var scalars: [Scalar] = []
            for item in items { scalars.append(try scalar(item)) }
            return .list(gradients(of: loss, withRespectTo: scalars, on: tape).map(Value.scalar))
        }
        return .scalar(gradients(of: loss, withRespectTo: [try scalar(targets)], on: tape)[0])
    }

    private static let backward = FunctionEntry(
        "backward", topic: .gradients, "walks back from a number: every node it was made from, its value and its slope",
        parameters: [Parameter("loss", .oneOf([.tensor, .scalar]), "the number")],
        returns: "a table; `plot graph` draws the same",
        details:
            "The slope, or gradient, of a node says how many times as much `loss` moves when the node moves a little.",
        example: "w = scalar(3, \"w\"); loss = (2 * w - 1)**2; backward(loss)"
    ) { (arguments, context) throws(CellError) in
        let loss = try arguments.value("loss")
        guard let graph = computationGraph(of: loss, in: context) else { throw arguments.error("loss", "has no graph") }
        if let shape = graph.nodes.last?.shape, shape.count != 1 {
            throw explained(.notANumber(shape), arguments)
        }
        return .object(BackwardTable(graph: graph))
    }

    /// How a value was made, its nodes called as the person calls them: by their own names, else by the variables of
    /// the session that hold them. `nil` for what is no number, vector, matrix or scalar.
    static func computationGraph(of value: Value, in context: Context) -> ComputationGraph? {
        let variables = context.state.variables.sorted { $0.key < $1.key }
        if case .scalar(let scalar) = value {
            return scalar.graph(
                labels: variables.compactMap { name, value in
                    if case .scalar(let known) = value { (known, name) } else { nil }
                })
        }
        guard let variable = value.tensor else { return nil }
        return variable.graph(
            labels: variables.compactMap { name, value in
                if case .tensor(let known) = value { (known, name) } else { nil }
            })
    }
}
