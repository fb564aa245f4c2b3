import Learning
import Words

/// The workloads of `gan bench`, by name.
enum Workloads {
    /// In the order in which they are measured.
    static let all: [Workload] = steps + numbers + program

    /// Those that are meant: a whole name, or the beginning of some up to a hyphen, such as `gan-step`. All if none is
    /// named.
    ///
    /// - Throws: `UnknownWorkload` for a name that means none.
    static func chosen(_ names: [String]) throws(UnknownWorkload) -> [Workload] {
        for name in names where !all.contains(where: { $0.answers(to: name) }) { throw UnknownWorkload(name: name) }
        return all.filter { workload in names.isEmpty || names.contains { workload.answers(to: $0) } }
    }

    struct UnknownWorkload: Error, CustomStringConvertible {
        let name: String

        var description: String {
            let known = Workloads.all.map(\.name)
            let hint = Spelling.question(for: name, among: known) ?? "there are \(known.joined(separator: ", "))"
            return "there is no workload `\(name)`; \(hint)"
        }
    }

    /// Steps of games and of training.
    static var steps: [Workload] {
        Benchmark.learning.map {
            Workload(
                $0.name, $0.summary, amount: Amount(count: 1, unit: "steps/s"), operations: $0.operations,
                isShared: $0.isShared, prepare: $0.prepare)
        } + [ScalarNetwork.workload]
    }
}

extension Workload {
    /// Whether the name means this workload.
    fileprivate func answers(to wanted: String) -> Bool { name == wanted || name.hasPrefix(wanted + "-") }
}
