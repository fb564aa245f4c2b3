import Language
import Words

/// The names of people and things whose spelling the check knows.
enum KnownNames {
    /// People, and what is called after them.
    static let people = [
        "Arjovsky", "Bengio", "Bernoulli", "Boltzmann", "Bottou", "Chintala", "Courville", "Dempster", "Dirichlet",
        "Gaussian", "Goodfellow", "Gulrajani", "Heusel", "Hinton", "Jacobian", "Jensen", "Kantorovich", "Kingma",
        "Kolmogorov", "Kullback", "Laplace", "Leibler", "Lipschitz", "Mescheder", "Mirza", "Miyato", "Nesterov",
        "Nowozin", "Parzen", "Polyak", "Radford", "Robbins", "Rosenblatt", "Rubinstein", "Rumelhart", "Salimans",
        "Shannon", "Silverman", "Sutskever", "Szegedy", "Wasserstein", "Zaremba",
    ]

    /// Terms of the field that have no near neighbours among other words.
    static let terms = [
        "adversarial", "autoregressive", "backpropagation", "discriminator", "divergence", "entropy", "equilibrium",
        "generator", "gradient", "histogram", "likelihood", "manifold", "perceptron", "sigmoid", "softplus",
    ]

    /// The name that a word of prose was meant to be; nil if it is right, or no name at all.
    static func meant(by word: String) -> String? {
        let word = bare(word)
        guard word.count >= 5 else { return nil }
        if let name = near(word, people, allowed: { $0.count >= 8 ? 2 : 1 }, capital: true) { return name }
        return near(word.lowercased(), terms, allowed: { _ in 1 }, capital: false)
    }

    /// Without the ending of a genitive.
    private static func bare(_ word: String) -> String {
        ["'s", "’s", "'", "’"].first(where: word.hasSuffix).map { String(word.dropLast($0.count)) } ?? word
    }

    private static func near(
        _ word: String, _ names: [String], allowed: (String) -> Int, capital: Bool
    ) -> String? {
        for name in names where abs(name.count - word.count) <= 2 {
            if word == name || word == name + "s" { return nil }
        }
        return names.first { name in
            if capital, word == name.lowercased() { return true }
            guard word.first == name.first, abs(name.count - word.count) <= 2 else { return false }
            return Spelling.distance(word, name) <= allowed(name)
        }
    }
}

extension CheckRun {
    /// Names are spelt as their bearers do.
    mutating func checkNames() {
        var right: Set<Substring> = []
        for passage in document.passages {
            var told: Set<Substring> = []
            for part in passage.blocks.flatMap(\.stretches).flatMap({ $0.flatMap(\.parts) }) {
                guard case .text(let text) = part else { continue }
                for word in Self.words(text) where !right.contains(word) && !told.contains(word) {
                    guard let name = KnownNames.meant(by: String(word)) else {
                        right.insert(word)
                        continue
                    }
                    told.insert(word)
                    note(document.line(of: String(word), in: passage), "`\(word)`: is \(name) meant?", help: "")
                }
            }
        }
    }

    /// The words of a text, scalar by scalar: by characters it would take ten times as long.
    private static func words(_ text: String) -> [Substring] {
        text.unicodeScalars.split { !($0.properties.isAlphabetic || $0 == "'" || $0 == "’") }.map(Substring.init)
    }

    /// What stands between backticks and looks like a name of the language is one: a function, a command, an option,
    /// or something that the lesson makes itself or one that it needs has made.
    mutating func checkCode() {
        guard let needs = document.lesson?.needs else { return }
        let earlier = LessonCatalogue(resources: session.configuration.resources).lessons.filter { other in
            other.lesson.map { needs.contains($0.number) } ?? false
        }
        let known = (earlier + [document]).reduce(into: session.registry.spelled) { $0.formUnion($1.namesInCode) }
        for passage in document.passages {
            for part in passage.blocks.flatMap(\.stretches).flatMap({ $0.flatMap(\.parts) }) {
                guard case .code(let code) = part, let name = Self.name(code), !known.contains(name) else { continue }
                let help = Spelling.question(for: name, among: Array(known))
                note(
                    document.line(of: name, in: passage), "nothing is called `\(name)`",
                    help: help ?? "Name what can be typed, or something that a cell of the lesson makes.")
            }
        }
    }

    /// The name that a piece of code calls or is: `linspace` of `linspace(0, 1)`; nil where it is a formula.
    private static func name(_ code: String) -> String? {
        if let call = code.firstMatch(of: /^([a-z_][a-z0-9_]{2,})\(/) { return String(call.1) }
        if let word = code.wholeMatch(of: /[a-z_][a-z0-9_]{2,}/) { return String(word.0) }
        return nil
    }
}

extension Registry {
    /// Every word that the registry gives a meaning to.
    fileprivate var spelled: Set<String> {
        var words = Set(names.flatMap { $0.split(separator: " ").map(String.init) })
        words.formUnion(topics.map(\.name))
        for parameter in functions.flatMap(\.parameters) + commands.flatMap(\.parameters) {
            words.insert(parameter.name)
            if case .choice(let choices) = parameter.kind { words.formUnion(choices) }
        }
        return words
    }
}

extension Document {
    /// The names that stand in its code, of cells, questions, tasks and blocks that are only shown.
    fileprivate var namesInCode: Set<String> {
        let code = elements.flatMap { element -> [String] in
            switch element.content {
            case .prose(let blocks):
                blocks.compactMap { if case .code(_, let text) = $0 { text } else { nil } }
            case .pause: []
            case .cell(let cell): [cell.code.text, cell.expectation?.text ?? ""]
            case .prediction(let prediction):
                if case .number(let answer, _) = prediction.answer { ["guess", answer.text] } else { ["guess"] }
            case .exercise(let exercise):
                [exercise.check, exercise.solution].map(\.text) + exercise.wrong.map(\.text)
                    + [exercise.start?.text ?? ""] + exercise.mistakes.map(\.when.text)
            }
        }
        return code.reduce(into: []) { $0.formUnion($1.identifiers) }
    }
}
