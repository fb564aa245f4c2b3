// What a discriminator or a classifier says.
extension Figure {
    /// What a discriminator says over the plane, the line where it cannot tell, and the points that it was asked about.
    public static func boundary(
        _ judgement: Named<Grid>, points: [Named<[Point]>] = [], hasEqualAspect: Bool? = nil, title: String = "",
        xLabel: String = "", yLabel: String = ""
    ) -> Figure {
        var series = [
            Series(judgement.name, role: .model, .heatMap(judgement.content, .judgement)),
            Series("\(judgement.name) = 0.5", role: .model, .contours(judgement.content, levels: [0.5])),
        ]
        series += points.map { Series($0.name, role: $0.role, .scatter($0.content)) }
        return plane(series, hasEqualAspect, title, xLabel, yLabel)
    }

    /// What a discriminator says of numbers: its curve, real points along the top where it should be 1, made-up ones along
    /// the bottom where it should be 0.
    public static func boundary(
        _ judgement: Named<[Point]>, real: Named<[Double]>? = nil, generated: Named<[Double]>? = nil,
        title: String = "", xLabel: String = "x", yLabel: String = ""
    ) -> Figure {
        var series = [
            Series("\(judgement.name) = 0.5", role: .neutral, .rule(.horizontal(0.5))),
            Series(judgement.name, role: .model, .curve(judgement.content)),
        ]
        for (row, height) in [(generated, 0.0), (real, 1.0)] {
            guard let row else { continue }
            series.append(Series(row.name, role: row.role, .scatter(row.content.map { Point($0, height) })))
        }
        let label = yLabel.isEmpty ? "\(judgement.name): 0 made up, 1 real" : yLabel
        return Figure(
            Panel(title: title, x: Axis(xLabel), y: Axis(label, range: -0.06...1.06), series: series))
    }

    /// Which of several classes is the most probable, the lines between their regions, and points.
    ///
    /// `probabilities` has a grid for each class, all over the same cells. Points named like a class share its colour.
    public static func regions(
        _ probabilities: [Named<Grid>], points: [Named<[Point]>] = [], hasEqualAspect: Bool? = nil,
        title: String = "", xLabel: String = "", yLabel: String = ""
    ) -> Figure {
        guard let first = probabilities.first?.content else { return Figure(panels: []) }
        let winners = first.values.indices.map { cell in
            probabilities.indices.max {
                probabilities[$0].content.values[cell] < probabilities[$1].content.values[cell]
            } ?? 0
        }
        func grid(_ values: [Double]) -> Grid {
            Grid(x: first.x, y: first.y, columns: first.columns, rows: first.rows, values: values)
        }
        var series = [
            Series(role: .model, .heatMap(grid(winners.map(Double.init)), .classes(probabilities.map(\.role))))
        ]
        for (index, one) in probabilities.enumerated() {
            let margins = first.values.indices.map { cell in
                let rest = probabilities.indices.filter { $0 != index }.map { probabilities[$0].content.values[cell] }
                return one.content.values[cell] - (rest.max() ?? 0)
            }
            series.append(Series(role: .model, .contours(grid(margins), levels: [0])))
            // A name for the region, unless points carry it.
            if !points.contains(where: { $0.name == one.name }) {
                series.append(Series(one.name, role: one.role, .scatter([])))
            }
        }
        series += points.map { Series($0.name, role: $0.role, .scatter($0.content)) }
        return plane(series, hasEqualAspect, title, xLabel, yLabel)
    }

    /// Things drawn over one another in the plane, over given ranges or what they need.
    public static func plane(
        _ series: [Series], x: ClosedRange<Double>?, y: ClosedRange<Double>?, title: String = "", xLabel: String = "",
        yLabel: String = ""
    ) -> Figure {
        let panel = Panel(
            title: title, x: Axis(xLabel.isEmpty ? "x" : xLabel, range: x),
            y: Axis(yLabel.isEmpty ? "y" : yLabel, range: y), series: series)
        return Figure(withAspect(nil, panel, isNamed: !xLabel.isEmpty || !yLabel.isEmpty))
    }

    static func plane(
        _ series: [Series], _ hasEqualAspect: Bool?, _ title: String, _ xLabel: String, _ yLabel: String
    ) -> Figure {
        let panel = Panel(
            title: title, x: Axis(xLabel.isEmpty ? "x" : xLabel), y: Axis(yLabel.isEmpty ? "y" : yLabel),
            series: series)
        return Figure(withAspect(hasEqualAspect, panel, isNamed: !xLabel.isEmpty || !yLabel.isEmpty))
    }
}
