/// The curves that everybody draws. All have noise that is the same in every direction, so that their densities can be
/// integrated along the curve.
extension NoisyCurve {
    /// Two half circles of radius 1, interleaved, as scikit-learn's `make_moons`.
    public static func moons(noise: Double = 0.1) throws(DistributionError) -> NoisyCurve {
        let half = Law.uniform(0...Double.pi)
        return try NoisyCurve(
            name: "moons", curve: "(cos t, sin t) or (1 - cos t, 0.5 - sin t), t even in 0 … π",
            parameters: [.init("noise", noise)],
            branches: [
                Branch(law: half), Branch(law: half, center: (1, 0.5), stretch: (-1, -1)),
            ], noise: noise)
    }

    /// Two circles round the origin; the inner one's radius is `factor` times the outer one's, as scikit-learn's
    /// `make_circles`.
    public static func circles(
        radius: Double = 2, factor: Double = 0.5, noise: Double = 0.1
    ) throws(DistributionError) -> NoisyCurve {
        try DistributionError.requirePositive(radius, "the radius")
        guard factor > 0, factor < 1 else {
            throw DistributionError("the factor is \(NumberFormat.short(factor)); it has to lie between 0 and 1")
        }
        let turn = Law.uniform(0...2 * Double.pi)
        return try NoisyCurve(
            name: "circles", curve: "r (cos t, sin t), t even in 0 … 2π, r = radius or factor × radius",
            parameters: [.init("radius", radius), .init("factor", factor), .init("noise", noise)],
            branches: [radius, factor * radius].map { Branch(law: turn, radius: ($0, 0)) },
            noise: noise)
    }

    /// Archimedean spirals that leave the origin in equally spaced directions, points spread evenly along the arms.
    public static func spirals(
        arms: Int = 2, turns: Double = 1.5, radius: Double = 2, noise: Double = 0.1
    ) throws(DistributionError) -> NoisyCurve {
        try requireArms(arms)
        try DistributionError.requirePositive(turns, "the number of turns")
        try DistributionError.requirePositive(radius, "the radius")
        let angle = 2 * Double.pi * turns
        return try NoisyCurve(
            name: "spirals", curve: "radius t (cos(a t + b), sin(a t + b)), a = 2π turns, t = √u, u even in 0 … 1",
            parameters: [
                .init("arms", arms), .init("turns", turns), .init("radius", radius), .init("noise", noise),
            ],
            branches: (0..<arms).map { arm in
                let start = 2 * Double.pi * Double(arm) / Double(arms)
                return Branch(law: .growing(0...1), radius: (0, radius), angle: (start, angle, 0))
            }, noise: noise)
    }

    /// The Swiss roll seen from the end: a spiral of one and a half turns that starts away from the origin, as
    /// scikit-learn's `make_swiss_roll`, brought to size.
    public static func swissRoll(radius: Double = 2, noise: Double = 0.05) throws(DistributionError) -> NoisyCurve {
        try DistributionError.requirePositive(radius, "the radius")
        let scale = radius / (4.5 * Double.pi)
        return try NoisyCurve(
            name: "swissroll", curve: "radius t (cos t, sin t) / 4.5π, t even in 1.5π … 4.5π",
            parameters: [.init("radius", radius), .init("noise", noise)],
            branches: [
                Branch(law: .uniform(1.5 * Double.pi...4.5 * Double.pi), radius: (0, scale))
            ], noise: noise)
    }

    /// Bent arms round the origin, after Johnson et al., "Composing graphical models with neural networks" (2016): the
    /// distance r from the middle is normal (mean `radius`, sd 0.3 `radius`), and the arm turns with exp(r / radius).
    /// The paper's noise is across the arm only; here it is round, which changes the picture little.
    public static func pinwheel(
        arms: Int = 5, radius: Double = 1.5, rate: Double = 0.25, noise: Double = 0.12
    ) throws(DistributionError) -> NoisyCurve {
        try requireArms(arms)
        try DistributionError.requirePositive(radius, "the radius")
        try DistributionError.requireFinite(rate, "the rate")
        return try NoisyCurve(
            name: "pinwheel",
            curve: "r (cos a, sin a), r normal(radius, 0.3 radius), a = 2πk/arms + rate exp(r/radius)",
            parameters: [
                .init("arms", arms), .init("radius", radius), .init("rate", rate), .init("noise", noise),
            ],
            branches: (0..<arms).map { arm in
                let start = 2 * Double.pi * Double(arm) / Double(arms)
                return Branch(law: .normal(mean: 1, sd: 0.3), radius: (0, radius), angle: (start, 0, rate))
            }, noise: noise)
    }

    /// An S of two three-quarter circles, as scikit-learn's `make_s_curve` seen from the side.
    public static func sCurve(noise: Double = 0.1) throws(DistributionError) -> NoisyCurve {
        // sin t = cos(π/2 - t), and each half is a circle of its own.
        let reach = 1.5 * Double.pi
        return try NoisyCurve(
            name: "scurve", curve: "(sin t, sign(t) (cos t - 1)), t even in -1.5π … 1.5π",
            parameters: [.init("noise", noise)],
            branches: [
                Branch(law: .uniform(-reach...0), center: (0, 1), stretch: (1, -1), angle: (0.5 * Double.pi, -1, 0)),
                Branch(law: .uniform(0...reach), center: (0, -1), angle: (0.5 * Double.pi, -1, 0)),
            ], noise: noise, isOneCurve: true)
    }

    /// An ellipse round the origin, its points spread evenly over the angle t.
    public static func ellipse(
        width: Double = 2, height: Double = 1, noise: Double = 0.1
    ) throws(DistributionError) -> NoisyCurve {
        try DistributionError.requirePositive(width, "the width")
        try DistributionError.requirePositive(height, "the height")
        return try NoisyCurve(
            name: "ellipse", curve: "(width cos t, height sin t), t even in 0 … 2π",
            parameters: [.init("width", width), .init("height", height), .init("noise", noise)],
            branches: [Branch(law: .uniform(0...2 * Double.pi), stretch: (width, height))],
            noise: noise)
    }

    private static func requireArms(_ arms: Int) throws(DistributionError) {
        guard (1...100).contains(arms) else {
            throw DistributionError("\(arms) arms; there have to be between 1 and 100")
        }
    }
}
