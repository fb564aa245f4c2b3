/// The lines along which a grid has a level: marching squares between the centres of its cells.
enum ContourLines {
    /// Polylines for all levels, the pieces of each joined where they meet.
    static func of(_ grid: Grid, at levels: [Double]) -> [[Point]] {
        levels.flatMap { joined(segments(of: grid, at: $0)) }
    }

    private static func segments(of grid: Grid, at level: Double) -> [(Point, Point)] {
        guard grid.columns > 1, grid.rows > 1 else { return [] }
        let centres = Grid.centres(x: grid.x, y: grid.y, columns: grid.columns, rows: grid.rows)
        var found: [(Point, Point)] = []
        for row in 0..<grid.rows - 1 {
            for column in 0..<grid.columns - 1 {
                // Round the square, anticlockwise.
                let corners = [
                    row * grid.columns + column, row * grid.columns + column + 1,
                    (row + 1) * grid.columns + column + 1, (row + 1) * grid.columns + column,
                ]
                let values = corners.map { grid.values[$0] }
                guard values.allSatisfy(\.isFinite) else { continue }
                var crossings: [Point] = []
                for side in 0..<4 {
                    // Both squares at a side see it from the same end, and so find the very same point.
                    let one = min(corners[side], corners[(side + 1) % 4])
                    let two = max(corners[side], corners[(side + 1) % 4])
                    let (a, b) = (grid.values[one], grid.values[two])
                    guard (a < level) != (b < level) else { continue }
                    let share = (level - a) / (b - a)
                    let (p, q) = (centres[one], centres[two])
                    crossings.append(Point(p.x + (q.x - p.x) * share, p.y + (q.y - p.y) * share))
                }
                if crossings.count == 2 {
                    found.append((crossings[0], crossings[1]))
                } else if crossings.count == 4 {
                    // A saddle: the middle decides which corners belong together.
                    let isHigh = values.reduce(0, +) / 4 >= level
                    let firstIsLow = values[0] < level
                    let turn = isHigh == firstIsLow ? 0 : 1
                    found.append((crossings[(3 + turn) % 4], crossings[(0 + turn) % 4]))
                    found.append((crossings[(1 + turn) % 4], crossings[(2 + turn) % 4]))
                }
            }
        }
        return found
    }

    /// Segments that share an end become one line.
    private static func joined(_ segments: [(Point, Point)]) -> [[Point]] {
        var ends: [Point: [Int]] = [:]
        for (index, segment) in segments.enumerated() {
            ends[segment.0, default: []].append(index)
            ends[segment.1, default: []].append(index)
        }
        var isUsed = Array(repeating: false, count: segments.count)
        func grow(_ line: inout [Point]) {
            while let last = line.last, let next = ends[last]?.first(where: { !isUsed[$0] }) {
                isUsed[next] = true
                line.append(segments[next].0 == last ? segments[next].1 : segments[next].0)
            }
        }
        var lines: [[Point]] = []
        for index in segments.indices where !isUsed[index] {
            isUsed[index] = true
            var line = [segments[index].0, segments[index].1]
            grow(&line)
            line.reverse()
            grow(&line)
            lines.append(line)
        }
        return lines
    }
}
