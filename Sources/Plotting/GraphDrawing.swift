/// A directed graph whose boxes have been given places: what `Series.Kind.graph` draws.
///
/// Coordinates are counted in boxes: a box is one unit wide and high about its centre, columns and rows lie
/// `columnStep` and `rowStep` apart.
public struct GraphDrawing: Hashable, Sendable {
    /// A box of text.
    public struct Box: Hashable, Sendable {
        /// Lines of text, the first one in front.
        public var lines: [String]
        /// Its layer, counted from the left.
        public var column: Int
        /// Its place in the layer, from the top; halves are allowed.
        public var row: Double
        /// The colour of its border.
        public var role: Role

        /// A box.
        public init(lines: [String], column: Int, row: Double, role: Role = .neutral) {
            self.lines = lines
            self.column = column
            self.row = row
            self.role = role
        }
    }

    /// An arrow from one box to another, by their places in `boxes`.
    public struct Edge: Hashable, Sendable {
        /// Where it begins.
        public var from: Int
        /// Where it ends.
        public var to: Int
        /// The rows at which it passes the columns in between, from the first to the last.
        public var passes: [Double]

        /// An edge.
        public init(from: Int, to: Int, passes: [Double] = []) {
            self.from = from
            self.to = to
            self.passes = passes
        }
    }

    /// The boxes.
    public var boxes: [Box]
    /// The arrows; those that name no box are not drawn.
    public var edges: [Edge]

    /// A drawing of boxes that have their places.
    public init(boxes: [Box], edges: [Edge]) {
        self.boxes = boxes
        self.edges = edges.filter { boxes.indices.contains($0.from) && boxes.indices.contains($0.to) }
    }
}

// Where the boxes lie in the plane.
extension GraphDrawing {
    /// Width of a box in the units of the panel.
    static let boxWidth = 1.0
    /// Height of a box in the units of the panel.
    static let boxHeight = 0.78
    private static let columnStep = 1.4

    /// The middle of a box.
    static func centre(of box: Box) -> Point { Point(Double(box.column) * columnStep, -box.row) }

    /// The part of the plane that holds all boxes; a small graph is not blown up.
    var frame: (x: ClosedRange<Double>, y: ClosedRange<Double>) {
        let right = Double(boxes.map(\.column).max() ?? 0) * Self.columnStep
        let top = -(boxes.map(\.row).min() ?? 0)
        let bottom = -(boxes.map(\.row).max() ?? 0)
        let (acrossMiddle, upMiddle) = (right / 2, (top + bottom) / 2)
        let across = max(right / 2 + 0.6, 1.9)
        let up = max((top - bottom) / 2 + 0.5, 1.6)
        return (acrossMiddle - across...acrossMiddle + across, upMiddle - up...upMiddle + up)
    }

    /// The corners of an edge, from the right side of one box to the left side of the other; ends are spread, so that
    /// arrows do not lie on each other.
    func path(ofEdgeAt index: Int) -> [Point] {
        let edge = edges[index]
        let (from, to) = (Self.centre(of: boxes[edge.from]), Self.centre(of: boxes[edge.to]))
        let (place, count) = arrival(ofEdgeAt: index)
        let spread = count > 1 ? min(Self.boxHeight * 0.5 / Double(count - 1), 0.2) : 0
        let corners = edge.passes.enumerated().flatMap { index, row in
            let x = Double(boxes[edge.from].column + 1 + index) * Self.columnStep
            return [Point(x - Self.boxWidth / 2, -row), Point(x + Self.boxWidth / 2, -row)]
        }
        let offset = Double(place) - Double(count - 1) / 2
        return [Point(from.x + Self.boxWidth / 2, from.y)] + corners
            + [Point(to.x - Self.boxWidth / 2, to.y - offset * spread)]
    }

    /// Which of the arrows that come into its box an edge is, counted from the top, and how many there are.
    func arrival(ofEdgeAt index: Int) -> (place: Int, count: Int) {
        let incoming = edges.indices.filter { edges[$0].to == edges[index].to }.sorted { one, two in
            let rows = [one, two].map { edges[$0].passes.last ?? boxes[edges[$0].from].row }
            return (rows[0], one) < (rows[1], two)
        }
        return (incoming.firstIndex(of: index) ?? 0, incoming.count)
    }
}
