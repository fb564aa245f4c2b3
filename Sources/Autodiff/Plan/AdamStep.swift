import LinearAlgebra

/// Finds the steps of Adam among elementwise steps: thirteen, which are one to the kernel, so that parameter, means and
/// slope are read once and written once. The kernel rounds as the thirteen would.
///
///     mean   = m * keep + g * take
///     square = s * keep' + g**2 * take'
///     next   = p - mean * scale / (sqrt(square * scale') + epsilon)
struct AdamStep {
    typealias Step = FusedPart.Step
    typealias Reference = FusedPart.Reference

    /// The steps that it stands for. The last of them makes the next parameter.
    private(set) var members: Set<Int> = []
    /// The steps that make the next parameter, mean and square.
    private(set) var results: [Int] = []
    /// p, m, s, g, and the seven numbers in the kernel's order.
    private var operands: [Reference] = []
    private let steps: [Step]

    /// What ends with this step, if it is Adam's.
    init?(endingWith last: Int, of steps: [Step], readers: [[Int]]) {
        self.steps = steps
        guard let (p, change) = parts(of: last, .combine(.subtract)),
            let (up, down) = parts(of: change, .combine(.divide)),
            let (mean, scale) = parts(of: up, .combine(.multiply)),
            let (root, epsilon) = parts(of: down, .combine(.add)),
            let (under, _) = parts(of: root, .map(.squareRoot)),
            let (square, scale2) = parts(of: under, .combine(.multiply)),
            let (oldMean, newMean) = parts(of: mean, .combine(.add)),
            let (m, keep) = parts(of: oldMean, .combine(.multiply)),
            let (g, take) = parts(of: newMean, .combine(.multiply)),
            let (oldSquare, newSquare) = parts(of: square, .combine(.add)),
            let (s, keep2) = parts(of: oldSquare, .combine(.multiply)),
            let (squared, take2) = parts(of: newSquare, .combine(.multiply)),
            let (g2, _) = parts(of: squared, .map(.square)), g == g2
        else { return nil }
        let numbers = [keep, take, keep2, take2, scale, scale2, epsilon]
        guard numbers.allSatisfy({ if case .number = $0 { true } else { false } }),
            [p, m, s].allSatisfy({ if case .own = $0 { true } else { false } })
        else { return nil }
        operands = [p, m, s, g] + numbers
        let inner = [change, up, down, root, under, oldMean, newMean, oldSquare, newSquare, squared].map(position)
        results = [last] + [mean, square].map(position)
        members = Set(inner + results)
        guard results.allSatisfy({ steps[$0].result != nil }),
            inner.allSatisfy({ steps[$0].result == nil && readers[$0].allSatisfy(members.contains) }),
            results.allSatisfy({ readers[$0].allSatisfy { $0 > last || members.contains($0) } })
        else { return nil }
    }
}

extension AdamStep {
    /// All of it as one step, with the place where what is not finite is marked.
    func step(mark: Reference?) -> Step {
        Step(
            function: .adam, operands: operands, result: steps[results[0]].result,
            others: results.dropFirst().compactMap { steps[$0].result } + (mark.map { [$0] } ?? []))
    }

    /// The checks of its results, if they are there and mark the same place.
    func checks(readers: [[Int]]) -> (steps: [Int], mark: Reference)? {
        let found = results.compactMap { result in
            readers[result].first { steps[$0].function == .elementwise(.check) }
        }
        guard found.count == results.count, let mark = steps[found[0]].result,
            found.allSatisfy({ steps[$0].result == mark })
        else { return nil }
        return (found, mark)
    }

    /// The operands of a step within, if it does what is asked.
    private func parts(of reference: Reference, _ function: Elementwise) -> (Reference, Reference)? {
        guard case .inner(let position) = reference else { return nil }
        return parts(of: position, function)
    }

    private func parts(of position: Int, _ function: Elementwise) -> (Reference, Reference)? {
        let step = steps[position]
        guard step.function == .elementwise(function), let first = step.operands.first, let last = step.operands.last
        else { return nil }
        return (first, last)
    }

    private func position(_ reference: Reference) -> Int {
        if case .inner(let position) = reference { position } else { 0 }
    }
}

extension AdamStep {
    /// The same steps with each of Adam's as one.
    static func gathered(_ steps: [Step]) -> [Step] {
        var readers = [[Int]](repeating: [], count: steps.count)
        for (index, step) in steps.enumerated() {
            for case .inner(let maker) in step.operands { readers[maker].append(index) }
        }
        var made: [Int: Step] = [:], gone: Set<Int> = []
        for index in steps.indices where steps[index].function == .elementwise(.combine(.subtract)) {
            guard let adam = AdamStep(endingWith: index, of: steps, readers: readers) else { continue }
            let checks = adam.checks(readers: readers)
            made[index] = adam.step(mark: checks?.mark)
            gone.formUnion(adam.members)
            gone.formUnion(checks?.steps ?? [])
        }
        return made.isEmpty ? steps : renumbered(steps, made, gone)
    }

    /// Without those that are gone; readers of what Adam leaves in memory read it there.
    private static func renumbered(_ steps: [Step], _ made: [Int: Step], _ gone: Set<Int>) -> [Step] {
        var next: [Step] = []
        var places: [Int: Int] = [:]
        for (index, step) in steps.enumerated() where made[index] != nil || !gone.contains(index) {
            var step = made[index] ?? step
            step.operands = step.operands.map { operand in
                guard case .inner(let maker) = operand else { return operand }
                return places[maker].map(Reference.inner) ?? steps[maker].result ?? operand
            }
            if made[index] == nil { places[index] = next.count }
            next.append(step)
        }
        return next
    }
}
