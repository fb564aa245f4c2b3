import LinearAlgebra

/// Connected elementwise works of one shape, and what they look like to be done beside others.
struct FusedPart {
    /// Where a step takes an operand from or leaves its result.
    enum Reference: Hashable {
        /// The result of the part's n-th work.
        case inner(Int)
        /// The n-th of `values`, of the part's shape.
        case own(Int)
        /// A number that all parts share.
        case number(Int)
        /// A row or a column.
        case spread(Operand)
    }

    enum Function: Hashable {
        case elementwise(Elementwise)
        /// A step of Adam: p, m, s, the slope, and seven numbers, of which the next p is made. The others are the next m
        /// and s and, if it is there, the mark of what is not finite.
        case adam
    }

    struct Step: Hashable {
        let function: Function
        var operands: [Reference]
        let result: Reference?
        /// Further results.
        var others: [Reference] = []
    }

    let works: [Int]
    let shape: Shape
    /// What the part does, whatever the values: parts with the same steps do the same.
    private(set) var steps: [Step] = []
    /// The values of the part's shape that it reads or leaves in memory, in the order in which they are met.
    private(set) var values: [Int] = []

    /// - Parameter isStored: whether a work's result is needed elsewhere.
    init(_ works: [Int], _ graph: StepGraph, isStored: (Int) -> Bool) {
        self.works = works
        shape = graph.works[works[0]].shape
        var made: [Int: Int] = [:]
        for (position, index) in works.enumerated() {
            let work = graph.works[index]
            guard let function = work.elementwise else { continue }
            let operands = work.operands.map { operand in
                made[operand.value].map(Reference.inner) ?? reference(operand)
            }
            var result: Reference?
            if function == .check {
                result = .number(work.result)
            } else {
                made[work.result] = position
                if isStored(index) { result = own(work.result) }
            }
            steps.append(Step(function: .elementwise(function), operands: operands, result: result))
        }
        steps = AdamStep.gathered(steps)
    }

    /// Whether it can be done beside others: every operand is of the part's shape, or a number.
    var isPlain: Bool {
        shape.rank > 0
            && steps.allSatisfy { step in
                step.operands.allSatisfy { if case .spread = $0 { false } else { true } }
            }
    }

    private mutating func reference(_ operand: Operand) -> Reference {
        if operand.shape.isLaidOut(as: shape), shape.rank == 0 || operand.shape.rank > 0 { return own(operand.value) }
        return operand.shape.count == 1 ? .number(operand.value) : .spread(operand)
    }

    private mutating func own(_ value: Int) -> Reference {
        if let known = values.firstIndex(of: value) { return .own(known) }
        values.append(value)
        return .own(values.count - 1)
    }
}
