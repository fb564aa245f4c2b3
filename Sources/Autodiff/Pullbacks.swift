import LinearAlgebra

/// What an operation's gradient is made from.
struct Pullback<Element: RealElement> {
    /// The operands, and what the operation made of them.
    let inputs: [Variable<Element>]
    let output: Variable<Element>
    /// The gradient of the loss with respect to the output; of the output's shape.
    let gradient: Variable<Element>
}

/// The table of derivatives: what each operation passes back to operand number `position`. `nil`: nothing.
///
/// Every line is written in the same operations that it differentiates, so that a gradient can be differentiated
/// again. Broadcast operands are summed back to their shape by the caller.
extension Operation {
    func pullback<Element: RealElement>(_ p: Pullback<Element>, to position: Int) -> Variable<Element>? {
        let g = p.gradient, x = p.inputs[0]
        switch self {
        case .map(let function): return function.pullback(g, x, p.output)
        case .combine(let function): return function.pullback(g, x, p.inputs[1], p.output, to: position)
        case .select:
            switch position {
            case 1: return x.choosing(g, Variable(0))
            case 2: return x.choosing(Variable(0), g)
            default: return nil
            }
        case .multiply(let left, let right): return Self.product(left, right, g, p.inputs, to: position)
        case .reduce(let reduction, let axis): return reduction.pullback(g, x, p.output, axis)
        case .transpose: return g.transposed
        case .reshape: return g.applied(.reshape(x.shape))
        case .broadcast: return g
        case .slice(let rows, let columns): return g.applied(.unslice(rows: rows, columns: columns, into: x.shape))
        case .unslice(let rows, let columns, _): return g.applied(.slice(rows: rows, columns: columns))
        case .gather: return position == 0 ? g.applied(.scatterAdd(into: x.shape), p.inputs[1]) : nil
        case .scatterAdd: return position == 0 ? g.applied(.gather, p.inputs[1]) : nil
        case .concatenate(let axis): return Self.part(position, of: g, p.inputs, axis)
        case .cumulate(let axis, let reversed): return g.applied(.cumulate(axis: axis, reversed: !reversed))
        case .soundness: return nil
        }
    }

    /// C = A B, with A and B as they are after transposing: dA = dC B^T and dB = A^T dC.
    private static func product<Element: RealElement>(
        _ left: Bool, _ right: Bool, _ g: Variable<Element>, _ inputs: [Variable<Element>], to position: Int
    ) -> Variable<Element> {
        let (a, b) = (inputs[0], inputs[1])
        func product(_ x: Variable<Element>, _ transposingX: Bool, _ y: Variable<Element>, _ transposingY: Bool)
            -> Variable<Element>
        {
            x.applied(.multiply(transposingLeft: transposingX, transposingRight: transposingY), y)
        }
        if position == 0 { return left ? product(b, right, g, true) : product(g, false, b, !right) }
        return right ? product(g, true, a, left) : product(a, !left, g, false)
    }

    private static func part<Element: RealElement>(
        _ position: Int, of g: Variable<Element>, _ inputs: [Variable<Element>], _ axis: Int
    ) -> Variable<Element> {
        let shape = inputs[position].shape
        let alongRows = shape.rank == 2 && axis == 0
        let start = inputs[..<position].reduce(0) { $0 + (alongRows ? $1.shape.rows : $1.shape.columns) }
        return g.applied(
            .slice(
                rows: Slice(start: alongRows ? start : 0, count: shape.rows),
                columns: Slice(start: alongRows ? 0 : start, count: shape.columns)))
    }
}

extension UnaryFunction {
    /// g f'(x), where y = f(x).
    func pullback<Element: RealElement>(_ g: Variable<Element>, _ x: Variable<Element>, _ y: Variable<Element>)
        -> Variable<Element>?
    {
        switch self {
        case .identity: g
        case .negate: -g
        case .absolute: g.times(x.map(.sign))
        case .reciprocal: g.times(-y.square())
        case .square: g.times(x * 2)
        case .squareRoot: g.over(y * 2)
        case .exp: g.times(y)
        case .expm1: g.times(y + 1)
        case .log: g.over(x)
        case .log1p: g.over(x + 1)
        case .log2: g.over(x * Element(0.693147180559945309))
        case .log10: g.over(x * Element(2.302585092994045684))
        case .sin: g.times(x.cos())
        case .cos: g.times(-x.sin())
        case .tan: g.times(y.square() + 1)
        case .tanh: g.times(1 - y.square())
        case .sigmoid: g.times(y.times(1 - y))
        case .softplus: g.times(x.sigmoid())
        case .relu: g.times(y.map(.step))
        case .erf: g.times((-x.square()).exp() * Element(1.128379167095512574))
        case .atan: g.over(x.square() + 1)
        case .sign, .step, .floor, .ceil, .round, .isNaN: nil
        }
    }
}

extension BinaryFunction {
    /// g times the slope of y = f(a, b) in the operand at `position`.
    func pullback<Element: RealElement>(
        _ g: Variable<Element>, _ a: Variable<Element>, _ b: Variable<Element>, _ y: Variable<Element>,
        to position: Int
    ) -> Variable<Element>? {
        let first = position == 0
        switch self {
        case .add: return g
        case .subtract: return first ? g : -g
        case .multiply: return g.times(first ? b : a)
        case .divide: return first ? g.over(b) : -g.times(y.over(b))
        case .power: return g.times(first ? Self.powerInBase(a, b) : Self.powerInExponent(a, y))
        case .maximum: return g.times(Self.share(first ? a : b, .greater, first ? b : a))
        case .minimum: return g.times(Self.share(first ? a : b, .less, first ? b : a))
        case .remainder: return first ? g : -g.times(a.applied(.combine(.floorDivide), b))
        case .floorDivide, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: return nil
        }
    }

    /// b a^(b-1); 0 where both a and b are 0.
    private static func powerInBase<Element: RealElement>(_ a: Variable<Element>, _ b: Variable<Element>)
        -> Variable<Element>
    {
        let areZero = a.combined(with: 0, by: .equal).times(b.combined(with: 0, by: .equal))
        return b.times(a.applied(.combine(.power), areZero.choosing(Variable(1), b - 1)))
    }

    /// a^b log(a); 0 where a is 0.
    private static func powerInExponent<Element: RealElement>(_ a: Variable<Element>, _ y: Variable<Element>)
        -> Variable<Element>
    {
        y.times(a.combined(with: 0, by: .equal).choosing(Variable(1), a).log())
    }

    /// 1 where x wins, 1/2 where both are equal, else 0.
    private static func share<Element: RealElement>(
        _ x: Variable<Element>, _ wins: BinaryFunction, _ other: Variable<Element>
    ) -> Variable<Element> {
        x.applied(.combine(wins), other).plus(x.applied(.combine(.equal), other) * 0.5)
    }
}

extension Reduction {
    func pullback<Element: RealElement>(
        _ g: Variable<Element>, _ x: Variable<Element>, _ y: Variable<Element>, _ axis: Int?
    ) -> Variable<Element>? {
        let kept = x.shape.reduced(axis: axis, keepingAxis: true) ?? x.shape
        func spread(_ v: Variable<Element>) -> Variable<Element> {
            v.applied(.reshape(kept)).applied(.broadcast(x.shape))
        }
        switch self {
        case .sum: return spread(g)
        case .largest, .smallest:
            let ties = x.applied(.combine(.equal), y.applied(.reshape(kept)))
            return spread(g.over(ties.applied(.reduce(.sum, axis: axis)))).times(ties)
        case .indexOfLargest, .indexOfSmallest: return nil
        }
    }
}
