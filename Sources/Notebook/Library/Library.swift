import Language

/// Everything that cells can name, put together topic by topic.
///
/// Each topic has a file of its own in this folder, and in it one function:
/// `extension Library { static func addNumbers(to registry: inout Registry) }`.
/// A topic that needs files takes `resources: Resources` as well.
public enum Library {
    /// The registry of a session.
    public static func registry(resources: Resources = .find()) -> Registry {
        var registry = Registry()
        addHelp(to: &registry)
        addLanguage(to: &registry)
        addSession(to: &registry)
        addExport(to: &registry)
        addCells(to: &registry)
        addVariables(to: &registry)
        addLessons(to: &registry, resources: resources)
        addNumbers(to: &registry)
        addRandom(to: &registry)
        addGradients(to: &registry)
        addDistributions(to: &registry)
        addData(to: &registry, resources: resources)
        addModels(to: &registry)
        addGames(to: &registry)
        addMeasures(to: &registry)
        addTheory(to: &registry)
        addDiagnosis(to: &registry, resources: resources)
        addPlots(to: &registry)
        return registry
    }
}
