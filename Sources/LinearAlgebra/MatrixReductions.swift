extension Matrix {
    /// One number from many: over all elements, or along an axis (0 runs down the columns, 1 along the rows).
    ///
    /// - Parameter keepingAxis: the reduced axis stays with length 1, so that the result broadcasts back.
    /// - Throws: `ShapeError` when there is no such axis.
    public func reduced(_ reduction: Reduction, axis: Int, keepingAxis: Bool = false) throws(ShapeError) -> Matrix {
        let result = try Matrix.applying(.reduce(reduction, axis: axis), to: [self])
        guard keepingAxis, let kept = shape.reduced(axis: axis, keepingAxis: true) else { return result }
        return try result.reshaped(kept)
    }

    /// One number from all elements.
    public func reduced(_ reduction: Reduction) -> Element {
        do {
            return try Matrix.applying(.reduce(reduction, axis: nil), to: [self]).number
        } catch {
            preconditionFailure("\(error)")
        }
    }

    /// The sum of all elements; 0 when there are none. The order of summation depends on the shape alone.
    public func sum() -> Element { reduced(.sum) }
    /// The arithmetic mean; NaN when there are no elements.
    public func mean() -> Element { reduced(.sum) / Element(count) }
    /// The largest element; -infinity when there are none, NaN when one is NaN.
    public func max() -> Element { reduced(.largest) }
    /// The smallest element; infinity when there are none, NaN when one is NaN.
    public func min() -> Element { reduced(.smallest) }
    /// The position of the first largest element in row-major order; `nil` when there are none.
    public func argmax() -> Int? { position(reduced(.indexOfLargest)) }

    private func position(_ index: Element) -> Int? { count == 0 ? nil : Int(index) }

    /// Sums along an axis.
    public func sum(axis: Int) throws(ShapeError) -> Matrix { try reduced(.sum, axis: axis) }
    /// Arithmetic means along an axis.
    public func mean(axis: Int) throws(ShapeError) -> Matrix {
        let sums = try reduced(.sum, axis: axis)
        return sums / Element(count) * Element(sums.count)
    }
    /// The largest elements along an axis.
    public func max(axis: Int) throws(ShapeError) -> Matrix { try reduced(.largest, axis: axis) }
    /// The smallest elements along an axis.
    public func min(axis: Int) throws(ShapeError) -> Matrix { try reduced(.smallest, axis: axis) }
    /// Where, along an axis, the first largest elements are.
    public func argmax(axis: Int) throws(ShapeError) -> Matrix { try reduced(.indexOfLargest, axis: axis) }

    /// The mean of the squared distances from the mean, divided by `count - correction`.
    public func variance(correction: Int = 0) -> Element {
        let centred = self - mean()
        return centred.map(.square).sum() / Element(count - correction)
    }

    /// Variances along an axis, divided by the length of the axis minus `correction`.
    public func variance(axis: Int, correction: Int = 0) throws(ShapeError) -> Matrix {
        guard let kept = shape.reduced(axis: axis, keepingAxis: true) else {
            throw ShapeError("var", [shape], reason: "there is no axis \(axis)")
        }
        let centred = try self - mean(axis: axis).reshaped(kept)
        let sums = try centred.map(.square).sum(axis: axis)
        return sums / Element(count / Swift.max(kept.count, 1) - correction)
    }

    /// Running sums along an axis.
    public func cumulated(axis: Int) throws(ShapeError) -> Matrix {
        try Matrix.applying(.cumulate(axis: axis, reversed: false), to: [self])
    }
}
