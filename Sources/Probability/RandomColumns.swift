import LinearAlgebra

/// Random numbers that a sampler needs for every point it draws.
enum RandomColumn {
    /// One number from [0, 1).
    case uniform
    /// Two of them.
    case uniformPair
    /// One number from (0, 1), for formulas that take a logarithm at both ends.
    case openUniform
    /// One standard normal number.
    case normal
    /// Two of them.
    case normalPair

    var width: Int { self == .normalPair || self == .uniformPair ? 2 : 1 }
}

extension RandomStream {
    /// Points, made from columns of random numbers a few thousand at a time, so that what they are made from stays in
    /// the processor's cache. They are the points that whole columns, drawn one after the other, would give.
    ///
    /// - Parameter points: a stretch of each column to the numbers of its points.
    mutating func drawn(_ count: Int, from columns: [RandomColumn], _ points: ([[Double]]) -> [Double]) -> [Double] {
        var streams = columns.map { setAside(count: $0.width * count) }
        var values: [Double] = []
        for start in stride(from: 0, to: count, by: stretch) {
            let size = min(stretch, count - start)
            let numbers = columns.indices.map { streams[$0].fill(columns[$0], size) }
            let part = points(numbers)
            if size == count { return part }
            if start == 0 { values.reserveCapacity(part.count / size * count) }
            values += part
        }
        return values
    }

    private mutating func fill(_ column: RandomColumn, _ count: Int) -> [Double] {
        switch column {
        case .uniform, .uniformPair: return uniforms(column.width * count)
        case .openUniform: return openUniforms(count)
        case .normal, .normalPair: return normals(column.width * count)
        }
    }

    /// `count` numbers from [0, 1).
    mutating func uniforms(_ count: Int) -> [Double] {
        let matrix: Matrix<Double> = uniform(shape: .vector(count))
        return matrix.values
    }

    /// `count` numbers from (0, 1), for formulas that take a logarithm at both ends.
    mutating func openUniforms(_ count: Int) -> [Double] {
        uniforms(count).map { $0 == 0 ? 0x1p-54 : $0 }
    }

    /// `count` standard normal numbers.
    mutating func normals(_ count: Int) -> [Double] {
        let matrix: Matrix<Double> = normal(shape: .vector(count))
        return matrix.values
    }
}

/// So many points at a time: whole groups of Philox blocks, and a few columns of them fit into 256 KB.
private let stretch = 4096

extension [Double] {
    /// The function of every number, by the kernels.
    func mapped(_ function: UnaryFunction) -> [Double] { Matrix(vector: self).map(function).values }
}
