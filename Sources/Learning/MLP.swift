import Autodiff
import LinearAlgebra

/// A multilayer perceptron: dense layers x W + b with an activation function after each but the last.
///
/// A value: training makes a new one. With sizes [n, 1] it is a single neuron.
public struct MLP<Element: RealElement>: Hashable, Sendable {
    /// What is done to the numbers of the last layer.
    public enum Output: String, CaseIterable, Hashable, Sendable {
        /// Nothing: real numbers, or logits for a loss that takes them.
        case none
        /// Each into (0, 1): probabilities.
        case sigmoid
        /// Each into (-1, 1).
        case tanh
        /// A row into shares that sum to 1.
        case softmax
    }

    /// The numbers in: first; the numbers out: last; the neurons of the hidden layers between.
    public let sizes: [Int]
    /// The activation function after every hidden layer.
    public let activation: Activation
    /// What is done to the last layer's numbers.
    public let output: Output
    /// What a discriminator has beside its last layer.
    public internal(set) var head = DiscriminatorHead()
    /// With minibatch discrimination, the points among which each point is judged, as rows that the network takes; nil:
    /// the points that it is given are a batch, and are judged among themselves.
    public internal(set) var company: Matrix<Element>?
    /// W₁ (inputs x neurons), b₁ (a vector), W₂, b₂, ...; then those of the head: T (the last hidden layer x all numbers of
    /// all kernels), E (classes x the last hidden layer). With kernels the last weights have a row for each of them too.
    public var parameters: [Matrix<Element>]

    /// A network with freshly drawn weights and biases of 0.
    ///
    /// - Parameter initialiser: nil chooses the one that suits the activation; the last layer, which has none after it,
    ///   is drawn by Glorot's rule then.
    /// - Throws: `LearningError.outOfRange` with fewer than two sizes or a size below 1.
    public init(
        sizes: [Int], activation: Activation = .relu, output: Output = .none, initialiser: Initialiser? = nil,
        random: inout RandomStream
    ) throws(LearningError) {
        if sizes.count < 2 { throw .outOfRange(name: "sizes", value: Double(sizes.count), allowed: "2 or more") }
        if let bad = sizes.first(where: { $0 < 1 }) {
            throw .outOfRange(name: "sizes", value: Double(bad), allowed: "1 or more each")
        }
        self.sizes = sizes
        self.activation = activation
        self.output = output
        parameters = []
        for layer in 1..<sizes.count {
            let usual = layer == sizes.count - 1 ? Initialiser.glorot : activation.usualInitialiser
            let rule = initialiser ?? usual
            parameters.append(rule.weights(inputs: sizes[layer - 1], outputs: sizes[layer], random: &random))
            parameters.append(.zeros(.vector(sizes[layer])))
        }
    }

    /// A network of given weights and biases: W₁, b₁, W₂, b₂, ...
    ///
    /// - Throws: `LearningError.outOfRange` when the numbers of rows and columns do not go together.
    public init(
        parameters: [Matrix<Element>], activation: Activation, output: Output
    ) throws(LearningError) {
        func check(_ what: String, _ index: Int, _ got: Int, _ wanted: Int, _ reason: String = "") throws(LearningError)
        {
            guard got != wanted else { return }
            let name = "\(what) of \(Self.parameterName(index))"
            throw .outOfRange(name: name, value: Double(got), allowed: "\(wanted)\(reason)")
        }
        guard parameters.count >= 2, parameters.count % 2 == 0 else {
            let allowed = "even and 2 or more, weights and biases by turns"
            throw .outOfRange(name: "number of parameters", value: Double(parameters.count), allowed: allowed)
        }
        var sizes = [parameters[0].rows]
        for (index, matrix) in parameters.enumerated() {
            let isBias = index % 2 == 1
            try check("number of axes", index, matrix.rank, isBias ? 1 : 2)
            if isBias {
                try check("length", index, matrix.count, sizes[sizes.count - 1], ", as its weights have columns")
            } else {
                try check("number of rows", index, matrix.rows, sizes[sizes.count - 1], ", as the layer before gives")
                sizes.append(matrix.columns)
            }
        }
        if let bad = sizes.first(where: { $0 < 1 }) {
            throw .outOfRange(name: "sizes", value: Double(bad), allowed: "1 or more each")
        }
        (self.sizes, self.activation, self.output, self.parameters) = (sizes, activation, output, parameters)
    }

    /// The same network in the other precision.
    public init<Other>(_ other: MLP<Other>) {
        sizes = other.sizes
        activation = other.activation
        output = MLP.Output(rawValue: other.output.rawValue) ?? .none
        parameters = other.parameters.map { Matrix($0) }
        head = other.head
        company = other.company.map { Matrix($0) }
    }

    /// The numbers that a point has.
    public var inputs: Int { sizes[0] }
    /// The numbers that come out.
    public var outputs: Int { sizes[sizes.count - 1] }
    /// All weights and biases.
    public var parameterCount: Int { parameters.reduce(0) { $0 + $1.count } }

    /// One row of the table of layers.
    public struct LayerSummary: Hashable, Sendable {
        /// What it is called: its number, or what it is of a head.
        public let name: String
        /// Numbers in and out.
        public let inputs: Int, outputs: Int
        /// What is done after it: an activation's or an output's name; `none` for nothing.
        public let after: String
        /// Its weights and biases.
        public let parameters: Int
    }

    /// The layers, from the input on, and what the head has beside the last.
    public var layers: [LayerSummary] {
        let dense = (1..<sizes.count).map { layer in
            let after = layer == sizes.count - 1 ? output.rawValue : activation.rawValue
            let (n, m) = (parameters[2 * layer - 2].rows, sizes[layer])
            return LayerSummary(name: String(layer), inputs: n, outputs: m, after: after, parameters: n * m + m)
        }
        return Array(dense.dropLast()) + headLayers + dense.suffix(1)
    }

    /// The names of the parameters of the layers: W1, b1, W2, ...
    public static func parameterNames(count: Int) -> [String] { (0..<count).map(parameterName) }

    /// The name of a parameter of a layer.
    static func parameterName(_ index: Int) -> String { (index % 2 == 0 ? "W" : "b") + String(index / 2 + 1) }

    /// The names of the parameters: W1, b1, W2, ..., and T and E of a head.
    public var parameterNames: [String] { Self.parameterNames(count: denseCount) + head.parameterNames }

    /// The parameters as leaves of a graph, to be differentiated for.
    public var variables: [Variable<Element>] {
        zip(parameters, parameterNames).map { .parameter($0, name: $1) }
    }

    /// The network's answer to points, one a row; a vector is one point. Where it has a projection the numbers that name
    /// the class stand beside those of each point.
    ///
    /// - Throws: `ShapeError` when the points have another dimension.
    public func callAsFunction(_ x: Variable<Element>) throws(ShapeError) -> Variable<Element> {
        try finished(logits(of: x, with: variables))
    }

    /// What the last layer computes, before `output` is applied to it, with these variables in the parameters' place.
    public func logits(
        of x: Variable<Element>, with variables: [Variable<Element>]
    ) throws(ShapeError) -> Variable<Element> {
        let (points, classes) = try parted(x)
        return try answer(hidden(sizes.count - 2, of: points, with: variables), classes, with: variables)
    }

    /// What the neurons of a hidden layer answer, one column a neuron; layer 1 comes first, and 0 are the points.
    public func hidden(
        _ layer: Int, of x: Variable<Element>, with variables: [Variable<Element>]
    ) throws(ShapeError) -> Variable<Element> {
        try hidden(layer, after: 0, parted(x).points, with: variables)
    }

    /// The same from what the neurons of an earlier hidden layer answered.
    func hidden(
        _ layer: Int, after earlier: Int, _ signal: Variable<Element>, with variables: [Variable<Element>]
    ) throws(ShapeError) -> Variable<Element> {
        var signal = signal
        for index in earlier..<layer {
            signal = activation(try signal.matmul(variables[2 * index]) + variables[2 * index + 1])
        }
        return signal
    }

    /// `output` applied to logits.
    public func finished(_ logits: Variable<Element>) throws(ShapeError) -> Variable<Element> {
        switch output {
        case .none: logits
        case .sigmoid: logits.sigmoid()
        case .tanh: logits.tanh()
        case .softmax: try softmax(logits)
        }
    }
}

extension MLP {
    /// Rows that are answered at once where there are many: what lies between the layers then stays in the processor's
    /// own memory.
    private static var rowsAtOnce: Int { 256 }

    /// The answers to many points, one a row, without gradients.
    ///
    /// - Parameter isFinished: whether `output` is applied to the last layer's numbers.
    /// - Throws: `ShapeError` when the points have another dimension.
    func answers(to points: Matrix<Element>, finished isFinished: Bool = true) throws(ShapeError) -> Matrix<Element> {
        let still = parameters.map { Variable($0) }
        func answers(to rows: Matrix<Element>) throws(ShapeError) -> Matrix<Element> {
            let logits = try logits(of: Variable(rows), with: still)
            return try isFinished ? finished(logits).value : logits.value
        }
        // With minibatch discrimination and no company of its own, a batch must stay together.
        let isBatch = head.kernels > 0 && company == nil
        guard points.rank == 2, points.rows > Self.rowsAtOnce, !isBatch else { return try answers(to: points) }
        let parts = try stride(from: 0, to: points.rows, by: Self.rowsAtOnce).map { (start) throws(ShapeError) in
            try answers(to: points.rows(start..<Swift.min(start + Self.rowsAtOnce, points.rows)))
        }
        return try .concatenated(parts)
    }
}
