import Foundation

/// Which characters and colours stand for what in a text picture. Where there is no colour, characters alone tell
/// everything apart.
struct TextGlyphs {
    let style: TextStyle
    /// Whether there is a heat map beneath.
    let hasGround: Bool
    private let lineCount: Int
    private let barRoles: [Role]

    init(panel: Panel, style: TextStyle) {
        self.style = style
        hasGround = panel.series.contains(where: \.kind.isHeatMap)
        lineCount = panel.series.count { if case .curve = $0.kind { true } else { false } }
        barRoles = panel.series.compactMap { if case .bars = $0.kind { $0.role } else { nil } }
    }

    private var isColoured: Bool { style.colours != .none }

    /// A role's colour. Dark lines and greys take the terminal's own colour of text.
    func ink(of role: Role) -> Ink {
        switch role {
        case .model, .neutral: .standard
        case .real, .generated, .other: isColoured ? .role(role) : .standard
        }
    }

    /// The mark of the n-th curve; nil draws it with fine dots.
    func line(_ index: Int) -> Character? {
        if style.isUnicode, isColoured || lineCount <= 1 { return nil }
        let marks: [Character] = ["*", "o", "+", "x", "@", "%"]
        return marks[index % marks.count]
    }

    /// The mark of a contour where there are no fine dots.
    var contour: Character { "*" }

    /// Dashed lines.
    var dash: (across: Character, up: Character) { style.isUnicode ? ("┄", "┆") : ("-", ":") }

    /// The cell of bars of these roles, one or several that cover it.
    func bar(_ roles: [Role]) -> TextCanvas.Glyph {
        if roles.count > 1 {
            if !isColoured { return .init(character: style.isUnicode ? "╳" : "X", ink: .standard) }
            return .init(character: style.isUnicode ? "▒" : "X", ink: .standard)
        }
        let role = roles.first ?? .neutral
        if barRoles.count > 1, !isColoured {
            let index = barRoles.firstIndex(of: role) ?? 0
            let marks: [Character] = style.isUnicode ? ["╱", "╲", "│", "─"] : ["/", "\\", "|", "-"]
            return .init(character: marks[index % marks.count], ink: .standard)
        }
        return .init(character: style.isUnicode ? "█" : "#", ink: ink(of: role))
    }

    /// The top of a bar that fills a part (0...1) of its cell.
    func cap(_ part: Double) -> Character? {
        guard part > 0 else { return nil }
        let caps: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇"]
        if style.isUnicode, isColoured || barRoles.count == 1 {
            let eighths = Int((part * 8).rounded())
            return eighths < 1 ? nil : caps[min(eighths, 7) - 1]
        }
        return part >= 0.5 ? "_" : nil
    }

    /// The filling of a band.
    func band(_ role: Role) -> Character {
        style.isUnicode ? "░" : "."
    }

    /// The filling of a polygon; unlike the shades of a heat map beneath it.
    func patch(_ weight: Double) -> Character {
        let marks: [Character] = style.isUnicode ? ["▪", "▬", "■", "█"] : [".", "+", "%", "@"]
        return marks[min(max(Int(weight * 4), 0), 3)]
    }

    /// The mark of points, fuller the more there are in the cell.
    func point(_ role: Role, count: Int) -> Character {
        switch role {
        case .generated: style.isUnicode ? "×" : "x"
        case .other(let index): Array(style.isUnicode ? "◆■▲▼◉" : "+*#@%")[((index % 5) + 5) % 5]
        case .real, .model, .neutral: style.isUnicode ? (count > 2 ? "●" : "•") : "o"
        }
    }

    /// The head of an arrow; both parts in widths of a character.
    func head(across: Double, up: Double) -> Character {
        let angle = atan2(up, across)
        let eighth = (Int((angle / (.pi / 4)).rounded()) + 8) % 8
        return Array(style.isUnicode ? "→↗↑↖←↙↓↘" : ">/^\\</v\\")[eighth]
    }

    /// The shade of a value on a scale; nil leaves the cell empty.
    func shade(_ value: Double, _ scale: ColourScale, _ range: ClosedRange<Double>) -> TextCanvas.Glyph? {
        guard value.isFinite else { return nil }
        let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
        switch scale {
        case .density(let role):
            return step(share, of: densities).map { .init(character: $0, ink: ink(of: role)) }
        case .neutral:
            return step(share, of: densities).map { .init(character: $0, ink: .standard) }
        case .judgement:
            return side(2 * share - 1, high: .role(.real), low: .role(.generated))
        case .signed:
            return side(2 * share - 1, high: .role(.other(0)), low: .role(.other(1)))
        case .classes(let roles):
            let index = Int(value.rounded())
            guard roles.indices.contains(index) else { return nil }
            return region(index, roles)
        }
    }

    /// The filling of the region of a class.
    private func region(_ index: Int, _ roles: [Role]) -> TextCanvas.Glyph {
        if isColoured, style.isUnicode { return .init(character: "░", ink: .role(roles[index])) }
        let marks: [Character] = [".", "-", "'", ":", "~"]
        return .init(character: marks[index % marks.count], ink: isColoured ? .role(roles[index]) : .standard)
    }

    private var densities: [Character] { Array(style.isUnicode ? "░▒▓█" : ".:*#") }

    /// The shades of the two sides of a scale, faint to strong.
    private var sides: (high: [Character], low: [Character]) {
        if isColoured { return style.isUnicode ? (Array("░▒"), Array("-=")) : (Array(":#"), Array("-=")) }
        return style.isUnicode ? (Array("░▒▓"), Array("-=≡")) : (Array(":+#"), Array(",-="))
    }

    private func step(_ share: Double, of glyphs: [Character]) -> Character? {
        share < 0.04 ? nil : glyphs[min(Int(share * Double(glyphs.count)), glyphs.count - 1)]
    }

    private func side(_ lean: Double, high: Ink, low: Ink) -> TextCanvas.Glyph? {
        let glyphs = lean > 0 ? sides.high : sides.low
        let strength = abs(lean)
        guard strength >= 0.1 else { return nil }
        let step = min(Int((strength - 0.1) / 0.9 * Double(glyphs.count)), glyphs.count - 1)
        return .init(character: glyphs[step], ink: isColoured ? (lean > 0 ? high : low) : .standard)
    }

    /// What the legend says of a scale.
    func legend(of scale: ColourScale, _ label: String, _ range: ClosedRange<Double>) -> [TextSeries.Entry] {
        func entry(_ marks: [Character], _ ink: Ink, _ name: String) -> TextSeries.Entry {
            .init(marks: marks.map { .init(character: $0, ink: isColoured ? ink : .standard) }, name: name)
        }
        let top = String(format: "%.3g", range.upperBound)
        let bottom = String(format: "%.3g", range.lowerBound)
        let name = label.isEmpty ? "" : "\(label), "
        switch scale {
        case .density(let role): return [entry(densities, ink(of: role), "\(name)0 to \(top)")]
        case .classes: return []
        case .neutral: return [entry(densities, .standard, "\(name)\(bottom) to \(top)")]
        case .judgement:
            return [
                entry(sides.low, .role(.generated), "judged made up"), entry(sides.high, .role(.real), "judged real"),
            ]
        case .signed:
            return [
                entry(sides.low, .role(.other(1)), "\(name)down to \(bottom)"),
                entry(sides.high, .role(.other(0)), "up to \(top)"),
            ]
        }
    }
}
