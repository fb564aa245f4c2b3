import Autodiff
import Language
import Learning
import LinearAlgebra
import Words

/// A multilayer perceptron as cells see it: callable, differentiable, with its history if it was trained.
public struct NetworkValue: ObjectValue, Judges {
    /// The network in double precision.
    public let model: MLP<Double>
    /// Its parameters as leaves, the same whenever it is called, so that a cell can ask for their gradients.
    let variables: [Variable<Double>]
    /// Steps trained so far, and the loss of the batch at recorded steps.
    let steps: Int, history: [Double]
    /// What its outputs stand for, when it was fitted to named classes.
    let classNames: [String]?
    /// What it was trained to make small; nil before.
    let objective: Objective?

    init(
        _ model: MLP<Double>, steps: Int = 0, history: [Double] = [], classNames: [String]? = nil,
        objective: Objective? = nil
    ) {
        self.objective = objective
        self.model = model
        self.steps = steps
        self.history = history
        self.classNames = classNames
        variables = model.variables
    }

    /// "mlp"
    public var typeName: String { "mlp" }

    /// The layers and how many parameters each has.
    public func describe(width: Int) -> String {
        let kind = model.sizes.count == 2 && model.outputs == 1 ? "neuron" : "mlp"
        var rows = [["layer", "in", "out", "then", "parameters"]]
        for layer in model.layers {
            let after = layer.after == "none" || layer.after == "identity" ? "-" : layer.after
            rows.append([
                layer.name, String(layer.inputs), String(layer.outputs), after, String(layer.parameters),
            ])
        }
        rows.append(["total", "", "", "", String(model.parameterCount)])
        let trained = steps == 0 ? "untrained" : "trained for \(Wording.count(steps, "step"))"
        let heading = "\(kind) \(model.sizes.map(String.init).joined(separator: "-")), \(trained)"
        var lines = [heading] + TextTable.lines(rows)
        if model.head.kernels > 0 { lines.append(minibatchNote) }
        return lines.joined(separator: "\n")
    }

    /// How minibatch discrimination judges outside a step.
    private var minibatchNote: String {
        let (kernels, dims) = (Wording.count(model.head.kernels, "kernel"), Wording.count(model.head.dims, "number"))
        let company = model.company.map { "; here each point stands among \($0.rows) real ones" } ?? ""
        return "minibatch: \(kernels), each comparing points by \(dims)\(company)"
    }

    /// The names of its members.
    public var memberNames: [String] {
        ["parameters", "sizes", "layers", "activation", "output", "steps", "history", "classes"]
    }

    /// `parameters` is the list W1, b1, W2, ...; `history` the recorded losses.
    public func member(_ name: String) throws(CellError) -> Value? {
        switch name {
        case "parameters": .list(variables.map { .tensor($0) })
        case "sizes": .vector(model.sizes.map(Double.init))
        case "layers": .integer(model.sizes.count - 1)
        case "activation": .string(model.activation.rawValue)
        case "output": .string(model.output.rawValue)
        case "steps": .integer(steps)
        case "history": .vector(history)
        case "classes": .list((classNames ?? []).map { .string($0) })
        default: nil
        }
    }

    /// The network's answer to points: one a row; a vector is one point, or many when a point is one number.
    public func call(_ arguments: [Value], in context: Context) throws(CellError) -> Value {
        guard arguments.count == 1, let x = arguments[0].tensor else {
            throw CellError(
                .type, "a network takes one argument, its points", help: "points in rows: D(sample(d, 100))")
        }
        do {
            return .tensor(try answer(to: x))
        } catch {
            throw misfit(x.shape)
        }
    }

    /// With one input, every number of `x` is a point, and with one output too the answer has the shape of `x`.
    private func answer(to x: Variable<Double>) throws(ShapeError) -> Variable<Double> {
        let signal = model.inputs == 1 && x.shape.rank < 2 ? try x.reshaped(.matrix(x.shape.count, 1)) : x
        let answer = try model.finished(model.logits(of: signal, with: variables))
        guard model.inputs == 1, x.shape.rank < 2 else { return answer }
        if model.outputs == 1 { return try answer.reshaped(x.shape) }
        return x.shape.rank == 0 ? try answer.reshaped(.vector(model.outputs)) : answer
    }

    /// The error for points of another dimension.
    func misfit(_ shape: Shape) -> CellError {
        if model.head.classes > 0 {
            let width = model.inputs + model.head.classes
            return CellError(
                .shape,
                "the network takes rows of \(width) numbers, \(model.inputs) for points and \(model.head.classes) for "
                    + "classes; these have the shape \(shape)",
                help: "a class is a row of zeros with a one")
        }
        let wanted = model.inputs == 1 ? "points of one number" : "points of \(model.inputs) numbers"
        return CellError(
            .shape, "the network takes \(wanted); these have the shape \(shape)",
            help: model.inputs == 1 ? nil : "one point a row, \(model.inputs) columns")
    }

    // MARK: Verdicts

    /// The numbers of a point.
    public var dimension: Int { model.inputs }

    /// "real" for one output, otherwise the classes.
    public var outcomeNames: [String] {
        if model.outputs == 1 { return [classNames.map { $0[1] } ?? "real"] }
        return classNames ?? (0..<model.outputs).map(String.init)
    }

    /// Probabilities: the sigmoid of one logit, or the shares of several.
    public func probabilities(at points: Matrix<Double>) throws(CellError) -> Matrix<Double> {
        if model.output == .tanh {
            throw CellError(.value, "this network's outputs go through tanh; they are no probabilities")
        }
        do {
            let logits = try logits(of: points)
            if model.outputs == 1 { return logits.map(.sigmoid) }
            return try softmax(Variable(logits)).value
        } catch {
            throw misfit(points.shape)
        }
    }

    /// The last layer's numbers, one row a point.
    func logits(of points: Matrix<Double>) throws(ShapeError) -> Matrix<Double> {
        let isColumn = points.shape.rank < 2 && model.inputs == 1
        let isRow = points.shape.rank == 1 && model.inputs > 1
        let rows = try points.reshaped(
            isColumn ? .matrix(points.count, 1) : isRow ? .matrix(1, points.count) : points.shape)
        return try model.logits(of: Variable(rows), with: model.parameters.map { Variable($0) }).value
    }
}
