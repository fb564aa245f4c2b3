import Foundation

/// Round numbers along an axis.
enum Ticks {
    /// Multiples of 1, 2 or 5 times a power of ten inside a range, at most `most` of them.
    static func linear(in range: ClosedRange<Double>, most: Int) -> [Tick] {
        let span = range.upperBound - range.lowerBound
        guard span > 0, span.isFinite, most > 0 else {
            return [Tick(range.lowerBound, number(range.lowerBound, step: 1))]
        }
        let least = span / Double(most)
        let power = pow(10, (log10(least)).rounded(.down))
        var step = power
        for factor in [1.0, 2, 5, 10, 20] where count(in: range, step: factor * power) <= most {
            step = factor * power
            break
        }
        let first = (range.lowerBound / step - 1e-9).rounded(.up)
        let last = (range.upperBound / step + 1e-9).rounded(.down)
        guard last >= first, last - first < 1000 else { return [] }
        return (0...Int(last - first)).map { index in
            let position = (first + Double(index)) * step
            return Tick(position, number(position, step: step))
        }
    }

    /// Round numbers below a panel of so many pixels: eight at most, and so few that no name touches the next.
    static func across(_ range: ClosedRange<Double>, pixels: Double) -> [Tick] {
        let most = min(max(Int(pixels / 75), 2), 8)
        for count in stride(from: most, to: 2, by: -1) {
            let ticks = linear(in: range, most: count)
            guard ticks.count > 1 else { return ticks }
            // The axis itself takes about three quarters of a panel, a digit at most nine pixels.
            let share = (ticks[1].position - ticks[0].position) / (range.upperBound - range.lowerBound)
            let longest = ticks.map(\.label.count).max() ?? 0
            if Double(longest * 9 + 6) <= 0.75 * pixels * share { return ticks }
        }
        return linear(in: range, most: 2)
    }

    private static func count(in range: ClosedRange<Double>, step: Double) -> Int {
        let first = (range.lowerBound / step - 1e-9).rounded(.up)
        let last = (range.upperBound / step + 1e-9).rounded(.down)
        return last - first < 1e6 ? Int(last - first) + 1 : Int.max
    }

    /// Powers of ten inside a range; when there are fewer than two, 1, 2 and 5 times them.
    static func logarithmic(in range: ClosedRange<Double>, most: Int) -> [Tick] {
        guard range.lowerBound > 0 else { return linear(in: range, most: most) }
        let low = log10(range.lowerBound)
        let high = log10(range.upperBound)
        let powers = Array(stride(from: (low - 1e-9).rounded(.up), through: high + 1e-9, by: 1))
        if powers.count >= 2 {
            let every = max((powers.count + most - 1) / max(most, 1), 1)
            return powers.enumerated().filter { $0.offset % every == 0 }.map {
                Tick(pow(10, $0.element), power($0.element))
            }
        }
        var found: [Tick] = []
        for exponent in stride(from: low.rounded(.down), through: high.rounded(.up), by: 1) {
            for factor in [1.0, 2, 5] {
                let value = factor * pow(10, exponent)
                if range.contains(value) { found.append(Tick(value, number(value, step: value))) }
            }
        }
        return found.count >= 2 ? found : linear(in: range, most: most)
    }

    /// Names cut so short that all of them fit side by side into so many characters.
    static func fitted(_ ticks: [Tick], into width: Int) -> [Tick] {
        let room = max(width / max(ticks.count, 1) - 1, 4)
        return ticks.map { Tick($0.position, GnuplotScript.abridged($0.label, to: room)) }
    }

    /// A number with as many decimals as a step needs.
    static func number(_ value: Double, step: Double) -> String {
        if value == 0 { return "0" }
        let size = max(abs(value), abs(step))
        if size >= 1e6 || size < 1e-4 {
            return String(format: "%g", (value / step).rounded() * step)
        }
        let decimals = max(0, Int((-log10(abs(step)) - 1e-9).rounded(.up)))
        return String(format: "%.\(min(decimals, 12))f", value)
    }

    private static func power(_ exponent: Double) -> String {
        switch exponent {
        case -3...4: number(pow(10, exponent), step: pow(10, exponent))
        default: "1e\(Int(exponent))"
        }
    }
}
