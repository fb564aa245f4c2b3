import LinearAlgebra

extension StepGraph {
    /// Lets a product add the bias, take the ReLU or multiply by its slope while the sums are still in registers, where
    /// nothing else reads what lies between.
    mutating func finishProducts() {
        var finisher = ProductFinisher(self)
        finisher.run()
        works = finisher.works.compactMap { $0 }
    }
}

private struct ProductFinisher {
    private(set) var works: [Work?]
    private var uses: [Int]
    private var makers: [Int: Int] = [:]

    init(_ graph: StepGraph) {
        works = graph.works
        uses = graph.uses
        for (index, work) in graph.works.enumerated() { makers[work.result] = index }
    }

    mutating func run() {
        for index in works.indices {
            guard let work = works[index], let function = work.elementwise else { continue }
            switch function {
            case .map(.relu): finish(index, work, work.operands[0], from: .adding, .addingRelu, with: nil)
            case .combine(.add):
                for (sum, other) in [(0, 1), (1, 0)] where isRow(work.operands[other], of: work.shape) {
                    finish(index, work, work.operands[sum], from: .none, .adding, with: work.operands[other])
                }
            case .combine(.multiply):
                for (sum, slope) in [(0, 1), (1, 0)] {
                    guard let source = argumentOfStep(work.operands[slope], work.shape) else { continue }
                    finish(index, work, work.operands[sum], from: .none, .timesStep, with: source)
                }
            default: break
            }
        }
    }

    /// Puts a finished product in the place of the work that reads it, if it is the only one.
    private mutating func finish(
        _ index: Int, _ work: Work, _ sum: Operand, from: ProductFinish, _ finish: ProductFinish,
        with other: Operand?
    ) {
        guard let maker = makers[sum.value], let product = works[maker], uses[sum.value] == 1,
            case .product(let left, let right, from) = product.task, sum.shape.isLaidOut(as: work.shape),
            product.shape.isLaidOut(as: work.shape), works[index]?.isProduct == false
        else { return }
        let operands = product.operands + (other.map { [$0] } ?? [])
        works[index] = Work(
            task: .product(transposingLeft: left, transposingRight: right, finish), operands: operands,
            result: work.result, shape: product.shape)
        works[maker] = nil
        if let other { uses[other.value] += 1 }
        for operand in work.operands where operand != sum { drop(operand) }
    }

    /// One reader less; what nobody reads is not computed.
    private mutating func drop(_ operand: Operand) {
        uses[operand.value] -= 1
        guard uses[operand.value] == 0, let maker = makers[operand.value], let work = works[maker] else { return }
        works[maker] = nil
        for operand in work.operands { drop(operand) }
    }

    private func isRow(_ operand: Operand, of shape: Shape) -> Bool {
        operand.shape.rows == 1 && operand.shape.columns == shape.columns
    }

    private func argumentOfStep(_ operand: Operand, _ shape: Shape) -> Operand? {
        guard let maker = makers[operand.value], let work = works[maker], work.elementwise == .map(.step),
            operand.shape.isLaidOut(as: shape)
        else { return nil }
        return work.operands[0]
    }
}
