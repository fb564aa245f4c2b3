extension Matrix {
    /// A function of every element.
    public func map(_ function: UnaryFunction) -> Matrix { applied(.map(function)) }

    /// A function of every element, given by the caller: for tables and setting up, not for hot loops.
    @inlinable
    public func map(_ transform: (Element) -> Element) -> Matrix { Matrix(shape: shape, values: values.map(transform)) }

    /// Two matrices, element by element, with broadcasting.
    public func combined(with other: Matrix, by function: BinaryFunction) throws(ShapeError) -> Matrix {
        try Matrix.applying(.combine(function), to: [self, other])
    }

    /// With one number on the right: always fits.
    public func combined(with number: Element, by function: BinaryFunction) -> Matrix {
        applied(.combine(function), Matrix(number))
    }

    /// An operation that takes any shape.
    private func applied(_ operation: Operation, _ others: Matrix...) -> Matrix {
        do {
            return try Matrix.applying(operation, to: [self] + others)
        } catch {
            preconditionFailure("\(error)")
        }
    }

    /// The sum, element by element, with broadcasting.
    public static func + (left: Matrix, right: Matrix) throws(ShapeError) -> Matrix {
        try left.combined(with: right, by: .add)
    }
    /// The difference, element by element, with broadcasting.
    public static func - (left: Matrix, right: Matrix) throws(ShapeError) -> Matrix {
        try left.combined(with: right, by: .subtract)
    }
    /// The product, element by element, with broadcasting.
    public static func * (left: Matrix, right: Matrix) throws(ShapeError) -> Matrix {
        try left.combined(with: right, by: .multiply)
    }
    /// The quotient, element by element, with broadcasting.
    public static func / (left: Matrix, right: Matrix) throws(ShapeError) -> Matrix {
        try left.combined(with: right, by: .divide)
    }
    /// The sum with one number, element by element.
    public static func + (left: Matrix, right: Element) -> Matrix { left.combined(with: right, by: .add) }
    /// The difference with one number, element by element.
    public static func - (left: Matrix, right: Element) -> Matrix { left.combined(with: right, by: .subtract) }
    /// The product with one number, element by element.
    public static func * (left: Matrix, right: Element) -> Matrix { left.combined(with: right, by: .multiply) }
    /// The quotient with one number, element by element.
    public static func / (left: Matrix, right: Element) -> Matrix { left.combined(with: right, by: .divide) }
    /// The product with one number, element by element.
    public static func * (left: Element, right: Matrix) -> Matrix { right * left }
    /// The sum with one number, element by element.
    public static func + (left: Element, right: Matrix) -> Matrix { right + left }
    /// The difference with one number, element by element.
    public static func - (left: Element, right: Matrix) -> Matrix { Matrix(left).applied(.combine(.subtract), right) }
    /// The quotient with one number, element by element.
    public static func / (left: Element, right: Matrix) -> Matrix { Matrix(left).applied(.combine(.divide), right) }
    /// The negative.
    public static prefix func - (operand: Matrix) -> Matrix { operand.map(.negate) }

    /// Every element raised to a power.
    public func power(_ exponent: Element) -> Matrix { combined(with: exponent, by: .power) }
    /// Every element held between two bounds.
    public func clipped(_ low: Element, _ high: Element) -> Matrix {
        combined(with: low, by: .maximum).combined(with: high, by: .minimum)
    }

    /// NumPy's `where`: elements of `a` where the condition is not 0, of `b` elsewhere; all three broadcast.
    public static func select(_ condition: Matrix, _ a: Matrix, _ b: Matrix) throws(ShapeError) -> Matrix {
        try applying(.select, to: [condition, a, b])
    }

    /// NumPy's `@`. A vector on the left is a row, on the right a column, and that axis is gone in the result.
    ///
    /// - Throws: `ShapeError` when the inner lengths differ or an operand is a single number.
    public func matmul(_ other: Matrix) throws(ShapeError) -> Matrix {
        guard let shapes = Shape.product(shape, other.shape) else {
            throw ShapeError("@", [shape, other.shape], reason: "the inner lengths must be equal")
        }
        let operation = Operation.multiply(transposingLeft: false, transposingRight: false)
        let product = try Matrix.applying(operation, to: [reshaped(shapes.left), other.reshaped(shapes.right)])
        return try product.reshaped(shapes.result)
    }

    /// The product of two matrices (rank 2), either of them taken transposed without being copied.
    public func matmul(_ other: Matrix, transposingLeft: Bool, transposingRight: Bool) throws(ShapeError) -> Matrix {
        try Matrix.applying(
            .multiply(transposingLeft: transposingLeft, transposingRight: transposingRight), to: [self, other])
    }

    /// Rows as columns; a vector stays as it is.
    public var transposed: Matrix { applied(.transpose) }

    /// The same numbers, in row-major order, in another shape of as many.
    public func reshaped(_ shape: Shape) throws(ShapeError) -> Matrix {
        try Matrix.applying(.reshape(shape), to: [self])
    }

    /// Repeated along axes of length 1.
    public func broadcast(to shape: Shape) throws(ShapeError) -> Matrix {
        try Matrix.applying(.broadcast(shape), to: [self])
    }

    /// Whether all elements are neither infinite nor NaN.
    public var isFinite: Bool { values.allSatisfy { $0.isFinite } }
}

extension Shape {
    /// The rank-2 shapes that NumPy's `@` works with, and the shape it gives back. `nil`: they do not fit.
    public static func product(_ left: Shape, _ right: Shape) -> (left: Shape, right: Shape, result: Shape)? {
        guard left.rank > 0, right.rank > 0 else { return nil }
        let wideLeft = Shape.matrix(left.rows, left.columns)
        let wideRight = right.rank == 1 ? Shape.matrix(right.count, 1) : right
        guard wideLeft.columns == wideRight.rows else { return nil }
        switch (left.rank, right.rank) {
        case (1, 1): return (wideLeft, wideRight, .scalar)
        case (1, _): return (wideLeft, wideRight, .vector(right.columns))
        case (_, 1): return (wideLeft, wideRight, .vector(left.rows))
        default: return (wideLeft, wideRight, .matrix(left.rows, right.columns))
        }
    }
}

extension Matrix {
    /// The same numbers in the other precision.
    public init<Other: RealElement>(_ other: Matrix<Other>) {
        if let same = other as? Matrix<Element> {
            self = same
        } else if let double = other as? Matrix<Double> {
            let narrow: [Float] = double.values.map(Float.init)
            self.init(shape: other.shape, values: narrow as? [Element] ?? [])
        } else {
            let single = (other as? Matrix<Float>)?.values ?? []
            let wide: [Double] = single.map(Double.init)
            self.init(shape: other.shape, values: wide as? [Element] ?? [])
        }
    }
}
