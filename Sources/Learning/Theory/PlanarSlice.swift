import Autodiff
import LinearAlgebra

extension Game {
    /// This game with all numbers of the players held still but one of each: a game of two numbers, on points and noise
    /// that stay the same. Penalties are left out.
    ///
    /// - Parameters:
    ///   - generator: which of G's numbers moves, counted through W1 row by row, b1, W2, ...; nil: the last, a bias of its
    ///     output.
    ///   - discriminator: which of D's; nil: the first, a weight of its input.
    ///   - count: points of each sort.
    /// - Throws: `LearningError.outOfRange` for a number that there is not.
    public func planar(
        generator: Int? = nil, discriminator: Int? = nil, count: Int = 512
    ) throws(LearningError) -> PlanarGame {
        let (maker, judge) = (MLP<Double>(self.generator.model), MLP<Double>(self.discriminator.model))
        let ofG = try MovingParameter(of: maker, at: generator ?? maker.parameterCount - 1, "g")
        let ofD = try MovingParameter(of: judge, at: discriminator ?? 0, "d")
        var random = RandomStream(seed: 1)
        let real = Variable(Matrix<Double>(realRows(count, using: &random)))
        let (input, labels) = latent(count, using: &random)
        let noise = Variable(Matrix<Double>(input))
        let (loss, smoothing, classes) = (settings.loss, settings.labelSmoothing, classes)
        func logits(
            _ x: Variable<Double>, _ y: Variable<Double>
        ) throws -> (real: Variable<Double>, fake: Variable<Double>) {
            var made = try maker.finished(maker.logits(of: noise, with: ofG.parameters(with: x)))
            if classes > 0 {
                made = try .concatenated([made, Variable(Matrix.classes(labels, of: classes))], axis: 1)
            }
            let parameters = try ofD.parameters(with: y)
            return (
                try self.logits(ofRows: real, by: judge, with: parameters),
                try self.logits(ofRows: made, by: judge, with: parameters)
            )
        }
        return .losses(
            PlanarLosses(
                first: { x, y in
                    let (real, fake) = try logits(x, y)
                    return try loss.generator(fake, real: loss.pairsPoints ? real : nil)
                },
                second: { x, y in
                    let (real, fake) = try logits(x, y)
                    return try loss.discriminator(real: real, fake: fake, smoothing: smoothing)
                }, names: ("G: \(ofG.name)", "D: \(ofD.name)"), centre: (ofG.value, ofD.value)))
    }
}

/// The parameters of a network, one number of which moves.
private struct MovingParameter {
    /// "W1[0, 2]" or "b2[0]".
    let name: String
    /// What the number is at first.
    let value: Double
    private let parameters: [Variable<Double>]
    private let place: Int
    private let mask: Variable<Double>

    init(of model: MLP<Double>, at index: Int, _ argument: String) throws(LearningError) {
        guard (0..<model.parameterCount).contains(index) else {
            throw .outOfRange(name: argument, value: Double(index), allowed: "0 to \(model.parameterCount - 1)")
        }
        var (place, rest) = (0, index)
        while rest >= model.parameters[place].count {
            rest -= model.parameters[place].count
            place += 1
        }
        let matrix = model.parameters[place]
        (self.place, value) = (place, matrix.values[rest])
        let indices = matrix.rank == 2 ? "\(rest / matrix.columns), \(rest % matrix.columns)" : "\(rest)"
        name = "\(model.parameterNames[place])[\(indices)]"
        var (still, ones) = (matrix.values, [Double](repeating: 0, count: matrix.count))
        (still[rest], ones[rest]) = (0, 1)
        parameters = model.parameters.enumerated().map { index, own in
            Variable(index == place ? Matrix(shape: matrix.shape, values: still) : own)
        }
        mask = Variable(Matrix(shape: matrix.shape, values: ones))
    }

    /// All of them, with this number in its place.
    func parameters(with number: Variable<Double>) throws -> [Variable<Double>] {
        var all = parameters
        all[place] = try parameters[place] + mask * number
        return all
    }
}
