import Foundation

// A graph of boxes in characters: boxes side by side while they fit, else a list.
extension TextPanelScript {
    mutating func graph(_ full: GraphDrawing) -> [String] {
        let drawing = abridged(full)
        // What a sign stands for is told below the boxes.
        let foot = drawing == full ? 0 : 1
        let layers = (drawing.boxes.map(\.column).max() ?? 0) + 1
        let top = frame.height - (panel.title.isEmpty ? 0 : 1) - foot
        if !panel.title.isEmpty {
            label(panel.title, centredIn: frame.left..<frame.left + frame.width, row: frame.bottom + frame.height - 1)
        }
        let longest = drawing.boxes.flatMap(\.lines).map(\.count).max() ?? 1
        let gap = Self.gap(layers)
        let width = min(longest + 2, (frame.width - gap * (layers - 1)) / layers)
        let height = 2 + (drawing.boxes.map(\.lines.count).max() ?? 1)
        let span = (drawing.boxes.map(\.row).max() ?? 0)
        let step = span > 0 ? min(Double(top - height) / span, Double(height)) : 0
        if width >= 7, span == 0 || step >= Double(height) - 0.001 || step >= Double(height) * 0.99 {
            var canvas = BoxCanvas(
                drawing: drawing, width: width, gap: gap, height: height, step: step, size: (frame.width, top),
                style: style)
            canvas.draw()
            if foot > 0 {
                label("\(gradientSign): gradient", column: frame.left + 1, row: frame.bottom)
            }
            return blank() + place(canvas, above: foot)
        }
        return blank() + list(full, rows: top + foot)
    }

    private static func gap(_ layers: Int) -> Int { layers > 5 ? 3 : 5 }

    private var gradientSign: String { style.isUnicode ? "∂" : "d" }

    /// Where boxes are narrow the word for the gradient becomes its sign.
    private func abridged(_ drawing: GraphDrawing) -> GraphDrawing {
        let layers = (drawing.boxes.map(\.column).max() ?? 0) + 1
        let longest = drawing.boxes.flatMap(\.lines).map(\.count).max() ?? 1
        guard (longest + 2) * layers + Self.gap(layers) * (layers - 1) > frame.width else { return drawing }
        var narrow = drawing
        for index in narrow.boxes.indices {
            narrow.boxes[index].lines = narrow.boxes[index].lines.map { line in
                line.hasPrefix("grad ") ? gradientSign + line.dropFirst(4) : line
            }
        }
        return narrow
    }

    /// An empty plot: everything is written.
    private func blank() -> [String] {
        [
            "reset", "set encoding utf8", "unset key", "unset border", "unset tics", "set xrange [0:1]",
            "set yrange [0:1]",
        ]
    }

    private mutating func place(_ canvas: BoxCanvas, above foot: Int) -> [String] {
        for run in canvas.runs {
            label(run.text, column: frame.left + run.column, row: frame.bottom + foot + run.row, ink: run.ink)
        }
        return finished()
    }

    private mutating func list(_ drawing: GraphDrawing, rows: Int) -> [String] {
        let order = drawing.boxes.indices.sorted {
            (drawing.boxes[$0].column, drawing.boxes[$0].row) < (drawing.boxes[$1].column, drawing.boxes[$1].row)
        }
        let names = drawing.boxes.enumerated().map { "\($0.element.lines.first ?? "")" }
        let width = min(names.map(\.count).max() ?? 1, 16)
        for (line, box) in order.enumerated() where line < rows {
            if line == rows - 1, order.count > rows {
                label(
                    "… \(order.count - line) more; in a file (to graph.svg) all are drawn", column: frame.left,
                    row: frame.bottom)
                break
            }
            let sources = drawing.edges.filter { $0.to == box }.map { names[$0.from] }
            let from = sources.isEmpty ? "" : "   from " + sources.joined(separator: ", ")
            let name = names[box].padding(toLength: max(width, names[box].count), withPad: " ", startingAt: 0)
            let details = drawing.boxes[box].lines.dropFirst().map {
                $0.padding(toLength: max($0.count, 14), withPad: " ", startingAt: 0)
            }
            let indent = String(repeating: " ", count: min(drawing.boxes[box].column, 12))
            label(
                indent + name + "  " + details.joined(separator: " ") + from, column: frame.left + 1,
                row: frame.bottom + rows - 1 - line)
        }
        return finished()
    }
}

/// Boxes and arrows on a grid of characters; rows count upwards.
private struct BoxCanvas {
    struct Run {
        var text: String
        var column: Int
        var row: Int
        var ink: Ink
    }

    let drawing: GraphDrawing
    let width: Int
    let gap: Int
    let height: Int
    let step: Double
    let size: (columns: Int, rows: Int)
    let style: TextStyle
    private(set) var runs: [Run] = []
    private var lines: [[Int]: Int] = [:]

    init(
        drawing: GraphDrawing, width: Int, gap: Int, height: Int, step: Double, size: (Int, Int), style: TextStyle
    ) {
        self.drawing = drawing
        self.width = width
        self.gap = gap
        self.height = height
        self.step = step
        self.size = size
        self.style = style
    }

    private var margin: Int {
        let layers = (drawing.boxes.map(\.column).max() ?? 0) + 1
        return max((size.columns - layers * width - (layers - 1) * gap) / 2, 0)
    }

    private var lift: Int {
        let used = Int(((drawing.boxes.map(\.row).max() ?? 0) * step).rounded()) + height
        return max((size.rows - used) / 2, 0)
    }

    private func left(_ column: Int) -> Int { margin + column * (width + gap) }
    private func middle(_ row: Double) -> Int { size.rows - 1 - lift - Int((row * step).rounded()) - height / 2 }

    mutating func draw() {
        for index in drawing.edges.indices { route(index) }
        for (place, arms) in lines {
            runs.append(Run(text: String(glyph(arms)), column: place[0], row: place[1], ink: .standard))
        }
        for (index, edge) in drawing.edges.enumerated() {
            runs.append(
                Run(
                    text: style.isUnicode ? "▶" : ">", column: left(drawing.boxes[edge.to].column) - 1,
                    row: end(ofEdgeAt: index), ink: .standard))
        }
        for box in drawing.boxes { draw(box) }
    }

    /// The row at which an edge comes in; several come in beneath each other.
    private func end(ofEdgeAt index: Int) -> Int {
        let (place, count) = drawing.arrival(ofEdgeAt: index)
        let share = count == 1 ? 0 : Double(place) / Double(count - 1) - 0.5
        let offset = Int((share * Double(min(count - 1, height - 3))).rounded())
        return middle(drawing.boxes[drawing.edges[index].to].row) - offset
    }

    /// Across, up or down in the gap before the next column, and across again.
    private mutating func route(_ place: Int) {
        let edge = drawing.edges[place]
        let from = drawing.boxes[edge.from]
        var row = middle(from.row)
        var start = left(from.column) + width
        let stops = edge.passes.map(middle) + [end(ofEdgeAt: place)]
        for (index, stop) in stops.enumerated() {
            let next = left(from.column + 1 + index)
            let bend = next - gap + gap / 2
            horizontal(start, bend, row)
            vertical(bend, row, stop)
            let isLast = index == stops.count - 1
            let finish = isLast ? next - 1 : next + width
            horizontal(bend, finish, stop)
            start = finish
            row = stop
        }
    }

    private mutating func horizontal(_ from: Int, _ to: Int, _ row: Int) {
        guard from < to else { return }
        for column in from..<to {
            lines[[column, row], default: 0] |= column == from && from != to ? 1 : 3
        }
        lines[[to, row], default: 0] |= 2
    }

    private mutating func vertical(_ column: Int, _ from: Int, _ to: Int) {
        guard from != to else { return }
        for row in min(from, to)...max(from, to) {
            var arms = 0
            if row < max(from, to) { arms |= 4 }
            if row > min(from, to) { arms |= 8 }
            lines[[column, row], default: 0] |= arms
        }
    }

    /// Arms: 1 right, 2 left, 4 up, 8 down.
    private func glyph(_ arms: Int) -> Character {
        if !style.isUnicode { return arms & 3 == arms ? "-" : arms & 12 == arms ? "|" : "+" }
        let table: [Int: Character] = [
            1: "─", 2: "─", 3: "─", 4: "│", 8: "│", 12: "│", 5: "╰", 6: "╯", 9: "╭", 10: "╮", 7: "┴", 11: "┬",
            13: "├", 14: "┤", 15: "┼",
        ]
        return table[arms] ?? "·"
    }

    private mutating func draw(_ box: GraphDrawing.Box) {
        let corner = left(box.column)
        let top = middle(box.row) + height / 2
        let frame: [Character] = Array(style.isUnicode ? "┌─┐│└┘" : "+-+|++")
        let ink: Ink =
            style.colours == .none || box.role == .neutral || box.role == .model ? .standard : .role(box.role)
        let across = String(repeating: frame[1], count: width - 2)
        runs.append(Run(text: "\(frame[0])\(across)\(frame[2])", column: corner, row: top, ink: ink))
        for line in 0..<height - 2 {
            let text = line < box.lines.count ? box.lines[line] : ""
            let fitted = GnuplotScript.abridged(text, to: width - 2)
            let before = (width - 2 - fitted.count) / 2
            let after = width - 2 - fitted.count - before
            runs.append(Run(text: String(frame[3]), column: corner, row: top - 1 - line, ink: ink))
            let padded = String(repeating: " ", count: before) + fitted + String(repeating: " ", count: after)
            runs.append(Run(text: padded, column: corner + 1, row: top - 1 - line, ink: .standard))
            runs.append(Run(text: String(frame[3]), column: corner + width - 1, row: top - 1 - line, ink: ink))
        }
        runs.append(Run(text: "\(frame[4])\(across)\(frame[5])", column: corner, row: top - height + 1, ink: ink))
    }
}
