import Autodiff
import LinearAlgebra

/// How D judges inside a step: with all that the settings put between the points and its answer.
struct GameJudge {
    let model: MLP<Float>
    let settings: Game.Settings
    let recorder: Recorder<Float>
    /// The standard deviation of instance noise, where there is some.
    let blur: Variable<Float>?
    /// For each layer's weights, the direction that they stretch most, as far as it is known (1 x inputs); empty without
    /// spectral normalisation.
    var spectra: [Variable<Float>]
    /// The numbers of a point, and of the class beside it.
    let widths: (point: Int, classes: Int)

    /// 1 for the numbers of points in a row that D sees, 0 for their classes; nil where there are none.
    var mask: Variable<Float>? { mask(settings.packing) }

    private func mask(_ points: Int) -> Variable<Float>? {
        guard widths.classes > 0 else { return nil }
        let one = [Float](repeating: 1, count: widths.point) + [Float](repeating: 0, count: widths.classes)
        let values = [[Float]](repeating: one, count: points).flatMap { $0 }
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
            if let mask = mask(1) { noise = try noise * mask }
            points = try points + noise
        }
        let shape = points.shape
        return try points.reshaped(.matrix(shape.rows / settings.packing, shape.columns * settings.packing))
    }

    /// D's logits, a row a packed row of points, with these variables in its parameters' place.
    func logits(of points: Variable<Float>, with parameters: [Variable<Float>]) throws(ShapeError) -> Variable<Float> {
        let parameters = try SpectralNorm.normalised(parameters, spectra).parameters
        if settings.dropout == 0 { return try model.logits(of: points, with: parameters) }
        var signal = points
        let layers = parameters.count / 2
        for layer in 0..<layers {
            signal = try signal.matmul(parameters[2 * layer]) + parameters[2 * layer + 1]
            if layer < layers - 1 { signal = try thinned(model.activation(signal)) }
        }
        return signal
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
    /// - Parameter spectra: a direction for each layer; with none the parameters come back as they are.
    static func normalised(
        _ parameters: [Variable<Float>], _ spectra: [Variable<Float>]
    ) throws(ShapeError) -> (parameters: [Variable<Float>], spectra: [Variable<Float>]) {
        var (result, next) = (parameters, spectra)
        for (layer, direction) in spectra.enumerated() {
            let weights = parameters[2 * layer]
            let image = try unit(direction.matmul(weights.detached))
            next[layer] = try unit(
                image.matmul(weights.detached, transposingLeft: false, transposingRight: true))
            let stretch = try (next[layer].matmul(weights) * image).sum()
            result[2 * layer] = try weights / stretch
        }
        return (result, next)
    }

    private static func unit(_ row: Variable<Float>) throws(ShapeError) -> Variable<Float> {
        try row / (row.square().sum().squareRoot() + 1e-12)
    }
}

extension Game {
    /// The discriminator as it judges: its weights divided by their norms where the game normalises them.
    public var judge: MLP<Float> {
        var model = discriminator.model
        let layers = model.sizes.count - 1
        guard settings.penalties.isSpectral else { return model }
        let parameters = model.parameters.map { Variable($0) }
        let spectra = (0..<layers).map { layer in
            Variable(memory["D.spectrum\(layer)"] ?? SpectralNorm.start(for: model.parameters[2 * layer]))
        }
        if let normalised = try? SpectralNorm.normalised(parameters, spectra) {
            model.parameters = normalised.parameters.map(\.value)
        }
        return model
    }
}
