import Autodiff
import LinearAlgebra

extension Game {
    /// The gradients of both losses with respect to the parameters, as a step sees them: W1, b1, W2, ...
    public struct Slopes: Sendable {
        /// Of G's loss, for G's parameters.
        public let generator: [Matrix<Double>]
        /// Of D's loss without penalties, for D's parameters.
        public let discriminator: [Matrix<Double>]
    }

    /// The gradients on so many fresh points of each sort; the game does not change.
    public func slopes(count: Int, using random: inout RandomStream) throws -> Slopes {
        let real = Variable(Matrix<Double>(realRows(count, using: &random)))
        let (noise, labels) = latent(count, using: &random)
        let (maker, judge) = (MLP<Double>(generator.model), MLP<Double>(discriminator.model))
        let (ofG, ofD) = (maker.variables, judge.variables)
        var made = try maker.finished(maker.logits(of: Variable(Matrix<Double>(noise)), with: ofG))
        if classes > 0 { made = try .concatenated([made, Variable(Matrix.classes(labels, of: classes))], axis: 1) }
        let fakes = try logits(ofRows: made, by: judge, with: ofD)
        let reals = try logits(ofRows: real, by: judge, with: ofD)
        let lossOfD = try settings.loss.discriminator(
            real: reals, fake: logits(ofRows: made.detached, by: judge, with: ofD), smoothing: settings.labelSmoothing)
        let lossOfG = try settings.loss.generator(fakes, real: settings.loss.pairsPoints ? reals : nil)
        return Slopes(
            generator: try gradients(of: lossOfG, withRespectTo: ofG).map(\.value),
            discriminator: try gradients(of: lossOfD, withRespectTo: ofD).map(\.value))
    }
}
