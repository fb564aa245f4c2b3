/// What a function, command or constant is about: a heading of `help topics`.
public struct Topic: Hashable, Sendable {
    /// The word that `help` takes.
    public let name: String
    /// The heading.
    public let title: String
    /// What is found under it, in one line.
    public let summary: String

    /// A heading with its word and one line about it.
    public init(name: String, title: String, summary: String) {
        self.name = name
        self.title = title
        self.summary = summary
    }

    /// Two topics with the same word are the same.
    public static func == (left: Topic, right: Topic) -> Bool { left.name == right.name }

    /// Feeds the word.
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension Topic {
    /// Arithmetic, matrices, statistics.
    public static let numbers = Topic(
        name: "numbers", title: "Numbers and matrices", summary: "arithmetic, statistics, building and reshaping")
    /// Random numbers.
    public static let random = Topic(
        name: "random", title: "Chance", summary: "random numbers and the seed they grow from")
    /// Automatic differentiation.
    public static let gradients = Topic(
        name: "gradients", title: "Gradients", summary: "parameters, slopes and graphs of operations")
    /// Distributions.
    public static let distributions = Topic(
        name: "distributions", title: "Distributions", summary: "where data come from: sample them, ask for densities")
    /// Data files and tables.
    public static let data = Topic(
        name: "data", title: "Data", summary: "real data sets, your own files, tables and histograms")
    /// Models and how they are fitted.
    public static let models = Topic(
        name: "models", title: "Models", summary: "networks, naive Bayes, mixtures and how they learn")
    /// Games of two networks.
    public static let games = Topic(
        name: "games", title: "Games", summary: "a generator against a discriminator: rules, play, losses, trials")
    /// Games that can be solved by hand, and what theory says of all games.
    public static let theory = Topic(
        name: "theory", title: "Theory",
        summary: "games small enough to be solved, the best discriminator, slopes of losses")
    /// Pictures.
    public static let plots = Topic(
        name: "plots", title: "Pictures", summary: "histograms, points, densities, boundaries, curves, graphs")
    /// Lessons.
    public static let lessons = Topic(
        name: "lessons", title: "Lessons", summary: "walking through the lessons")
    /// The session.
    public static let session = Topic(
        name: "session", title: "The session", summary: "help, variables, history, saving and running notebooks")
    /// The language itself.
    public static let language = Topic(
        name: "language", title: "The language", summary: "how a cell is written")

    /// All topics, in the order in which a learner meets them.
    public static let all: [Topic] = [
        .language, .numbers, .random, .distributions, .data, .plots, .models, .gradients, .games, .theory, .lessons,
        .session,
    ]
}
