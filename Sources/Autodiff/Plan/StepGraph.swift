import LinearAlgebra

/// A value of a planned step as one of its readers sees it: a stretch of numbers, and the shape that it is taken for.
struct Operand: Hashable {
    let value: Int
    let shape: Shape
}

/// What is done to elements one by one.
enum Elementwise: Hashable {
    case map(UnaryFunction)
    case combine(BinaryFunction)
    case select
    /// Marks the result, a single number, with NaN where an operand's number is not finite.
    case check
}

/// What becomes of each sum of a product, with the number `c` of a third operand.
enum ProductFinish: Hashable {
    case none
    /// sum + c.
    case adding
    /// relu(sum + c).
    case addingRelu
    /// sum * step(c).
    case timesStep
}

/// One computation of a planned step.
struct Work {
    enum Task: Hashable {
        case elementwise(Elementwise)
        case product(transposingLeft: Bool, transposingRight: Bool, ProductFinish)
        case other(Operation)
    }

    var task: Task
    var operands: [Operand]
    /// The value that is written. Only checks share one.
    var result: Int
    /// The shape in which it is computed.
    var shape: Shape

    var elementwise: Elementwise? {
        if case .elementwise(let function) = task { function } else { nil }
    }

    var isProduct: Bool {
        if case .product = task { true } else { false }
    }
}

/// A recorded step as computations on numbered values, before it is known where these lie.
///
/// Reshaping and repeating compute nothing: the readers see another shape. An elementwise operation on operands that are
/// all repeated is done before they are repeated. What is computed twice is computed once.
struct StepGraph {
    /// Operands before results.
    var works: [Work] = []
    /// How many numbers each value has.
    private(set) var counts: [Int] = []
    /// Values that are there from the start: inputs, constants, random numbers, and the marks of checks.
    private(set) var lasting: Set<Int> = []
    /// The marks of checks, which are 0 when a step begins.
    private(set) var marks: [Int] = []
    /// Values that are read after the step, or by its updates.
    private(set) var kept: Set<Int> = []
    /// Inputs that change places with their next values after a step.
    var turns = Turns()
    /// What has been computed: the same from the same operands is computed once.
    private var results: [Computation: Operand] = [:]

    private struct Computation: Hashable {
        let task: Work.Task
        let operands: [Operand]
        let shape: Shape
    }

    mutating func add(count: Int, isLasting: Bool = false) -> Int {
        counts.append(count)
        if isLasting { lasting.insert(counts.count - 1) }
        return counts.count - 1
    }

    mutating func addMark() -> Int {
        let mark = add(count: 1, isLasting: true)
        marks.append(mark)
        return mark
    }

    /// Adds a computation, unless it is there already, and gives its result.
    mutating func add(_ task: Work.Task, _ operands: [Operand], _ shape: Shape) -> Operand {
        let computation = Computation(task: task, operands: operands, shape: shape)
        if let known = results[computation] { return known }
        let result = Operand(value: add(count: shape.count), shape: shape)
        works.append(Work(task: task, operands: operands, result: result.value, shape: shape))
        results[computation] = result
        return result
    }

    mutating func keep(_ value: Int) { kept.insert(value) }

    /// A value of its own with the same numbers.
    mutating func copy(_ operand: Operand) -> Operand { add(.elementwise(.map(.identity)), [operand], operand.shape) }

    /// How often each value is read, by computations and after them.
    var uses: [Int] {
        var uses = [Int](repeating: 0, count: counts.count)
        for work in works { for operand in work.operands { uses[operand.value] += 1 } }
        for value in kept { uses[value] += 1 }
        return uses
    }

    /// Lets an update be written straight to its input: the computation of `source` is to write `input` instead.
    ///
    /// That can be done when nothing else reads the new value, and when the other readers of the old one can come before:
    /// they do, unless one of them writes to its own input for the same reason.
    ///
    /// - Parameter writers: the inputs that are written so already; the new one is added.
    /// - Returns: whether it was done.
    mutating func write(_ source: Int, to input: Int, _ writers: inout Set<Int>) -> Bool {
        guard !lasting.contains(source), !kept.contains(source), counts[source] == counts[input],
            let writer = works.firstIndex(where: { $0.result == source }), works[writer].elementwise != nil,
            !works.contains(where: { work in
                work.operands.contains { $0.value == source }
                    || writers.contains(work.result) && work.operands.contains { $0.value == input }
            })
        else { return false }
        works[writer].result = input
        writers.insert(input)
        return true
    }
}

extension Shape {
    /// Equal up to the rank.
    func isLaidOut(as other: Shape) -> Bool { rows == other.rows && columns == other.columns }
}
