import Autodiff
import LinearAlgebra

/// What a discriminator has on its last hidden layer h (its points themselves, where it has no hidden layer) beside the
/// last layer.
///
/// - Minibatch discrimination (Salimans et al. 2016, arXiv:1606.03498, section 3.2): M = h T is compared between the points
///   of a batch, o(x_i)_b = Σ_j exp(-|M_ib - M_jb|₁) / n, and o goes into the last layer beside h. The sum is divided by
///   the n points of the batch, so that D's numbers do not depend on how many they are; the weights that come after make
///   up for a constant factor.
/// - Projection (Miyato & Koyama 2018, arXiv:1802.05637, equation 3): y^T E h is added to D's number, y being the class as
///   a row of zeros with a one.
public struct DiscriminatorHead: Hashable, Sendable {
    /// B, the kernels of minibatch discrimination: so many numbers stand beside h; 0 for none.
    public var kernels = 0
    /// C, the numbers by which each kernel compares two points.
    public var dims = 3
    /// The numbers that stand beside a point and name its class; 0 for none.
    public var classes = 0

    /// Nothing besides the last layer.
    public init() {}

    /// So many kernels of so many numbers, and a projection for so many classes.
    public init(kernels: Int = 0, dims: Int = 3, classes: Int = 0) {
        self.kernels = kernels
        self.dims = dims
        self.classes = classes
    }

    /// The names of the matrices that it adds to the parameters of a network.
    public var parameterNames: [String] { (kernels > 0 ? ["T"] : []) + (classes > 0 ? ["E"] : []) }

    /// Whether the numbers of both come from parameters of the same shapes.
    func hasShapes(of other: Self) -> Bool {
        kernels == other.kernels && classes == other.classes && (kernels == 0 || dims == other.dims)
    }
}

// MARK: Making one

extension MLP {
    /// The numbers of the last hidden layer.
    var features: Int { sizes[sizes.count - 2] }

    /// What the head does, as rows of the table of layers.
    var headLayers: [LayerSummary] {
        var rows: [LayerSummary] = []
        if head.kernels > 0 {
            rows.append(
                LayerSummary(
                    name: "minibatch", inputs: features, outputs: head.kernels, after: "none",
                    parameters: features * head.kernels * head.dims))
        }
        if head.classes > 0 {
            rows.append(
                LayerSummary(
                    name: "projection", inputs: head.classes, outputs: features, after: "none",
                    parameters: head.classes * features))
        }
        return rows
    }

    /// The weights and biases of the layers; what follows them among the parameters is the head's.
    var denseCount: Int { 2 * (sizes.count - 1) }

    /// The parameters that are weights: they stretch what they are given.
    var weightIndices: [Int] { Array(stride(from: 0, to: denseCount, by: 2)) + Array(denseCount..<parameters.count) }

    /// The network with another head. What of the head stays keeps its numbers. New kernels are drawn, and the last layer
    /// does not listen to them yet, so that the network answers as before; a new projection is drawn too.
    public func with(_ head: DiscriminatorHead, random: inout RandomStream) -> MLP {
        if head.hasShapes(of: self.head) { return self }
        var next = self
        let last = denseCount - 2
        next.head = head
        next.company = nil
        next.parameters = Array(parameters[..<denseCount])
        let keepsKernels = head.kernels == self.head.kernels && head.dims == self.head.dims
        if !keepsKernels {
            let own = parameters[last].values.prefix(features * outputs)
            next.parameters[last] = Matrix(
                shape: .matrix(features + head.kernels, outputs),
                values: own + [Element](repeating: 0, count: head.kernels * outputs))
        }
        func weights(_ inputs: Int, _ outputs: Int) -> Matrix<Element> {
            Initialiser.glorot.weights(inputs: inputs, outputs: outputs, random: &random)
        }
        if head.kernels > 0 {
            next.parameters.append(keepsKernels ? parameters[denseCount] : weights(features, head.kernels * head.dims))
        }
        if head.classes > 0 {
            let isKept = head.classes == self.head.classes
            next.parameters.append(isKept ? parameters[parameters.count - 1] : weights(head.classes, features))
        }
        return next
    }

    /// A network of given parameters: W₁, b₁, W₂, b₂, ..., and what a head has by its names T and E; with T also the
    /// points among which it judges, where they are known.
    ///
    /// - Throws: `LearningError.outOfRange` when the numbers of rows and columns do not go together.
    public init(
        parameters: [Matrix<Element>], extras: [String: Matrix<Element>], activation: Activation, output: Output
    ) throws(LearningError) {
        let head = try Self.head(parameters, extras)
        var dense = parameters
        if head.kernels > 0, let last = dense.indices.dropLast().last {
            let (rows, columns) = (dense[last].rows - head.kernels, dense[last].columns)
            dense[last] = Matrix(
                shape: .matrix(rows, columns), values: Array(dense[last].values.prefix(rows * columns)))
        }
        try self.init(parameters: dense, activation: activation, output: output)
        self.head = head
        self.parameters = parameters + head.parameterNames.compactMap { extras[$0] }
        if let company = extras["company"], head.kernels > 0 {
            let width = inputs + head.classes
            try Self.check("number of columns of company", company.columns, width, company.rank == 2)
            self.company = company
        }
    }

    private static func check(_ what: String, _ got: Int, _ wanted: Int, _ isMatrix: Bool) throws(LearningError) {
        if got != wanted || !isMatrix { throw .outOfRange(name: what, value: Double(got), allowed: "\(wanted)") }
    }

    /// What the matrices T and E say of a head on layers with these parameters.
    private static func head(
        _ parameters: [Matrix<Element>], _ extras: [String: Matrix<Element>]
    ) throws(LearningError) -> DiscriminatorHead {
        var head = DiscriminatorHead()
        guard parameters.count >= 2, parameters.allSatisfy({ $0.rank <= 2 }) else { return head }
        let last = parameters[parameters.count - 2]
        if let kernels = extras["T"] {
            head.kernels = last.rows - kernels.rows
            guard head.kernels > 0, kernels.rank == 2, kernels.columns > 0, kernels.columns % head.kernels == 0 else {
                let allowed = "a multiple of the rows that the last weights have beyond those of T"
                throw .outOfRange(name: "number of columns of T", value: Double(kernels.columns), allowed: allowed)
            }
            head.dims = kernels.columns / head.kernels
        }
        if let classes = extras["E"] {
            try check("number of columns of E", classes.columns, last.rows - head.kernels, classes.rank == 2)
            head.classes = classes.rows
        }
        return head
    }

    /// The network as it judges each point by itself: as one among these, which are rows such as it takes.
    public func among(_ company: Matrix<Element>?) -> MLP {
        var next = self
        next.company = head.kernels > 0 ? company : nil
        return next
    }
}

// MARK: What it computes

extension MLP {
    /// Points, and the classes that stand beside them.
    func parted(
        _ rows: Variable<Element>
    ) throws(ShapeError) -> (points: Variable<Element>, classes: Variable<Element>?) {
        guard head.classes > 0, rows.shape.columns == inputs + head.classes else { return (rows, nil) }
        return (try rows.columns(0..<inputs), try rows.columns(inputs..<inputs + head.classes))
    }

    /// The last layer's numbers from those of the last hidden one, all rows being one batch.
    ///
    /// - Parameter classes: n x classes, for a projection.
    func answer(
        _ hidden: Variable<Element>, _ classes: Variable<Element>?, with variables: [Variable<Element>]
    ) throws(ShapeError) -> Variable<Element> {
        let (weights, bias) = (variables[denseCount - 2], variables[denseCount - 1])
        guard head.kernels > 0 || head.classes > 0 else { return try hidden.matmul(weights) + bias }
        var signal = hidden
        if head.kernels > 0 {
            signal = try .concatenated([hidden, closeness(of: hidden, with: variables)], axis: 1)
        }
        let answer = try signal.matmul(weights) + bias
        guard head.classes > 0 else { return answer }
        guard let classes else {
            throw ShapeError(
                "projection", [hidden.shape],
                reason: "\(head.classes) numbers for the class are missing beside the \(inputs) of a point")
        }
        let directions = try classes.matmul(variables[variables.count - 1])
        return try answer + (hidden * directions).sum(axis: 1, keepingAxis: true)
    }

    /// o(x): for each point and each kernel, how near the others of its batch are on average, itself included.
    private func closeness(
        of hidden: Variable<Element>, with variables: [Variable<Element>]
    ) throws(ShapeError) -> Variable<Element> {
        let own = try hidden.matmul(variables[denseCount])
        guard let company else {
            return try Self.nearness(of: own, to: own, head) / Element(own.shape.rows)
        }
        let (points, _) = try parted(Variable(company))
        let others = try self.hidden(sizes.count - 2, of: points, with: variables).matmul(variables[denseCount])
        // A point that is alone in its batch is near to itself: that counts as 1.
        return try (Self.nearness(of: own, to: others, head) + 1) / Element(others.shape.rows + 1)
    }

    /// Σ_j exp(-|M_ib - N_jb|₁): a row for each row i of M, a column for each kernel b.
    static func nearness(
        of m: Variable<Element>, to n: Variable<Element>, _ head: DiscriminatorHead
    ) throws(ShapeError) -> Variable<Element> {
        var columns: [Variable<Element>] = []
        for kernel in 0..<head.kernels {
            var distance: Variable<Element>?
            for column in kernel * head.dims..<(kernel + 1) * head.dims {
                let others = try n.columns(column..<column + 1).reshaped(.matrix(1, n.shape.rows))
                let apart = try (m.columns(column..<column + 1) - others).absolute()
                distance = try distance.map { (sum) throws(ShapeError) in try sum + apart } ?? apart
            }
            if let distance { columns.append(try (-distance).exp().sum(axis: 1, keepingAxis: true)) }
        }
        return columns.count == 1 ? columns[0] : try .concatenated(columns, axis: 1)
    }
}
