import Foundation
import Language
import LinearAlgebra
import Probability

extension Library {
    static let distributionsOfPoints: [FunctionEntry] = [
        maker(
            "normal2d", "the bell in the plane, with any covariance",
            [
                Parameter("mean", .tensor, default: "[0, 0]", "its middle, two numbers"),
                Parameter("cov", .tensor, default: "[[1, 0], [0, 1]]", "variances and covariance, shape [2, 2]"),
            ], example: "normal2d([0, 0], [[1, 0.8], [0.8, 1]])"
        ) { arguments in
            try arguments.placing(at: "cov") {
                try Normal2D(mean: arguments.matrix("mean").values, covariance: arguments.matrix("cov"))
            }
        },
        maker(
            "ring", "round bumps on a circle",
            [
                Parameter("modes", .integer(1...10_000), default: "8", "how many bumps"),
                positive("radius", "2", "of the circle"), positive("sd", "0.2", "of each bump"),
            ],
            details: "`ring8` is `ring()`. The ring of published measurements is `ring(8, 1, 0.01)`.",
            example: "ring(8, 1, 0.01)"
        ) { try RoundMixture.ring(modes: $0.integer("modes"), radius: $0.number("radius"), sd: $0.number("sd")) },
        maker(
            "grid", "round bumps on a square lattice",
            [
                Parameter("side", .integer(1...100), default: "5", "bumps on a side"),
                positive("spacing", "1", "from bump to bump"), positive("sd", "0.1", "of each bump"),
            ],
            details: "`grid25` is `grid()`. The grid of published measurements is `grid(5, 2, 0.05)`.",
            example: "grid(3, 2, 0.2)"
        ) { try RoundMixture.grid(side: $0.integer("side"), spacing: $0.number("spacing"), sd: $0.number("sd")) },
        maker(
            "blobs", "round bumps side by side, two unless said otherwise",
            [
                Parameter("count", .integer(1...10_000), default: "2", "how many bumps"),
                positive("distance", "3", "from bump to bump"), positive("sd", "0.5", "of each bump"),
            ], example: "blobs(3, 2, 0.3)"
        ) { try RoundMixture.blobs(count: $0.integer("count"), distance: $0.number("distance"), sd: $0.number("sd")) },
        maker(
            "checkerboard", "the dark squares of a board, evenly",
            [
                Parameter("cells", .integer(2...200), default: "4", "squares on a side"),
                positive("size", "4", "the length of a side of the board"),
            ], example: "density(checkerboard(), [[-1.5, 1.5], [-0.5, 1.5]])"
        ) { try CellGrid.checkerboard(cells: $0.integer("cells"), size: $0.number("size")) },
        maker(
            "line2d", "points along a straight line, with noise",
            [
                Parameter("start", .tensor, default: "[-2, -1]", "one end"),
                Parameter("end", .tensor, default: "[2, 1]", "the other end"), noise("0.1"),
            ], example: "line2d([0, 0], [1, 2], 0.05)"
        ) {
            try NoisyLine(
                from: $0.matrix("start").values, to: $0.matrix("end").values, noise: $0.number("noise"))
        },
    ]

    private static func noise(_ value: String) -> Parameter {
        positive("noise", value, "standard deviation of the noise, in x and in y")
    }

    private static let radius = positive("radius", "2", "of the outer rim")

    private static let curveDetails = """
        Points lie on a curve, with normal noise that is the same in every direction. The density is integrated along the \
        curve, to seven digits and more.
        """

    static let curves: [FunctionEntry] = [
        maker(
            "moons", "two half circles, interleaved", [noise("0.1")], details: curveDetails,
            example: "sample(moons(0.05), 5)"
        ) { try NoisyCurve.moons(noise: $0.number("noise")) },
        maker(
            "circles", "a circle within a circle",
            [
                radius,
                Parameter("factor", .number(0...1), default: "0.5", "the inner radius divided by the outer one"),
                noise("0.1"),
            ], details: curveDetails, example: "circles(2, 0.3)"
        ) {
            try NoisyCurve.circles(
                radius: $0.number("radius"), factor: $0.number("factor"), noise: $0.number("noise"))
        },
        maker(
            "spirals", "arms that wind outwards",
            [
                Parameter("arms", .integer(1...100), default: "2", "how many"), positive("turns", "1.5", "of each arm"),
                radius, noise("0.1"),
            ], details: curveDetails, example: "spirals(3, 1)"
        ) {
            try NoisyCurve.spirals(
                arms: $0.integer("arms"), turns: $0.number("turns"), radius: $0.number("radius"),
                noise: $0.number("noise"))
        },
        maker(
            "swissroll", "a rolled-up sheet, seen from the end", [radius, noise("0.05")], details: curveDetails,
            example: "swissroll()"
        ) {
            try NoisyCurve.swissRoll(radius: $0.number("radius"), noise: $0.number("noise"))
        },
        maker(
            "pinwheel", "bent arms round the middle",
            [
                Parameter("arms", .integer(1...100), default: "5", "how many"),
                positive("radius", "1.5", "mean distance from the middle"),
                Parameter("rate", .number(nil), default: "0.25", "how much the arms bend"), noise("0.12"),
            ], details: curveDetails, example: "pinwheel(3)"
        ) {
            try NoisyCurve.pinwheel(
                arms: $0.integer("arms"), radius: $0.number("radius"), rate: $0.number("rate"),
                noise: $0.number("noise"))
        },
        maker("scurve", "an S of two arcs", [noise("0.1")], details: curveDetails, example: "scurve(0.05)") {
            try NoisyCurve.sCurve(noise: $0.number("noise"))
        },
        maker(
            "ellipse", "a ring, drawn out",
            [positive("width", "2", "half its width"), positive("height", "1", "half its height"), noise("0.1")],
            details: curveDetails, example: "ellipse(2, 0.5)"
        ) {
            try NoisyCurve.ellipse(
                width: $0.number("width"), height: $0.number("height"), noise: $0.number("noise"))
        },
    ]

    /// What a bare name stands for.
    package static let namedDistributions:
        [(name: String, summary: String, make: @Sendable () throws -> any Distribution)] = [
            ("bimodal", "two equal bumps at -2 and 2", { Mixture.bimodal }),
            ("claw", "five thin bumps on a broad one (Marron and Wand 1992)", { Mixture.claw }),
            ("ring8", "eight round bumps on a circle", { RoundMixture.ring8 }),
            ("grid25", "twenty-five round bumps on a square lattice", { RoundMixture.grid25 }),
            ("blobs", "two round bumps side by side", { RoundMixture.twoBlobs }),
            ("moons", "two half circles, interleaved", { try NoisyCurve.moons() }),
            ("circles", "a circle within a circle", { try NoisyCurve.circles() }),
            ("spirals", "two arms that wind outwards", { try NoisyCurve.spirals() }),
            ("swissroll", "a rolled-up sheet, seen from the end", { try NoisyCurve.swissRoll() }),
            ("pinwheel", "five bent arms round the middle", { try NoisyCurve.pinwheel() }),
            ("checkerboard", "the dark squares of a board, evenly", { try CellGrid.checkerboard() }),
            ("scurve", "an S of two arcs", { try NoisyCurve.sCurve() }),
            ("ellipse", "a ring, drawn out", { try NoisyCurve.ellipse() }),
            ("line2d", "points along a straight line, with noise", { try NoisyLine() }),
        ]

    static let distributionConstants: [ConstantEntry] = namedDistributions.map { name, summary, make in
        ConstantEntry(name, topic: .distributions, summary, example: "sample(\(name), 5)") {
            (try? make()).map { .object(DistributionValue($0, constant: name)) } ?? .nothing
        }
    }
}
