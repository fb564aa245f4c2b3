import LinearAlgebra

/// A recorded step before it has memory: which computations, in which order, with their operands and results in which
/// stretch of the block.
struct ProgramPlan<Element: RealElement> {
    typealias Place = (start: Int, shape: Shape)

    private(set) var instructions: [Instruction] = []
    /// Values that are there before the first step: inputs and constants.
    private(set) var initial: [(start: Int, value: Matrix<Element>)] = []
    private(set) var inputs: [String: Place] = [:]
    private(set) var outputs: [String: Place] = [:]
    /// Inputs and outputs; of one name, the input.
    let places: [String: Place]
    private(set) var draws: [(start: Int, count: Int, isNormal: Bool)] = []
    /// Where values begin that change places after a step, both ways.
    let partners: [Int: Int]
    /// The number that is not 0 when they do; nil where nothing changes places.
    let verdict: Int?
    /// How many numbers the block must hold.
    let count: Int

    init(_ recorder: Recorder<Element>) {
        let step = StepGraphBuilder(recorder)
        let fusion = Fusion(step.graph, Schedule(step.graph))
        var layout = Layout(step.graph, fusion)
        instructions = step.graph.marks.map { .zero(layout.start(of: $0)) }
        for (position, item) in fusion.items.enumerated() {
            switch item {
            case .single(let index): instructions.append(layout.instruction(step.graph.works[index], position))
            case .fused(let work): instructions.append(layout.instruction(work, position))
            }
        }
        instructions += step.copies.map { copy in
            .operation(
                .map(.identity), [layout.place(copy.source)], layout.place(copy.input))
        }
        initial = step.initial.map { (layout.start(of: $0.value), $0.numbers) }
        inputs = step.inputs.mapValues { layout.place($0) }
        outputs = step.outputs.mapValues { layout.place($0) }
        places = inputs.merging(outputs) { input, _ in input }
        draws = step.draws.map { (layout.start(of: $0.value), step.graph.counts[$0.value], $0.isNormal) }
        let pairs = step.graph.turns.partners.map { (layout.start(of: $0.key), layout.start(of: $0.value)) }
        partners = Dictionary(uniqueKeysWithValues: pairs)
        verdict = step.graph.turns.verdict.map { layout.start(of: $0) }
        count = layout.count
    }
}

/// What a plan has done, with places in elements from the start of the block.
enum Instruction {
    typealias Place = (start: Int, shape: Shape)

    case operation(Operation, [Place], Place)
    /// The third place is what the sums are finished with.
    case product(transposingLeft: Bool, transposingRight: Bool, ProductFinish, [Place], Place)
    case check(Place, mark: Int)
    case fused(FusedInstruction)
    /// A single number becomes 0.
    case zero(Int)

    /// The same where some values lie elsewhere, by where they begin.
    func moved(_ starts: [Int: Int]) -> Instruction {
        func place(_ place: Place) -> Place { (starts[place.start] ?? place.start, place.shape) }
        return switch self {
        case .operation(let operation, let operands, let result):
            .operation(operation, operands.map(place), place(result))
        case .product(let left, let right, let finish, let operands, let result):
            .product(transposingLeft: left, transposingRight: right, finish, operands.map(place), place(result))
        case .check(let operand, let mark): .check(place(operand), mark: mark)
        case .fused(let fused): .fused(fused.moved(starts))
        case .zero: self
        }
    }
}

/// Elementwise steps over one shape.
struct FusedInstruction {
    struct Step {
        let function: FusedPart.Function
        /// Temporaries, and after them operands.
        let operands: [Int]
        let result: Int
        /// Further results.
        let others: [Int]
    }

    /// Where an operand lies; a stride of 0 repeats it.
    struct View: Hashable {
        let start: Int
        let rowStride: Int
        let columnStride: Int
    }

    /// How many temporaries there are: as many as a call can name values, so that they never run out.
    static let temporaries = 48

    let rows: Int
    let columns: Int
    var steps: [Step] = []
    var views: [View] = []

    func moved(_ starts: [Int: Int]) -> FusedInstruction {
        var moved = self
        moved.views = views.map { view in
            View(
                start: starts[view.start] ?? view.start, rowStride: view.rowStride, columnStride: view.columnStride)
        }
        return moved
    }
}
