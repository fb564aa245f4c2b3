import LinearAlgebra

/// Inputs whose next values need not be copied to them.
///
/// An update of the form "the new value, if the step is sound, else the old one" is a choice between two stretches of
/// numbers, both of which are there when the step ends. Instead of copying, input and next value change places: the step
/// is planned twice, the second time with the two swapped, and each step chooses which plan the one after it follows.
struct Turns {
    /// The input of each next value, and the next value of each input.
    private(set) var partners: [Int: Int] = [:]
    /// The single number that decides: not 0 when they change places. All share it.
    private(set) var verdict: Int?

    /// The next values.
    private(set) var nextValues: Set<Int> = []

    /// The values that the partners of these are, in their order; empty if none has a partner, nil if only some have.
    func partners(of values: [Int]) -> [Int]? {
        let found = values.compactMap { partners[$0] }
        return found.isEmpty || found.count == values.count ? found : nil
    }

    mutating func add(_ next: Int, for input: Int, if verdict: Int) {
        partners[input] = next
        partners[next] = input
        nextValues.insert(next)
        self.verdict = verdict
    }
}

extension StepGraph {
    /// Lets an input take turns with its next value, where `source` chooses between the two.
    ///
    /// - Returns: whether it was done.
    mutating func alternate(_ source: Int, with input: Int) -> Bool {
        guard !kept.contains(source), let index = works.firstIndex(where: { $0.result == source }),
            works[index].elementwise == .select, works[index].shape.count == counts[input],
            !works.contains(where: { work in work.operands.contains { $0.value == source } })
        else { return false }
        let (condition, next, old) = (
            works[index].operands[0], works[index].operands[1].value, works[index].operands[2].value
        )
        guard condition.shape.count == 1, turns.verdict ?? condition.value == condition.value, old == input,
            counts[next] == counts[input], !lasting.contains(next), !kept.contains(next), turns.partners[next] == nil,
            works.contains(where: { $0.result == next })
        else { return false }
        works.remove(at: index)
        turns.add(next, for: input, if: condition.value)
        keep(next)
        keep(condition.value)
        return true
    }
}
