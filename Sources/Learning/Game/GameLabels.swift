import Autodiff
import LinearAlgebra
import Probability

extension Game {
    /// How both players are told which class a point is to be of.
    public enum Conditioning: String, CaseIterable, Hashable, Sendable {
        /// They are not told.
        case none
        /// The class stands beside G's noise and beside D's point, as a row of zeros with a one (Mirza & Osindero 2014,
        /// arXiv:1411.1784).
        case concat
        /// The class stands beside G's noise as in `concat`; in D it is multiplied with what D has made of the point before
        /// the last layer (Miyato & Koyama 2018, arXiv:1802.05637), so that D takes points alone.
        case projection
    }

    /// The classes that the players are told of; 0 where they are told of none.
    public var classes: Int { settings.classes(of: data) }

    /// The numbers of noise that G takes; what else it takes says which class is wanted.
    public var noiseWidth: Int { generator.model.inputs - classes }

    /// What G makes points of: noise, and beside it the classes, where it is told of any.
    ///
    /// - Parameter label: the class of all of them; nil for classes as frequent as they are among the data.
    public func latent(
        _ count: Int, label: Int? = nil, using random: inout RandomStream
    ) -> (input: Matrix<Float>, labels: [Int]) {
        let noise = settings.noise.draw(.matrix(max(count, 0), noiseWidth), &random)
        guard classes > 0 else { return (noise, []) }
        let labels = label.map { [Int](repeating: $0, count: noise.rows) } ?? data.labels(noise.rows, using: &random)
        return (noise.beside(labels, of: classes), labels)
    }

    /// Real points as D takes them: with their classes beside them, where it is told of any.
    public func realRows(_ count: Int, using random: inout RandomStream) -> Matrix<Float> {
        guard classes > 0 else { return data.sample(count, using: &random) }
        let (points, labels) = data.labelled(count, using: &random)
        return points.beside(labels, of: classes)
    }

    /// D's numbers for points, a point a row. Where D is told of classes: for the class, or for the one that suits each
    /// point best.
    public func logits<Element: RealElement>(
        of points: Matrix<Element>, label: Int? = nil
    ) throws(ShapeError) -> Matrix<Element> {
        let judge = MLP<Element>(judge)
        guard classes > 0 else { return try judge.answers(to: points, finished: false) }
        var best: Matrix<Element>?
        for label in label.map({ $0...$0 }) ?? 0...classes - 1 {
            let rows = points.beside([Int](repeating: label, count: points.rows), of: classes)
            let logits = try judge.answers(to: rows, finished: false)
            best = best.map { Matrix(shape: $0.shape, values: zip($0.values, logits.values).map(max)) } ?? logits
        }
        return best ?? .zeros(.matrix(points.rows, 1))
    }
}

extension Game.Settings {
    /// The classes that these rules tell the players of.
    public func classes(of data: Game.Data) -> Int { conditioning == .none ? 0 : data.classes }

    /// The numbers that D takes for a row: of each point packed into it and, where the class stands beside it, of that.
    public func discriminatorInputs(for data: Game.Data) -> Int {
        (data.dimension + (conditioning == .concat ? classes(of: data) : 0)) * packing
    }

    /// What D has beside its last layer by these rules.
    func head(for data: Game.Data) -> DiscriminatorHead {
        DiscriminatorHead(
            kernels: minibatchKernels, dims: minibatchDims,
            classes: conditioning == .projection ? classes(of: data) * packing : 0)
    }
}

extension Matrix {
    /// A row for each class: zeros with a one.
    static func classes(_ labels: [Int], of classes: Int) -> Matrix {
        Matrix.zeros(.matrix(labels.count, 0)).beside(labels, of: classes)
    }

    /// The rows with the class of each beside it, as zeros with a one.
    public func beside(_ labels: [Int], of classes: Int) -> Matrix {
        var values: [Element] = []
        values.reserveCapacity(rows * (columns + classes))
        for (row, label) in labels.enumerated() {
            values += self.row(row)
            values += (0..<classes).map { $0 == label ? 1 : 0 }
        }
        return Matrix(shape: .matrix(labels.count, columns + classes), values: values)
    }
}

extension Game.Data {
    /// The classes that the points are of: those that were given with a finite sample, or the parts of the distribution
    /// that they are drawn from; 0 where there is no telling them apart.
    public var classes: Int {
        let count =
            switch source {
            case .points: (labels?.max() ?? -1) + 1
            case .bumps(let centers, _, _): centers.rows
            case .draws(let distribution): (distribution as? any LabelledDistribution)?.parts.count ?? 0
            }
        return count < 2 ? 0 : count
    }

    /// What the classes are called: their numbers, where they have no names.
    public var classNames: [String] {
        if let names { return names }
        if case .draws(let distribution as any LabelledDistribution) = source { return distribution.parts.map(\.name) }
        return (0..<classes).map(String.init)
    }

    /// A finite sample with the class of each point, a whole number from 0.
    ///
    /// - Parameter names: what the classes are called, where they have names.
    /// - Throws: `LearningError` also when there is not a class for every point, or one is negative or above 999.
    public init(points: Matrix<Double>, labels: [Int], names: [String]? = nil) throws(LearningError) {
        try self.init(points: points)
        let count = self.points?.rows ?? 0
        if labels.count != count { throw .lengthMismatch(expected: count, got: labels.count) }
        if let row = labels.firstIndex(where: { !(0...999).contains($0) }) {
            throw .unusableLabel(row: row, value: Double(labels[row]))
        }
        self.labels = labels
        self.names = names
    }

    /// Classes as frequent as among the points.
    public func labels(_ count: Int, using random: inout RandomStream) -> [Int] {
        if case .draws(let distribution as any LabelledDistribution) = source {
            return distribution.drawnParts(count, using: &random)
        }
        return (0..<count).map { _ in
            labels.map { $0[random.integer(below: $0.count)] } ?? random.integer(below: max(classes, 1))
        }
    }

    /// Real points and their classes.
    public func labelled(_ count: Int, using random: inout RandomStream) -> (points: Matrix<Float>, labels: [Int]) {
        switch source {
        case .points(let points):
            let rows = (0..<count).map { _ in random.integer(below: points.rows) }
            let values = rows.flatMap { points.row($0) }
            return (
                Matrix(shape: .matrix(count, points.columns), values: values), rows.map { labels?[$0] ?? 0 }
            )
        case .bumps(let centers, let deviations, _):
            let labels = self.labels(count, using: &random)
            let noise: Matrix<Float> = random.normal(shape: .matrix(count, centers.columns))
            let values = labels.enumerated().flatMap { row, label in
                zip(centers.row(label), noise.row(row)).map { $0 + $1 * deviations[label] }
            }
            return (Matrix(shape: noise.shape, values: values), labels)
        case .draws(let distribution):
            guard let parts = distribution as? any LabelledDistribution else {
                return (sample(count, using: &random), [Int](repeating: 0, count: count))
            }
            let (points, labels) = parts.labelledSample(count: count, using: &random)
            return (Matrix(points), labels)
        }
    }
}
