import Foundation

/// Gauss-Legendre quadrature along curves, fine enough for noise of a given width.
enum CurveQuadrature {
    /// A place on a curve and its share of the probability.
    struct Node: Sendable {
        let x: Double, y: Double, weight: Double
    }

    /// More nodes than this would make a density too slow; the noise has to be wider instead.
    private static let mostNodes = 200_000

    /// Nodes on all branches, each branch with the same share; the weights sum to 1.
    static func nodes(of branches: [NoisyCurve.Branch], noise: Double) throws(DistributionError) -> [Node] {
        let share = 1 / Double(branches.count)
        var nodes: [Node] = []
        for branch in branches {
            let length = chords(of: branch, count: 512).length
            let panels = max(ceil(length / (2 * noise)), 16)
            guard panels * 8 <= Double(mostNodes) * share else {
                let least = 4 * length / (Double(mostNodes) * share)
                throw DistributionError(
                    "noise \(NumberFormat.short(noise)) is too little for a curve of length \(NumberFormat.short(length))",
                    help: "give \(NumberFormat.short(least, digits: 2)) or more")
            }
            nodes += Self.nodes(of: branch, panels: Int(panels), share: share)
        }
        return nodes
    }

    private static func nodes(of branch: NoisyCurve.Branch, panels: Int, share: Double) -> [Node] {
        let ends = panelEnds(of: branch, panels: panels)
        var nodes: [Node] = []
        nodes.reserveCapacity(8 * panels)
        for (low, high) in zip(ends, ends.dropFirst()) {
            for (place, weight) in eight {
                let t = low + (high - low) * place
                let point = branch.point(t)
                let mass = weight * (high - low) * branch.law.density(t)
                if mass > 0 { nodes.append(Node(x: point.x, y: point.y, weight: mass)) }
            }
        }
        let total = nodes.reduce(0) { $0 + $1.weight }
        return nodes.map { Node(x: $0.x, y: $0.y, weight: share * $0.weight / total) }
    }

    /// Panels of equal length along the curve, so that none is longer than the noise allows wherever the curve hurries.
    private static func panelEnds(of branch: NoisyCurve.Branch, panels: Int) -> [Double] {
        let fine = max(16 * panels, 512)
        let (parameters, lengths, length) = chords(of: branch, count: fine)
        var ends = [parameters[0]]
        var i = 0
        for panel in 1..<panels {
            let wanted = length * Double(panel) / Double(panels)
            while i < fine - 1, lengths[i + 1] < wanted { i += 1 }
            let step = lengths[i + 1] - lengths[i]
            let part = step > 0 ? (wanted - lengths[i]) / step : 0
            ends.append(parameters[i] + part * (parameters[i + 1] - parameters[i]))
        }
        return ends + [parameters[fine]]
    }

    /// The curve as `count` chords: parameters of their ends, length up to each end, length of all.
    private static func chords(
        of branch: NoisyCurve.Branch, count: Int
    ) -> (parameters: [Double], lengths: [Double], length: Double) {
        let range = branch.law.interval
        let step = (range.upperBound - range.lowerBound) / Double(count)
        let parameters = (0...count).map { range.lowerBound + Double($0) * step }
        var length = 0.0
        var lengths = [0.0]
        var last = branch.point(parameters[0])
        for t in parameters.dropFirst() {
            let next = branch.point(t)
            length += hypot(next.x - last.x, next.y - last.y)
            lengths.append(length)
            last = next
        }
        return (parameters, lengths, length)
    }

    /// Places and weights of the eight-point rule on [0, 1] (Abramowitz and Stegun, table 25.4), exact for degree 15.
    private static let eight: [(place: Double, weight: Double)] = {
        let places: [Double] = [
            0.183434642495649805, 0.525532409916328986, 0.796666477413626740, 0.960289856497536232,
        ]
        let weights: [Double] = [
            0.362683783378361983, 0.313706645877887287, 0.222381034453374471, 0.101228536290376259,
        ]
        var pairs: [(place: Double, weight: Double)] = []
        for (place, weight) in zip(places, weights) {
            pairs.append((0.5 - place / 2, weight / 2))
            pairs.append((0.5 + place / 2, weight / 2))
        }
        return pairs
    }()
}
