import Autodiff
import LinearAlgebra
import Testing

/// A function of matrices to be differentiated.
typealias Function = ([Variable<Double>]) throws -> Variable<Double>

/// The slope of `f` along a direction, by central differences with one step of Richardson's extrapolation:
/// the error falls with the fourth power of the step.
func slope(of f: Function, at point: [Matrix<Double>], along direction: [Matrix<Double>]) throws -> Double {
    func difference(_ step: Double) throws -> Double {
        func moved(_ by: Double) throws -> Double {
            try f(zip(point, direction).map { .parameter(try $0 + $1 * by) }).value.number
        }
        return (try moved(step) - moved(-step)) / (2 * step)
    }
    let step = 1e-3
    return (4 * (try difference(step / 2)) - (try difference(step))) / 3
}

/// How far the gradient of `f` is from finite differences, relative to the size of the slope.
///
/// `f` may give any shape: it is weighted with fixed numbers first, so that no part of the gradient cancels.
func gradientError(_ f: @escaping Function, at point: [Matrix<Double>], seed: UInt64 = 1) throws -> Double {
    let weighted: Function = { try weightedSum(f($0)) }
    let parameters = point.map { Variable.parameter($0) }
    let slopes = try gradients(of: weighted(parameters), withRespectTo: parameters)
    var random = RandomStream(seed: seed)
    var worst = 0.0
    for _ in 0..<3 {
        let direction: [Matrix<Double>] = point.map { random.normal(shape: $0.shape) }
        let expected = try slope(of: weighted, at: point, along: direction)
        let actual = try zip(slopes, direction).reduce(0) { $0 + (try ($1.0.value * $1.1).sum()) }
        worst = max(worst, abs(actual - expected) / max(1, abs(expected)))
    }
    for (gradient, point) in zip(slopes, point) { #expect(gradient.shape == point.shape) }
    return worst
}

/// The same for the gradient itself: second derivatives.
func secondOrderError(_ f: @escaping Function, at point: [Matrix<Double>]) throws -> Double {
    let slopes: Function = { parameters in
        let first = try gradients(of: weightedSum(f(parameters)), withRespectTo: parameters)
        return try first.reduce(Variable(0)) { try $0 + weightedSum($1) }
    }
    return try gradientError(slopes, at: point, seed: 2)
}

private func weightedSum(_ x: Variable<Double>) throws -> Variable<Double> {
    let weights = (0..<x.shape.count).map { (i: Int) -> Double in
        let (seventh, third) = (Double(i % 7), Double(i % 3))
        return 0.5 + seventh / 5 - third / 2
    }
    return try (x * Variable(Matrix(shape: x.shape, values: weights))).sum()
}

/// First and second derivatives, to 1e-6.
func expectRightGradients(
    _ name: String, at point: [Matrix<Double>], sourceLocation: SourceLocation = #_sourceLocation,
    _ f: @escaping Function
) throws {
    let first = try gradientError(f, at: point)
    #expect(first < 1e-6, "first derivative of \(name)", sourceLocation: sourceLocation)
    let second = try secondOrderError(f, at: point)
    #expect(second < 1e-6, "second derivative of \(name)", sourceLocation: sourceLocation)
}

func normals(_ shape: Shape, seed: UInt64) -> Matrix<Double> {
    var random = RandomStream(seed: seed)
    return random.normal(shape: shape)
}
