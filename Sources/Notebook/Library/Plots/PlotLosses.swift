import Language
import Learning
import Plotting

/// The curves of the losses: what a point costs each player.
enum PlotLosses {
    static let command = CommandEntry(
        "plot losses", topic: .plots, "draw what points cost D and G, by D's logit on them",
        parameters: Library.plotParameters([
            Parameter(
                "name", .choice(Game.Loss.allCases.map(\.rawValue)), default: "",
                "one of them; all side by side if left out"),
            Parameter("range", .tensor, default: "", "lowest and highest logit: range=[-5, 5]"),
        ]),
        details: """
            Blue is what a real point costs D, vermillion what a made-up one costs it, and dark what a made-up one costs G; \
            the slope of that last curve is what G learns from. `losses` lists the formulas and `loss_terms` gives the \
            numbers. The relativistic loss judges pairs: here the partner has the logit 0.
            """,
        example: "plot losses nonsaturating"
    ) { (arguments, context) throws(CellError) in
        let name = try arguments.optionalString("name")
        let chosen = Game.Loss.allCases.filter { name == nil || $0.rawValue == name }
        let range = try arguments.plotRanges()?.first ?? -5...5
        let title = try arguments.plotText("title")
        let (xLabel, yLabel) = (try arguments.plotText("xlabel"), try arguments.plotText("ylabel"))
        let panels = chosen.flatMap { loss in
            Figure.curves(
                curves(of: loss, over: range), title: chosen.count == 1 && !title.isEmpty ? title : loss.rawValue,
                xLabel: xLabel.isEmpty ? "D's logit" : xLabel, yLabel: yLabel.isEmpty ? "cost" : yLabel, range: range
            ).panels
        }
        let figure = Figure(title: chosen.count == 1 ? "" : title, panels: panels)
        try Library.show(figure, arguments, context)
    }

    private static func curves(of loss: Game.Loss, over range: ClosedRange<Double>) -> [Named<[Point]>] {
        func curve(_ name: String, _ role: Role, _ cost: (Double) -> Double) -> Named<[Point]> {
            Named(name, role, PlotDrawing.places(range).map { Point($0, cost($0)) })
        }
        return [
            curve("D, real point", .real) { loss.costOfReal($0) },
            curve("D, made-up point", .generated) { loss.costOfFake($0) },
            curve("G, made-up point", .model) { loss.costToGenerator($0) },
        ]
    }
}
