/// The lines that scalars are written on, in the order in which they were made. It only ever grows, so an earlier
/// scalar stays what it was, and it lives as long as a scalar that needs it.
///
/// A tape may be begun after another. Then a scalar of the earlier one can be used on the later: a line of the later
/// tape stands for it, and a walk back goes on where it came from. So the work on a few lasting scalars, done on a new
/// tape each time, is forgotten with the last of its results. Later tapes hold earlier ones, never the other way round.
public final class ScalarTape {
    struct Line {
        var value: Double
        var firstSlope: Double
        var secondSlope: Double
        var first: Int32
        var second: Int32
        var operation: ScalarOperation
    }

    // nothing is called while a line is written, so the check at run time, a fifth of the cost, finds nothing
    @exclusivity(unchecked) private(set) var nodes: ContiguousArray<Line> = []
    private var labels: [Int: String] = [:]
    /// What the lines that stand for scalars of earlier tapes stand for, and the lines by what they stand for.
    private(set) var origins: [Int: Scalar] = [:]
    private var standIns: [Scalar: Int] = [:]
    /// Larger than that of the tape before.
    let number: Int

    /// An empty tape.
    /// - Parameter earlier: a tape whose scalars, like those before it, can be used on this one.
    public init(after earlier: ScalarTape? = nil) { number = (earlier?.number ?? -1) + 1 }

    /// How many scalars stand on the tape.
    public var count: Int { nodes.count }

    /// A number that was not made from others.
    public func leaf(_ value: Double, label: String? = nil) -> Scalar {
        nodes.append(Line(value: value, firstSlope: 0, secondSlope: 0, first: -1, second: -1, operation: .leaf))
        if let label { labels[nodes.count - 1] = label }
        return Scalar(tape: self, index: nodes.count - 1)
    }

    /// Makes room for a known number of scalars.
    public func reserve(_ count: Int) { nodes.reserveCapacity(count) }

    /// The scalar itself if it is on this tape, a line that stands for it if it is on an earlier one; a scalar of any
    /// other tape comes in as a constant.
    public func standIn(for scalar: Scalar) -> Scalar {
        guard scalar.tape !== self else { return scalar }
        let origin = scalar.origin
        guard origin.tape.number < number else { return leaf(scalar.value) }
        if let line = standIns[origin] { return Scalar(tape: self, index: line) }
        let line = leaf(scalar.value)
        standIns[origin] = line.index
        origins[line.index] = origin
        return line
    }

    /// Writes the result on this tape, or on that of the second operand if that was begun later.
    func record(_ operation: ScalarOperation, _ a: Scalar, _ b: Scalar) -> Scalar {
        guard a.tape === self, b.tape === self else {
            let tape = b.tape.number > number ? b.tape : self
            return tape.record(operation, tape.standIn(for: a), tape.standIn(for: b))
        }
        return Scalar(tape: self, index: write(operation, a.index, b.index))
    }

    private func write(_ operation: ScalarOperation, _ a: Int, _ b: Int) -> Int {
        let (x, y) = (nodes[a].value, nodes[b].value)
        let result = operation.value(x, y)
        let (first, second) = operation.slopes(x, y, result)
        nodes.append(
            Line(
                value: result, firstSlope: first, secondSlope: second, first: Int32(a), second: Int32(b),
                operation: operation))
        return nodes.count - 1
    }

    func recordSum(from start: Scalar, products a: ArraySlice<Scalar>, _ b: ArraySlice<Scalar>) -> Scalar {
        a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in
                let count = min(a.count, b.count)
                guard (0..<count).allSatisfy({ a[$0].tape === self && b[$0].tape === self }) else {
                    return (0..<count).reduce(start) { $0 + a[$1] * b[$1] }
                }
                var sum = start.index
                for i in 0..<count { sum = write(.add, sum, write(.multiply, a[i].index, b[i].index)) }
                return Scalar(tape: self, index: sum)
            }
        }
    }

    func label(of scalar: Scalar) -> String? { scalar.origin.tape.labels[scalar.origin.index] }
    func setLabel(_ label: String, of scalar: Scalar) { scalar.origin.tape.labels[scalar.origin.index] = label }
}

/// Two scalars are the same when they are the same line of the same tape.
extension Scalar: Hashable {
    /// Whether it is the same line.
    public static func == (a: Scalar, b: Scalar) -> Bool { a.tape === b.tape && a.index == b.index }

    /// By the tape and the line.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(tape))
        hasher.combine(index)
    }

    /// What this scalar stands for: itself, unless it is the line of a later tape for a scalar of an earlier one.
    var origin: Scalar { tape.origins.isEmpty ? self : tape.origins[index] ?? self }

    /// Whether it was written before another that depends on it or not at all.
    static func isEarlier(_ a: Scalar, _ b: Scalar) -> Bool { (a.tape.number, a.index) < (b.tape.number, b.index) }
}
