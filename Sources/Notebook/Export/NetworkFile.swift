import Language
import Learning
import LinearAlgebra
import Words

/// A network in a file, in words and matrices: what safetensors and JSON have in common.
struct NetworkFile {
    /// What our files say that they are.
    static let format = "GAN playground network"

    let network: NetworkValue

    // MARK: Writing

    /// Names and matrices in order: W1, b1, W2, ...
    private var parameters: [(name: String, matrix: Matrix<Double>)] {
        let named = zip(network.model.parameterNames, network.model.parameters).map { (name: $0, matrix: $1) }
        return named + (network.model.company.map { [(name: "company", matrix: $0)] } ?? [])
    }

    /// Each weight matrix has a row for each number in, as in x @ W + b.
    var safetensors: Safetensors {
        let kind = Safetensors.kind(for: network.model.parameters)
        var words = [
            ("format", Self.format), ("activation", network.model.activation.rawValue),
            ("output", network.model.output.rawValue), ("steps", String(network.steps)),
        ]
        if let names = network.classNames {
            words.append(("classes", "[\(names.map(JSONText.string).joined(separator: ","))]"))
        }
        let tensors = parameters.map { Safetensors.Tensor(name: $0.name, matrix: $0.matrix, kind: kind) }
        return Safetensors(tensors: tensors, metadata: words.map { (key: $0.0, value: $0.1) })
    }

    /// The network as JSON, its numbers with all their digits.
    func json() throws(CellError) -> String {
        var matrices: [String] = []
        for (name, matrix) in parameters {
            matrices.append("    \(JSONText.string(name)): \(try MatrixJSON.text(of: matrix, called: name))")
        }
        let classes = network.classNames.map {
            "\n  \"classes\": [\($0.map(JSONText.string).joined(separator: ", "))],"
        }
        return """
            {
              "format": "\(Self.format)",
              "sizes": [\(network.model.sizes.map(String.init).joined(separator: ", "))],
              "activation": "\(network.model.activation.rawValue)",
              "output": "\(network.model.output.rawValue)",
              "steps": \(network.steps),\(classes ?? "")
              "parameters": {
            \(matrices.joined(separator: ",\n"))
              }
            }

            """
    }

    // MARK: Reading

    init(_ network: NetworkValue) { self.network = network }

    /// What a file says about a network besides its numbers.
    private struct Words {
        var activation = "relu"
        var output = "none"
        var steps = 0
        var classes: [String]?
    }

    /// Nil if the tensors are no network's.
    init?(_ file: Safetensors) throws(CellError) {
        let words = Dictionary(file.metadata.map { ($0.key, $0.value) }) { first, _ in first }
        let names = Set(file.tensors.map(\.name))
        guard words["format"] == Self.format || names.isSuperset(of: ["W1", "b1"]) else { return nil }
        var said = Words()
        said.activation = words["activation"] ?? said.activation
        said.output = words["output"] ?? said.output
        if let steps = words["steps"] {
            guard let number = Int(steps), number >= 0 else { throw Self.fault("`steps` is \(Wording.quoted(steps))") }
            said.steps = number
        }
        if let classes = words["classes"] {
            guard let items = (try? JSONValue(reading: Array(classes.utf8)))?.array,
                !items.contains(where: { $0.string == nil })
            else { throw Self.fault("`classes` is no list of names") }
            said.classes = items.compactMap(\.string)
        }
        let matrices = Dictionary(file.tensors.map { ($0.name, $0.matrix) }) { first, _ in first }
        try self.init(matrices, said)
    }

    /// Nil if the JSON does not say that it is a network.
    init?(_ json: JSONValue) throws(CellError) {
        guard json["format"]?.string == Self.format else { return nil }
        guard case .object(let parameters)? = json["parameters"] else { throw Self.fault("`parameters` is missing") }
        var matrices: [String: Matrix<Double>] = [:]
        for (name, value) in parameters { matrices[name] = try MatrixJSON.matrix(value, called: name) }
        var said = Words()
        said.activation = json["activation"]?.string ?? ""
        said.output = json["output"]?.string ?? ""
        if let steps = json["steps"] {
            guard let number = steps.count else { throw Self.fault("`steps` is no whole number") }
            said.steps = number
        }
        if let classes = json["classes"] {
            guard let items = classes.array, !items.contains(where: { $0.string == nil }) else {
                throw Self.fault("`classes` is no list of names")
            }
            said.classes = items.compactMap(\.string)
        }
        try self.init(matrices, said)
        if let sizes = json["sizes"]?.array, sizes.map(\.count) != network.model.sizes {
            throw Self.fault("`sizes` is not what the parameters are: \(network.model.sizes)")
        }
    }

    private init(_ matrices: [String: Matrix<Double>], _ said: Words) throws(CellError) {
        guard let activation = Activation(rawValue: said.activation) else {
            let help = Spelling.question(for: said.activation, among: Library.activations)
            throw Self.fault("there is no activation function \(Wording.quoted(said.activation))", help: help)
        }
        guard let output = MLP<Double>.Output(rawValue: said.output) else {
            let help = Spelling.question(for: said.output, among: Library.outputs)
            throw Self.fault("there is no output \(Wording.quoted(said.output))", help: help)
        }
        // What a discriminator has beside its layers.
        let extras = matrices.filter { ["T", "E", "company"].contains($0.key) }
        let names = MLP<Double>.parameterNames(count: matrices.count - extras.count)
        if let missing = names.first(where: { matrices[$0] == nil }) {
            throw Self.fault("`\(missing)` is missing; there are \(Wording.list(matrices.keys.sorted(), limit: 8))")
        }
        let model: MLP<Double>
        do throws(LearningError) {
            model = try MLP(
                parameters: names.compactMap { matrices[$0] }, extras: extras, activation: activation, output: output)
        } catch {
            throw Self.fault(error.words.message)
        }
        let outputs = model.outputs == 1 ? 2 : model.outputs
        if let classes = said.classes, classes.count != outputs {
            throw Self.fault("there are \(Wording.count(classes.count, "class name")), and \(outputs) classes")
        }
        network = NetworkValue(model, steps: said.steps, classNames: said.classes)
    }

    private static func fault(_ problem: String, help: String? = nil) -> CellError {
        CellError(.file, problem, help: help)
    }
}

/// Matrices as lists of JSON, row by row.
enum MatrixJSON {
    /// The matrix, number or vector.
    /// - Throws: for NaN and infinities, which JSON does not have, and for matrices without numbers.
    static func text(of matrix: Matrix<Double>, called name: String) throws(CellError) -> String {
        if let odd = matrix.values.firstIndex(where: { !$0.isFinite }) {
            throw CellError(
                .value,
                "\(name) has \(matrix[odd].shortest) in \(place(odd, in: matrix.shape)), which JSON cannot hold",
                help: "a .safetensors file can")
        }
        guard matrix.count > 0 || matrix.rank == 1 else {
            throw CellError(
                .value, "\(name) has the shape \(matrix.shape), which JSON cannot hold", help: "a .safetensors file can"
            )
        }
        func row(_ values: some Sequence<Double>) -> String { "[\(values.map(\.shortest).joined(separator: ", "))]" }
        switch matrix.rank {
        case 0: return matrix.number.shortest
        case 1: return row(matrix.values)
        default: return "[\((0..<matrix.rows).map { row(matrix.row($0)) }.joined(separator: ",\n      "))]"
        }
    }

    private static func place(_ index: Int, in shape: Shape) -> String {
        switch shape.rank {
        case 0: "it"
        case 1: "place \(index)"
        default: "row \(index / shape.columns), column \(index % shape.columns)"
        }
    }

    /// A number, a list of numbers or a list of rows of one length.
    static func matrix(_ value: JSONValue, called name: String) throws(CellError) -> Matrix<Double> {
        func fault(_ problem: String) -> CellError { CellError(.file, "\(name) \(problem)") }
        if let number = value.number { return Matrix(number) }
        guard let items = value.array else { throw fault("is no number, list of numbers or list of rows") }
        if items.allSatisfy({ $0.number != nil }) { return Matrix(vector: items.compactMap(\.number)) }
        let width = items[0].array?.count ?? 0
        var values: [Double] = []
        for (row, item) in items.enumerated() {
            guard let cells = item.array else { throw fault("has something in row \(row) that is no list of numbers") }
            guard cells.count == width else {
                throw fault("has \(cells.count) numbers in row \(row), and \(width) in row 0")
            }
            if let odd = cells.firstIndex(where: { $0.number == nil }) {
                throw fault("has something in row \(row), column \(odd) that is no number")
            }
            values += cells.compactMap(\.number)
        }
        return Matrix(shape: .matrix(items.count, width), values: values)
    }
}
