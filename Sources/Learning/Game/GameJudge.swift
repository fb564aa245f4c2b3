import Autodiff
import LinearAlgebra

/// How D judges inside a step: with all that the settings put between the points and its answer.
struct GameJudge {
    let model: MLP<Float>
    let settings: Game.Settings
    let recorder: Recorder<Float>
    /// The standard deviation of instance noise, where there is some.
    let blur: Variable<Float>?
    /// For each of D's weight matrices, the direction that it stretches most, as far as it is known (1 x inputs); empty
    /// without spectral normalisation.
    var spectra: [Variable<Float>]
    /// The numbers of a point, and of the class beside it.
    let widths: (point: Int, classes: Int)

    /// 1 for the numbers of points in a row that D sees, 0 for their classes; nil where there are none.
    var mask: Variable<Float>? {
        guard let mask = maskOfPoint else { return nil }
        let rows = Matrix(rows: [[Float]](repeating: mask.value.values, count: settings.packing))
        return try? settings.packed(Variable(rows), widths)
    }

    /// The same for a single point.
    private var maskOfPoint: Variable<Float>? {
        guard widths.classes > 0 else { return nil }
        let values = [Float](repeating: 1, count: widths.point) + [Float](repeating: 0, count: widths.classes)
        return Variable(Matrix(shape: .matrix(1, values.count), values: values))
    }

    /// The classes that stand beside points; nil where none do.
    func classes(of rows: Variable<Float>) throws(ShapeError) -> Variable<Float>? {
        guard widths.classes > 0 else { return nil }
        let zeros = Matrix<Float>.zeros(.matrix(widths.point, widths.classes))
        let identity = Matrix<Float>.classes(Array(0..<widths.classes), of: widths.classes)
        return try rows.detached.matmul(Variable(Matrix.concatenated([zeros, identity])))
    }

    /// Points as D sees them: with instance noise, if there is some, and so many to a row as are packed.
    func seen(_ points: Variable<Float>) throws(ShapeError) -> Variable<Float> {
        var points = points
        if let blur {
            var noise = try recorder.normal(points.shape) * blur
            if let mask = maskOfPoint { noise = try noise * mask }
            points = try points + noise
        }
        return try settings.packed(points, widths)
    }

    /// D's logits, a row a packed row of points, with these variables in its parameters' place.
    func logits(of points: Variable<Float>, with parameters: [Variable<Float>]) throws(ShapeError) -> Variable<Float> {
        let parameters = try SpectralNorm.normalised(parameters, at: model.weightIndices, spectra).parameters
        if settings.dropout == 0 { return try model.logits(of: points, with: parameters) }
        var (signal, classes) = try model.parted(points)
        for layer in 0..<model.sizes.count - 2 {
            signal = try thinned(model.activation(signal.matmul(parameters[2 * layer]) + parameters[2 * layer + 1]))
        }
        return try model.answer(signal, classes, with: parameters)
    }

    /// One more step of the search for the directions that weights stretch most.
    mutating func turnSpectra(_ parameters: [Variable<Float>]) throws(ShapeError) {
        spectra = try SpectralNorm.normalised(parameters.map(\.detached), at: model.weightIndices, spectra).spectra
    }

    /// Each number is dropped with the probability of dropout, and those that stay are lengthened to make up for it
    /// (Srivastava et al. 2014).
    private func thinned(_ signal: Variable<Float>) throws(ShapeError) -> Variable<Float> {
        let share = Float(settings.dropout)
        let stays = recorder.uniform(signal.shape).combined(with: share, by: .greaterOrEqual)
        return try signal * (stays * (1 / (1 - share)))
    }
}

/// Spectral normalisation (Miyato et al. 2018, arXiv:1802.05957): weights are divided by their largest singular value, so
/// that no layer stretches anything.
enum SpectralNorm {
    /// Where the search for a direction begins.
    static func start(for weights: Matrix<Float>) -> Matrix<Float> {
        Matrix(repeating: 1 / Float(weights.rows).squareRoot(), shape: .matrix(1, weights.rows))
    }

    /// Parameters with their weights divided, and the directions after one more step of the power method.
    ///
    /// - Parameters:
    ///   - places: which of the parameters are weights.
    ///   - spectra: a direction for each of these; with none the parameters come back as they are.
    static func normalised<Element: RealElement>(
        _ parameters: [Variable<Element>], at places: [Int], _ spectra: [Variable<Element>]
    ) throws(ShapeError) -> (parameters: [Variable<Element>], spectra: [Variable<Element>]) {
        var (result, next) = (parameters, spectra)
        for (number, (place, direction)) in zip(places, spectra).enumerated() {
            let weights = parameters[place]
            let image = try unit(direction.matmul(weights.detached))
            next[number] = try unit(
                image.matmul(weights.detached, transposingLeft: false, transposingRight: true))
            let stretch = try (next[number].matmul(weights) * image).sum()
            result[place] = try weights / stretch
        }
        return (result, next)
    }

    private static func unit<Element: RealElement>(_ row: Variable<Element>) throws(ShapeError) -> Variable<Element> {
        try row / (row.square().sum().squareRoot() + 1e-12)
    }
}

extension Game {
    /// The discriminator as it judges a point by itself: its weights divided by their norms where the game normalises them.
    ///
    /// With minibatch discrimination D's number for a point depends on the company that it is in, and in a step real
    /// points come in batches of real ones. Here each point is judged as one in a batch that is real but for itself, always
    /// the same one: what D would say if this point turned up among the data.
    public var judge: MLP<Float> { judgeOfBatches.among(company) }

    /// The discriminator as it judges in a step: a batch at a time, of made-up points or of real ones.
    public var judgeOfBatches: MLP<Float> {
        var model = discriminator.model
        guard settings.penalties.isSpectral else { return model }
        let parameters = model.parameters.map { Variable($0) }
        let spectra = spectra.map { Variable($0) }
        if let normalised = try? SpectralNorm.normalised(parameters, at: model.weightIndices, spectra) {
            model.parameters = normalised.parameters.map(\.value)
        }
        return model
    }

    /// For each of D's weight matrices, the direction that it stretches most, as far as it is known.
    var spectra: [Matrix<Float>] {
        let model = discriminator.model
        return model.weightIndices.enumerated().map { number, place in
            memory["D.spectrum\(number)"] ?? SpectralNorm.start(for: model.parameters[place])
        }
    }

    /// A batch of real rows less one.
    private var company: Matrix<Float>? {
        guard settings.minibatchKernels > 0 else { return nil }
        var random = RandomStream(seed: 1)
        let rows = realRows(max(settings.batch - settings.packing, 0), using: &random)
        return (try? settings.packed(Variable(rows), (data.dimension, classes)))?.value
    }

    /// D's numbers for rows of points, all real or all made up, in batches such as a step has: with minibatch
    /// discrimination points are judged among those of their batch. Points that fill no pack are left out.
    func logits<Element: RealElement>(
        ofRows rows: Variable<Element>, by model: MLP<Element>, with parameters: [Variable<Element>]
    ) throws(ShapeError) -> Variable<Element> {
        try logits(ofPacks: settings.packed(rows, (data.dimension, classes)), by: model, with: parameters)
    }

    /// The same for rows that are packed already.
    func logits<Element: RealElement>(
        ofPacks rows: Variable<Element>, by model: MLP<Element>, with parameters: [Variable<Element>]
    ) throws(ShapeError) -> Variable<Element> {
        let (count, batch) = (rows.shape.rows, settings.batch / settings.packing)
        if model.head.kernels == 0 || count <= batch { return try model.logits(of: rows, with: parameters) }
        let parts = try stride(from: 0, to: count - count % batch, by: batch).map { (start) throws(ShapeError) in
            try model.logits(of: rows.rows(start..<start + batch), with: parameters)
        }
        return try .concatenated(parts, axis: 0)
    }
}

extension Game.Settings {
    /// Points in rows, with their classes beside them, as D takes them: so many to a row as are packed. Before a projection
    /// all points of a row come first and then all their classes. What fills no pack is left out.
    func packed<Element: RealElement>(
        _ rows: Variable<Element>, _ widths: (point: Int, classes: Int)
    ) throws(ShapeError) -> Variable<Element> {
        if packing == 1 { return rows }
        let (count, width) = (rows.shape.rows / packing, rows.shape.columns)
        let whole = count * packing == rows.shape.rows ? rows : try rows.rows(0..<count * packing)
        let packs = try whole.reshaped(.matrix(count, width * packing))
        guard conditioning == .projection, widths.classes > 0 else { return packs }
        var parts: [Variable<Element>] = []
        for range in [0..<widths.point, widths.point..<width] {
            for place in 0..<packing {
                parts.append(
                    try packs.columns(place * width + range.lowerBound..<place * width + range.upperBound))
            }
        }
        return try .concatenated(parts, axis: 1)
    }
}
