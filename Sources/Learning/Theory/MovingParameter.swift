import Autodiff
import LinearAlgebra

/// The parameters of a network, one number of which moves.
struct MovingParameter {
    /// "W1[0, 2]" or "b2[0]".
    let name: String
    /// What the number is at first.
    let value: Double
    /// The hidden layers that come before it: what they answer stays the same.
    let layersBefore: Int
    private let parameters: [Variable<Double>]
    private let place: Int
    private let mask: Variable<Double>

    /// - Parameters:
    ///   - index: which number, counted through W1 row by row, b1, W2, ...
    ///   - argument: what the index is called where it is asked for.
    /// - Throws: `LearningError.outOfRange` for a number that there is not.
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
        layersBefore = min(place / 2, model.sizes.count - 2)
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
