/// Who a series is. The role decides the colour everywhere, so that a reader learns the colours once.
public enum Role: Hashable, Sendable {
    /// Real data: blue.
    case real
    /// Made-up data, or the distribution that makes it up: vermillion.
    case generated
    /// A model, a theory, a formula: a dark line.
    case model
    /// What is neither: grey.
    case neutral
    /// The n-th of several things of one sort, counted from 0.
    case other(Int)
}

/// How the numbers of a heat map become colours.
public enum ColourScale: Hashable, Sendable {
    /// From nothing (paper) to much, in the hue of a role.
    case density(Role)
    /// What a discriminator says, from 0 (made up) over 0.5 (cannot tell) to 1 (real).
    case judgement
    /// From small to large in grey, for numbers of one sign.
    case neutral
    /// From negative (purple) over 0 (paper) to positive (green), symmetric about 0.
    case signed
    /// Which of several classes, by its place in the list: the tint of its role.
    case classes([Role])
}

/// A colour, 8 bits for each of red, green and blue.
public struct RGB: Hashable, Sendable {
    /// 0xRRGGBB.
    public let code: UInt32

    /// From 0xRRGGBB.
    public init(_ code: UInt32) { self.code = code & 0xFFFFFF }

    /// Red, green, blue, each 0...255.
    public var components: (red: Int, green: Int, blue: Int) {
        (Int(code >> 16), Int(code >> 8 & 255), Int(code & 255))
    }

    /// As gnuplot writes it: "#RRGGBB".
    public var text: String {
        let digits = String(code, radix: 16, uppercase: true)
        return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// A share of the way to another colour.
    public func mixed(with other: RGB, _ share: Double) -> RGB {
        func mix(_ a: Int, _ b: Int) -> UInt32 { UInt32((Double(a) + (Double(b) - Double(a)) * share).rounded()) }
        let (a, b) = (components, other.components)
        return RGB(mix(a.red, b.red) << 16 | mix(a.green, b.green) << 8 | mix(a.blue, b.blue))
    }
}

/// The one palette of the playground. Hues are Okabe and Ito's (2008), which people who see red and green alike can
/// tell apart.
public enum Palette {
    /// What pictures are drawn on.
    public static let paper = RGB(0xFFFFFF)
    /// Text and axes.
    public static let ink = RGB(0x333333)
    /// Grid lines.
    public static let faint = RGB(0xDDDDDD)
    /// Blue.
    public static let real = RGB(0x0072B2)
    /// Vermillion.
    public static let generated = RGB(0xD55E00)
    /// Almost black.
    public static let model = RGB(0x222222)
    /// Grey.
    public static let neutral = RGB(0x808080)

    /// For series that are neither real nor generated: green, purple, orange, sky blue, olive, then round again.
    public static let others = [RGB(0x009E73), RGB(0xCC79A7), RGB(0xE69F00), RGB(0x56B4E9), RGB(0xB8A900)]

    /// The colour of a role.
    public static func colour(of role: Role) -> RGB {
        switch role {
        case .real: real
        case .generated: generated
        case .model: model
        case .neutral: neutral
        case .other(let index): others[((index % others.count) + others.count) % others.count]
        }
    }

    /// The stops of a scale from its low end to its high end, equally spaced.
    public static func stops(of scale: ColourScale) -> [RGB] {
        switch scale {
        case .density(let role):
            let hue = colour(of: role)
            return [paper, paper.mixed(with: hue, 0.35), paper.mixed(with: hue, 0.75), hue.mixed(with: RGB(0), 0.35)]
        case .judgement:
            // The real end is darker than the made-up one, so that the two differ on black and white too.
            return [generated.mixed(with: paper, 0.4), RGB(0xF7F7F7), real.mixed(with: paper, 0.12)]
        case .neutral:
            return [RGB(0xF4F4F4), RGB(0x222222)]
        case .classes(let roles):
            return roles.map { colour(of: $0).mixed(with: paper, 0.6) }
        case .signed:
            return [RGB(0x5E1C6E), RGB(0xB593C6), RGB(0xF7F7F7), RGB(0xB0DFAB), RGB(0x48A45A)]
        }
    }

    /// The values at the two ends of a scale for a grid.
    public static func range(of scale: ColourScale, for grid: Grid) -> ClosedRange<Double> {
        let extremes = grid.extremes ?? 0...1
        switch scale {
        case .judgement: return 0...1
        case .density: return 0...max(extremes.upperBound, Double.leastNormalMagnitude)
        case .signed:
            let reach = max(abs(extremes.lowerBound), abs(extremes.upperBound))
            return reach > 0 ? -reach...reach : -1...1
        case .classes(let roles): return -0.5...(Double(max(roles.count, 1)) - 0.5)
        case .neutral:
            return extremes.upperBound > extremes.lowerBound
                ? extremes : extremes.lowerBound - 0.5...extremes.upperBound + 0.5
        }
    }
}
