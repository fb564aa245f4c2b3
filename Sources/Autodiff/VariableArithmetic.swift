import LinearAlgebra

extension Variable {
    /// Two variables, element by element, with NumPy's broadcasting.
    public func combined(with other: Variable, by function: BinaryFunction) throws(ShapeError) -> Variable {
        try Variable.applying(.combine(function), to: [self, other])
    }

    /// With one number on the right: always fits.
    public func combined(with number: Element, by function: BinaryFunction) -> Variable {
        applied(.combine(function), Variable(number))
    }

    /// The sum, element by element, with broadcasting.
    public static func + (left: Variable, right: Variable) throws(ShapeError) -> Variable {
        try left.combined(with: right, by: .add)
    }
    /// The difference, element by element, with broadcasting.
    public static func - (left: Variable, right: Variable) throws(ShapeError) -> Variable {
        try left.combined(with: right, by: .subtract)
    }
    /// The product, element by element, with broadcasting.
    public static func * (left: Variable, right: Variable) throws(ShapeError) -> Variable {
        try left.combined(with: right, by: .multiply)
    }
    /// The quotient, element by element, with broadcasting.
    public static func / (left: Variable, right: Variable) throws(ShapeError) -> Variable {
        try left.combined(with: right, by: .divide)
    }
    /// The sum with one number, element by element.
    public static func + (left: Variable, right: Element) -> Variable { left.combined(with: right, by: .add) }
    /// The difference with one number, element by element.
    public static func - (left: Variable, right: Element) -> Variable { left.combined(with: right, by: .subtract) }
    /// The product with one number, element by element.
    public static func * (left: Variable, right: Element) -> Variable { left.combined(with: right, by: .multiply) }
    /// The quotient with one number, element by element.
    public static func / (left: Variable, right: Element) -> Variable { left.combined(with: right, by: .divide) }
    /// The sum with one number, element by element.
    public static func + (left: Element, right: Variable) -> Variable { right + left }
    /// The product with one number, element by element.
    public static func * (left: Element, right: Variable) -> Variable { right * left }
    /// The difference with one number, element by element.
    public static func - (left: Element, right: Variable) -> Variable {
        Variable(left).applied(.combine(.subtract), right)
    }
    /// The quotient with one number, element by element.
    public static func / (left: Element, right: Variable) -> Variable {
        Variable(left).applied(.combine(.divide), right)
    }
    /// The negative.
    public static prefix func - (operand: Variable) -> Variable { operand.map(.negate) }

    /// Raised to a power, element by element. The slope in the exponent is NaN where the base is negative.
    public func power(_ exponent: Variable) throws(ShapeError) -> Variable { try combined(with: exponent, by: .power) }
    /// Raised to a number, element by element.
    public func power(_ exponent: Element) -> Variable { combined(with: exponent, by: .power) }

    /// The larger of two. Where they are equal, each gets half of the gradient.
    public func maximum(_ other: Variable) throws(ShapeError) -> Variable { try combined(with: other, by: .maximum) }
    /// The larger of each element and a number.
    public func maximum(_ other: Element) -> Variable { combined(with: other, by: .maximum) }
    /// The smaller of two. Where they are equal, each gets half of the gradient.
    public func minimum(_ other: Variable) throws(ShapeError) -> Variable { try combined(with: other, by: .minimum) }
    /// The smaller of each element and a number.
    public func minimum(_ other: Element) -> Variable { combined(with: other, by: .minimum) }

    /// Held between two bounds. The slope is 1 between them and 0 outside.
    public func clipped(_ low: Element, _ high: Element) -> Variable {
        let inside = combined(with: low, by: .greaterOrEqual).times(combined(with: high, by: .lessOrEqual))
        return inside.choosing(self, maximum(low).minimum(high).detached)
    }

    /// NumPy's `where`: elements of `a` where the condition is not 0, of `b` elsewhere; all three broadcast.
    public static func select(_ condition: Variable, _ a: Variable, _ b: Variable) throws(ShapeError) -> Variable {
        try applying(.select, to: [condition, a, b])
    }

    /// NumPy's `@`. A vector on the left is a row, on the right a column, and that axis is gone in the result.
    public func matmul(_ other: Variable) throws(ShapeError) -> Variable {
        guard let shapes = Shape.product(shape, other.shape) else {
            throw ShapeError("@", [shape, other.shape], reason: "the inner lengths must be equal")
        }
        let product = try reshaped(shapes.left).matmul(
            other.reshaped(shapes.right), transposingLeft: false, transposingRight: false)
        return try product.reshaped(shapes.result)
    }

    /// The product of two matrices (rank 2), either of them taken transposed without being copied.
    public func matmul(_ other: Variable, transposingLeft: Bool, transposingRight: Bool) throws(ShapeError)
        -> Variable
    {
        try Variable.applying(
            .multiply(transposingLeft: transposingLeft, transposingRight: transposingRight), to: [self, other])
    }

    // For shapes that are known to fit.
    func times(_ other: Variable) -> Variable { applied(.combine(.multiply), other) }
    func plus(_ other: Variable) -> Variable { applied(.combine(.add), other) }
    func over(_ other: Variable) -> Variable { applied(.combine(.divide), other) }
    func choosing(_ a: Variable, _ b: Variable) -> Variable { applied(.select, a, b) }
}
