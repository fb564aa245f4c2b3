import LinearAlgebra

extension Variable {
    /// A function of every element.
    public func map(_ function: UnaryFunction) -> Variable { applied(.map(function)) }

    /// e to the power x.
    public func exp() -> Variable { map(.exp) }
    /// The natural logarithm.
    public func log() -> Variable { map(.log) }
    /// log(1 + x), exact near 0.
    public func log1p() -> Variable { map(.log1p) }
    /// The square root.
    public func squareRoot() -> Variable { map(.squareRoot) }
    /// x times x.
    public func square() -> Variable { map(.square) }
    /// The distance from 0; slope 0 at 0.
    public func absolute() -> Variable { map(.absolute) }
    /// The sine of an angle in radians.
    public func sin() -> Variable { map(.sin) }
    /// The cosine of an angle in radians.
    public func cos() -> Variable { map(.cos) }
    /// The hyperbolic tangent.
    public func tanh() -> Variable { map(.tanh) }
    /// 1 / (1 + exp(-x)).
    public func sigmoid() -> Variable { map(.sigmoid) }
    /// log(1 + exp(x)), without overflow.
    public func softplus() -> Variable { map(.softplus) }
    /// max(x, 0); slope 0 at 0.
    public func relu() -> Variable { map(.relu) }

    /// x where x > 0, slope times x elsewhere.
    public func leakyRelu(slope: Element = 0.01) -> Variable { map(.step).choosing(self, self * slope) }

    /// x where x > 0, alpha (exp(x) - 1) elsewhere (Clevert, Unterthiner, Hochreiter 2016).
    public func elu(alpha: Element = 1) -> Variable {
        // exp only of what is not positive: an infinite branch would make NaN of the gradient of the other
        let negative = map(.step).choosing(Variable(0), self)
        return map(.step).choosing(self, negative.map(.expm1) * alpha)
    }

    /// x times the normal distribution function: x (1 + erf(x / sqrt 2)) / 2 (Hendrycks, Gimpel 2016).
    public func gelu() -> Variable {
        let half: Element = 0.5
        return (self * half).times((self * half.squareRoot()).map(.erf) + 1)
    }

    /// x sigmoid(x), also called SiLU.
    public func swish() -> Variable { times(sigmoid()) }
}

extension Variable {
    /// The sum over all elements, or along an axis (0 runs down the columns, 1 along the rows).
    public func sum() -> Variable { applied(.reduce(.sum, axis: nil)) }
    /// The sum along an axis (0 runs down the columns, 1 along the rows).
    public func sum(axis: Int, keepingAxis: Bool = false) throws(ShapeError) -> Variable {
        try reduced(.sum, axis: axis, keepingAxis: keepingAxis)
    }

    /// The arithmetic mean.
    public func mean() -> Variable { sum() / Element(shape.count) }
    /// The arithmetic mean along an axis.
    public func mean(axis: Int, keepingAxis: Bool = false) throws(ShapeError) -> Variable {
        let sums = try sum(axis: axis, keepingAxis: keepingAxis)
        return sums * (Element(sums.shape.count) / Element(shape.count))
    }

    /// The largest element. Equal ones share the gradient.
    public func max() -> Variable { applied(.reduce(.largest, axis: nil)) }
    /// The largest elements along an axis. Equal ones share the gradient.
    public func max(axis: Int, keepingAxis: Bool = false) throws(ShapeError) -> Variable {
        try reduced(.largest, axis: axis, keepingAxis: keepingAxis)
    }

    /// The smallest element. Equal ones share the gradient.
    public func min() -> Variable { applied(.reduce(.smallest, axis: nil)) }
    /// The smallest elements along an axis. Equal ones share the gradient.
    public func min(axis: Int, keepingAxis: Bool = false) throws(ShapeError) -> Variable {
        try reduced(.smallest, axis: axis, keepingAxis: keepingAxis)
    }

    func reduced(_ reduction: Reduction, axis: Int, keepingAxis: Bool) throws(ShapeError) -> Variable {
        let result = try Variable.applying(.reduce(reduction, axis: axis), to: [self])
        guard keepingAxis, let kept = shape.reduced(axis: axis, keepingAxis: true) else { return result }
        return try result.reshaped(kept)
    }
}

extension Variable {
    /// Rows as columns; a vector stays as it is.
    public var transposed: Variable { applied(.transpose) }

    /// The same numbers in another shape of as many.
    public func reshaped(_ shape: Shape) throws(ShapeError) -> Variable {
        if shape == self.shape { return self }
        return try Variable.applying(.reshape(shape), to: [self])
    }

    /// Repeated along axes of length 1.
    public func broadcast(to shape: Shape) throws(ShapeError) -> Variable {
        if shape == self.shape { return self }
        return try Variable.applying(.broadcast(shape), to: [self])
    }

    /// Rows and columns at equal steps; the rank stays.
    public func slice(rows: Slice, columns: Slice) throws(ShapeError) -> Variable {
        try Variable.applying(.slice(rows: rows, columns: columns), to: [self])
    }
    /// A stretch of rows.
    public func rows(_ range: Range<Int>) throws(ShapeError) -> Variable {
        try slice(rows: Slice(range), columns: .all(shape.columns))
    }
    /// A stretch of columns (of a vector: of elements).
    public func columns(_ range: Range<Int>) throws(ShapeError) -> Variable {
        try slice(rows: .all(shape.rows), columns: Slice(range))
    }

    /// The rows of a matrix, or the elements of a vector, at a vector of indices.
    ///
    /// The indices are numbers, so that a program can draw them; one that lies outside is taken to the nearest end.
    public func gathered(_ indices: Variable) throws(ShapeError) -> Variable {
        try Variable.applying(.gather, to: [self, indices])
    }
    /// The rows of a matrix, or the elements of a vector, at the given indices; one outside is taken to the nearest end.
    public func gathered(_ indices: [Int]) throws(ShapeError) -> Variable {
        try gathered(Variable(Matrix(vector: indices.map { Element($0) })))
    }

    /// One after the other along an axis.
    public static func concatenated(_ parts: [Variable], axis: Int = 0) throws(ShapeError) -> Variable {
        try applying(.concatenate(axis: axis), to: parts)
    }

    /// Running sums along an axis.
    public func cumulated(axis: Int) throws(ShapeError) -> Variable {
        try Variable.applying(.cumulate(axis: axis, reversed: false), to: [self])
    }

    /// Summed over the axes along which it would be the result of broadcasting from `shape`.
    func summed(to shape: Shape) -> Variable {
        if shape == self.shape { return self }
        let overRows = shape.rows == 1 && self.shape.rows != 1
        let overColumns = shape.columns == 1 && self.shape.columns != 1
        var result = self
        if overRows && overColumns || self.shape.rank < 2 && overColumns {
            result = applied(.reduce(.sum, axis: nil))
        } else if overRows {
            result = applied(.reduce(.sum, axis: 0))
        } else if overColumns {
            result = applied(.reduce(.sum, axis: 1))
        }
        return result.applied(.reshape(shape))
    }
}
