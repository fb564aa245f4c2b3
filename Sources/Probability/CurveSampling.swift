import LinearAlgebra

extension NoisyCurve {
    /// Draws whole stretches of points at once; sines, cosines and exponentials are taken by the kernels.
    public func draw(_ count: Int, using random: inout RandomStream) -> [Double] {
        draw(count, from: branches, using: &random)
    }

    /// The same from some of the curves.
    func draw(_ count: Int, from branches: [Branch], using random: inout RandomStream) -> [Double] {
        let lines = branches.map { Line($0) }
        var columns: [RandomColumn] = lines.count > 1 ? [.uniform] : []
        if lines.contains(where: { $0.spread != .normal }) { columns.append(.uniform) }
        if lines.contains(where: { $0.spread == .normal }) { columns.append(.normal) }
        return random.drawn(count, from: columns + [.normalPair]) { numbers in
            var numbers = numbers[...]
            let chosen = lines.count > 1 ? Self.choose(among: lines.count, numbers.removeFirst()) : []
            let noises = numbers.removeLast()
            let places = Self.parameters(lines, chosen, uniforms: numbers.first ?? [], normals: numbers.last ?? [])
            return points(lines, chosen, places, noises)
        }
    }

    /// What a branch adds to the points of it: plain numbers, quick to look up.
    private struct Line {
        /// How t spreads over the interval from `from`.
        enum Spread { case even, growing, normal }
        let spread: Spread
        let from: Double, length: Double
        let center: (x: Double, y: Double), stretch: (x: Double, y: Double)
        let radius: (constant: Double, slope: Double)
        let angle: (constant: Double, slope: Double, bend: Double)

        init(_ branch: Branch) {
            (center, stretch, radius, angle) = (branch.center, branch.stretch, branch.radius, branch.angle)
            switch branch.law {
            case .uniform(let range):
                (spread, from, length) = (.even, range.lowerBound, range.upperBound - range.lowerBound)
            case .growing(let range):
                (spread, from, length) = (.growing, range.lowerBound, range.upperBound - range.lowerBound)
            case .normal(let mean, let sd): (spread, from, length) = (.normal, mean, sd)
            }
        }
    }

    private static func choose(among count: Int, _ uniforms: [Double]) -> [Int] {
        uniforms.map { min(Int($0 * Double(count)), count - 1) }
    }

    /// The parameter t of every point.
    private static func parameters(_ lines: [Line], _ chosen: [Int], uniforms: [Double], normals: [Double]) -> [Double]
    {
        let growing = lines.contains { $0.spread == .growing } ? uniforms.mapped(.squareRoot) : []
        let spread = lines[0].spread
        func numbers(_ spread: Line.Spread) -> [Double] {
            switch spread {
            case .even: uniforms
            case .growing: growing
            case .normal: normals.map { min(max($0, -6), 6) }
            }
        }
        if lines.allSatisfy({ $0.spread == spread }) {
            let line = lines[0]
            if chosen.isEmpty { return numbers(spread).map { line.from + line.length * $0 } }
            return zip(numbers(spread), chosen).map { lines[$1].from + lines[$1].length * $0 }
        }
        let all = lines.map { numbers($0.spread) }
        return chosen.indices.map { lines[chosen[$0]].from + lines[chosen[$0]].length * all[chosen[$0]][$0] }
    }

    /// Does something with every number and the line that it belongs to.
    @inline(__always)
    private static func forEach(_ count: Int, _ lines: [Line], _ chosen: [Int], _ body: (Int, Line) -> Void) {
        if chosen.isEmpty {
            let line = lines[0]
            for i in 0..<count { body(i, line) }
        } else {
            for i in 0..<count { body(i, lines[chosen[i]]) }
        }
    }

    private func points(_ lines: [Line], _ chosen: [Int], _ places: [Double], _ noises: [Double]) -> [Double] {
        let powers = lines.contains { $0.angle.bend != 0 } ? places.mapped(.exp) : []
        let angles = [Double](unsafeUninitializedCapacity: places.count) { angles, count in
            count = places.count
            if powers.isEmpty {
                Self.forEach(count, lines, chosen) { i, line in
                    angles[i] = line.angle.constant + line.angle.slope * places[i]
                }
            } else {
                Self.forEach(count, lines, chosen) { i, line in
                    let turn = line.angle.constant + line.angle.slope * places[i]
                    angles[i] = line.angle.bend == 0 ? turn : turn + line.angle.bend * powers[i]
                }
            }
        }
        let (cosines, sines) = (angles.mapped(.cos), angles.mapped(.sin))
        return [Double](unsafeUninitializedCapacity: noises.count) { values, count in
            count = noises.count
            Self.forEach(places.count, lines, chosen) { i, line in
                let radius = line.radius.constant + line.radius.slope * places[i]
                values[2 * i] = line.center.x + line.stretch.x * radius * cosines[i] + noise * noises[2 * i]
                values[2 * i + 1] = line.center.y + line.stretch.y * radius * sines[i] + noise * noises[2 * i + 1]
            }
        }
    }
}
