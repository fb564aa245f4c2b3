import Language
import LinearAlgebra
import Plotting
import Probability

/// `plot boundary`.
extension PlotDrawing {
    /// What a model says over the line or the plane, and the points that it judges: real ones, then made-up ones.
    func boundary(_ model: PlotItem, _ points: [PlotItem]) throws(CellError) -> Figure {
        let judge = try PlotJudge(model, context: context, points: try judged(model, points))
        switch judge.dimension {
        case 1: return try onTheLine(judge)
        case 2: return try inThePlane(judge)
        default:
            throw CellError(
                .shape, "`\(judge.name)` judges points of \(judge.dimension) numbers; a picture has room for two",
                help: "fit one to two columns, and draw that")
        }
    }

    /// The points that were given, by place or by name, with their roles.
    private func judged(_ model: PlotItem, _ placed: [PlotItem]) throws(CellError) -> [JudgedPoints] {
        let roles = PlotRoles.of(placed.map(\.name))
        var found: [JudgedPoints] = []
        for (item, role) in zip(placed, roles) { found += try points(of: item, role, model) }
        if let real = arguments.plotItem("real") { found += try points(of: real, .real, model) }
        if let fake = arguments.plotItem("fake") { found += try points(of: fake, .generated, model) }
        return found
    }

    private func points(of item: PlotItem, _ role: Role, _ model: PlotItem) throws(CellError) -> [JudgedPoints] {
        if let table = item.table {
            return try TablePoints(table, arguments: arguments, model: model).judged(named: item.name, role: role)
        }
        if let numbers = item.numbers, item.points == nil {
            return [JudgedPoints(name: item.name, role: role, content: .numbers(numbers))]
        }
        guard let points = item.points else {
            throw unsuitable(item, "numbers, or points in rows of two", "`x[:, 0:2]` takes two columns")
        }
        return [JudgedPoints(name: item.name, role: role, content: .points(points))]
    }

    private func onTheLine(_ judge: PlotJudge) throws(CellError) -> Figure {
        let samples = judge.points.compactMap { row -> Named<[Double]>? in
            guard case .numbers(let numbers) = row.content else { return nil }
            return Named(row.name, row.role, numbers)
        }
        guard samples.count == judge.points.count else {
            throw CellError(.shape, "`\(judge.name)` judges single numbers, and these points have two")
        }
        let seen = Self.extent(samples.flatMap(\.content))
        let range = try arguments.plotRanges()?.first ?? seen.map { Self.widened($0) } ?? judge.ranges?.first ?? -3...3
        let places = Self.places(range)
        let probabilities = try judge.probabilities(Matrix(shape: .matrix(places.count, 1), values: places))
        let xLabel = try arguments.plotText("xlabel")
        let title = try arguments.plotText("title")
        let yLabel = try arguments.plotText("ylabel")
        guard probabilities.count > 1 else {
            return Figure.boundary(
                Named(judge.name, .model, zip(places, probabilities[0]).map { Point($0, $1) }),
                real: samples.first { $0.role == .real }, generated: samples.first { $0.role == .generated },
                title: title, xLabel: xLabel.isEmpty ? "x" : xLabel, yLabel: yLabel)
        }
        return Figure.curves(
            zip(judge.classes, probabilities).enumerated().map { index, one in
                Named(one.0, .other(index), zip(places, one.1).map { Point($0, $1) })
            }, title: title, xLabel: xLabel.isEmpty ? "x" : xLabel,
            yLabel: yLabel.isEmpty ? "probability of the class" : yLabel)
    }

    private func inThePlane(_ judge: PlotJudge) throws(CellError) -> Figure {
        var clouds: [Named<[Point]>] = []
        for row in judge.points {
            guard case .points(let points) = row.content else {
                throw CellError(
                    .shape, "`\(judge.name)` judges points of the plane, and `\(row.name)` has single numbers",
                    help: "points stand in the rows of a matrix of two columns")
            }
            clouds.append(Named(row.name, row.role, points))
        }
        let ranges = try planeRanges {
            let all = clouds.flatMap(\.content)
            if let x = Self.extent(all.map(\.x)), let y = Self.extent(all.map(\.y)) {
                return [[Self.widened(x), Self.widened(y)]]
            }
            return judge.ranges.map { [$0] } ?? []
        }
        let centres = Grid.centres(x: ranges.x, y: ranges.y, columns: 80, rows: 80)
        let probabilities = try judge.probabilities(
            Matrix(shape: .matrix(centres.count, 2), values: centres.flatMap { [$0.x, $0.y] }))
        let grids = probabilities.map { Grid(x: ranges.x, y: ranges.y, columns: 80, rows: 80, values: $0) }
        let title = try arguments.plotText("title")
        let (xLabel, yLabel) = try judge.labels(arguments)
        guard grids.count > 1 else {
            return Figure.boundary(
                Named(judge.name, .model, grids[0]), points: clouds, title: title, xLabel: xLabel, yLabel: yLabel)
        }
        return Figure.regions(
            zip(judge.classes, grids).enumerated().map { Named($0.element.0, .other($0.offset), $0.element.1) },
            points: clouds, title: title, xLabel: xLabel, yLabel: yLabel)
    }
}

/// Points that a model is drawn with.
struct JudgedPoints {
    enum Content {
        case numbers([Double])
        case points([Point])
    }

    var name: String
    var role: Role
    var content: Content
}

/// Whatever can say how probable a point is real, or of each class.
struct PlotJudge {
    let name: String
    let points: [JudgedPoints]
    let dimension: Int
    let classes: [String]
    /// What its own density covers, when it has one.
    let ranges: [ClosedRange<Double>]?
    private let model: PlotItem
    private let context: Context

    init(_ model: PlotItem, context: Context, points: [JudgedPoints]) throws(CellError) {
        self.model = model
        self.context = context
        self.points = points
        name = model.name
        if let judge = model.value.object(as: (any Judges).self) {
            dimension = judge.dimension
            classes = judge.outcomeNames
        } else if model.value.isCallable {
            // A function tells its dimension by its points; without any it is asked about the plane.
            if case .numbers? = points.first?.content { dimension = 1 } else { dimension = 2 }
            classes = ["real"]
        } else {
            throw CellError(
                .type,
                "plot boundary needs a model that judges points; `\(model.name)` is \(model.value.errorDescription)")
        }
        ranges = try model.distribution()?.plotRange
    }

    /// The probabilities of each class at points in rows.
    func probabilities(_ points: Matrix<Double>) throws(CellError) -> [[Double]] {
        if let judge = model.value.object(as: (any Judges).self) {
            let table = try judge.probabilities(at: points)
            return (0..<max(table.columns, 1)).map { column in
                table.rank == 2 ? table.column(column) : table.values
            }
        }
        let answer = try context.call(model.value, [.matrix(points)])
        guard let numbers = answer.matrix?.values, numbers.count == points.rows else {
            throw CellError(
                .shape,
                "`\(name)` must give one probability for each point; for \(points.rows) points it gave \(answer.errorDescription)"
            )
        }
        return [numbers]
    }

    /// The names of the axes: as given, or what the model calls its inputs.
    func labels(_ arguments: Arguments) throws(CellError) -> (String, String) {
        try Self.labels(of: model, arguments)
    }

    /// The names of the axes: as given, or what a model calls its inputs.
    static func labels(of model: PlotItem, _ arguments: Arguments) throws(CellError) -> (String, String) {
        let names = try features(of: model)
        let given = (try arguments.plotText("xlabel"), try arguments.plotText("ylabel"))
        guard names.count == 2 else { return given }
        return (given.0.isEmpty ? names[0] : given.0, given.1.isEmpty ? names[1] : given.1)
    }

    /// The columns that the model was fitted to, if it remembers.
    static func features(of model: PlotItem) throws(CellError) -> [String] {
        guard case .object(let object) = model.value, object.memberNames.contains("features"),
            case .list(let names)? = try object.member("features")
        else { return [] }
        return names.compactMap(\.string)
    }
}
