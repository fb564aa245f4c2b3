import Language
import Learning
import LinearAlgebra
import Plotting

/// What the weights of networks are like.
extension PlotDrawing {
    /// The network that an item is.
    private func network(_ item: PlotItem) throws(CellError) -> NetworkValue {
        guard let network = item.value.object(as: NetworkValue.self) else {
            throw unsuitable(item, "a network or a game", "such as `game.D`")
        }
        return network
    }

    /// How the weights of each layer are spread, or the slopes of the loss along them; a panel for each layer.
    func weights(_ item: PlotItem, areGradients: Bool) throws(CellError) -> Figure {
        var panels: [Panel] = []
        if let game = item.value.object(as: GameValue.self)?.game {
            let models = [("G", game.generator.model), ("D", game.discriminator.model)]
            let slopes = areGradients ? try lossGradients(in: game) : []
            for (index, (name, model)) in models.enumerated() {
                let numbers = areGradients ? slopes[index] : model.parameters.map { Matrix<Double>($0) }
                panels += Self.layers(name, numbers, model.parameterNames, index == 0 ? .generated : .real)
            }
        } else if areGradients {
            throw unsuitable(item, "a game for `gradients`", "only in a game is there a loss to differentiate")
        } else {
            let model = try network(item).model
            panels = Self.layers(item.name, model.parameters, model.parameterNames, .model)
        }
        let title = try arguments.plotText("title")
        let subject = areGradients ? "slopes of the losses along the weights" : "weights"
        return Figure(title: title.isEmpty ? "\(subject) of \(item.name)" : title, panels: panels)
    }

    /// The numbers of each layer, weights and biases together, and those of each other matrix of a head.
    static func parts(
        _ name: String, _ parameters: [Matrix<Double>], _ names: [String]
    ) -> [(label: String, numbers: [Double])] {
        var parts: [(label: String, numbers: [Double])] = []
        for (index, parameter) in parameters.enumerated() {
            if names[index].hasPrefix("b") {
                parts[parts.count - 1].numbers += parameter.values
            } else {
                let isLayer = names[index].hasPrefix("W")
                let part = isLayer ? "layer \(index / 2 + 1)" : names[index]
                parts.append((label: "\(name), \(part)", numbers: parameter.values))
            }
        }
        return parts
    }

    /// A histogram for each part of a network.
    static func layers(
        _ name: String, _ parameters: [Matrix<Double>], _ names: [String], _ role: Role
    ) -> [Panel] {
        parts(name, parameters, names).map { label, numbers in
            var panel = Figure.histogram([Named(label, role, numbers)], bins: 24, xLabel: "", yLabel: "").panels[0]
            panel.title = label
            panel.series[0].name = ""
            return panel
        }
    }

    /// The gradients of both losses on a fresh batch, for the parameters of G and of D.
    func lossGradients(in game: Game) throws(CellError) -> [[Matrix<Double>]] {
        var random = context.random
        do {
            let slopes = try game.slopes(count: 512, using: &random)
            return [slopes.generator, slopes.discriminator]
        } catch {
            throw CellError(.plot, "the slopes of the losses could not be computed: \(error)")
        }
    }
}
