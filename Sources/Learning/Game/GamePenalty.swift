import Autodiff
import LinearAlgebra

extension Game.Penalties {
    /// A group of points that D judges in one pass, and how much the square of D's gradient at each of them costs.
    struct Group<Element: RealElement> {
        /// n x dimension; leaves of the graph where gradients are asked for.
        let points: Variable<Element>
        /// The logits of these points, n x 1.
        let logits: Variable<Element>
        /// n x 1, or nil where gradients cost nothing.
        let weights: Variable<Element>?
        /// 1 for the numbers of points and 0 for the classes beside them, which are no place to move in; nil for all 1.
        var mask: Variable<Element>?
    }

    /// R1 and R2, γ/2 mean |∇D(x)|² at the real and at the made-up points: gradients of D's logits for its inputs, made of
    /// differentiable operations, so that the penalty can be differentiated for D's parameters.
    ///
    /// The gradient at a point is that of the sum of the logits. With minibatch discrimination the others' logits depend on
    /// the point too: nearness is mutual and weighs the same in all of them, so that its part of the gradient is exactly
    /// twice what the point's own logit has.
    static func squares<Element: RealElement>(_ groups: [Group<Element>]) throws -> Variable<Element>? {
        var total: Variable<Element>?
        for group in groups {
            guard let weights = group.weights else { continue }
            var slopes = try gradients(of: group.logits.sum(), withRespectTo: [group.points])[0]
            if let mask = group.mask { slopes = try slopes * mask }
            let penalty = try (slopes.square().sum(axis: 1, keepingAxis: true) * weights).sum()
            total = try total.map { (sum) throws(ShapeError) in try sum + penalty } ?? penalty
        }
        return total
    }

    /// λ mean (|∇D| - target)² at points between: `logits` n x 1 of `points` n x dimension.
    func between<Element: RealElement>(
        _ points: Variable<Element>, _ logits: Variable<Element>, mask: Variable<Element>? = nil
    ) throws -> Variable<Element> {
        var slopes = try gradients(of: logits.sum(), withRespectTo: [points])[0]
        if let mask { slopes = try slopes * mask }
        let squares = try slopes.square().sum(axis: 1, keepingAxis: true)
        if interpolatedTarget == 0 { return squares.mean() * Element(interpolated) }
        // The slope of the root at 0 is infinite; so small a number is lost beside any length that matters.
        let lengths = (squares + 1e-12).squareRoot()
        return (lengths - Element(interpolatedTarget)).square().mean() * Element(interpolated)
    }

    /// The parameters as the weight clip leaves them.
    func clipped<Element: RealElement>(_ parameters: [Variable<Element>]) -> [Variable<Element>] {
        guard let weightClip else { return parameters }
        return parameters.map { $0.maximum(Element(-weightClip)).minimum(Element(weightClip)) }
    }
}
