import Foundation

/// The report of `gan bench` for people: a line a workload, in 80 columns.
struct BenchTable {
    private let compares: Bool

    /// With a column for the comparison, or without.
    init(compares: Bool) { self.compares = compares }

    /// The machine, and what the columns are called.
    func head(_ machine: Machine) -> String {
        """
        \(machine.processor), \(machine.cores) \(machine.cores == 1 ? "core" : "cores"), \(machine.path)
        \(machine.compiler)
        One core does at most \(Self.significant(machine.limit)) GFLOP/s (multiply-adds, single precision).

        \(row("workload", "threads", "least", "median", compares ? "speedup" : "spread", "limit", "rate"))
        """
    }

    /// What was measured of a workload.
    func line(_ measured: BenchResult) -> String {
        let rate = [measured.rate.map(Self.significant), measured.unit].compactMap(\.self).joined(separator: " ")
        let spread = Self.percent(measured.spreadUs / measured.medianUs)
        let speedup = measured.speedup.map { Self.significant($0) + "x" } ?? "-"
        let row = row(
            measured.name, "\(measured.threads)", Self.time(measured.minUs), Self.time(measured.medianUs),
            compares ? speedup : spread, measured.shareOfLimit.map(Self.percent) ?? "", rate)
        return row + (measured.slowest.map { "\n    slowest: \($0)" } ?? "")
    }

    /// What the columns mean.
    var legend: String {
        let common = "least, median: the time of one run; "
        let limit = "limit: how much of what the\ncores can do at most is used, at the least time."
        return compares
            ? common + "speedup: the least time then, divided\nby the least time now; " + limit
            : common + "spread: what the middle half of the repeats\nlies within; " + limit
    }

    private func row(_ cells: String...) -> String {
        let widths = [24, -7, -8, -8, compares ? -7 : -6, -5, 0]
        let row = zip(cells, widths).map { $0.padded(to: $1) }.joined(separator: " ")
        return String(row.reversed().drop(while: \.isWhitespace).reversed())
    }

    private static func percent(_ share: Double) -> String { String(format: "%.0f %%", 100 * share) }

    /// "15.3 us", "1.84 ms", "1.20 s"
    static func time(_ microseconds: Double) -> String {
        switch microseconds {
        case ..<999.5: significant(microseconds) + " us"
        case ..<999_500: significant(microseconds / 1000) + " ms"
        default: significant(microseconds / 1e6) + " s"
        }
    }

    /// Three figures that count; thousands and more as "66.7 k", "512 M", "1.20 G".
    static func significant(_ number: Double) -> String {
        guard number.isFinite, number > 0 else { return "\(number)" }
        let units = ["", " k", " M", " G", " T"]
        var (scaled, unit) = (number, 0)
        while scaled >= 999.5, unit < units.count - 1 { (scaled, unit) = (scaled / 1000, unit + 1) }
        let decimals = scaled < 9.995 ? 2 : scaled < 99.95 ? 1 : 0
        return String(format: "%.\(decimals)f", scaled) + units[unit]
    }
}

extension String {
    /// Filled with spaces to a width: behind the text, or before it when the width is negative.
    fileprivate func padded(to width: Int) -> String {
        let space = String(repeating: " ", count: max(abs(width) - count, 0))
        return width < 0 ? space + self : self + space
    }
}
