import Files
import Foundation
import Language
import Probability
import Words

/// The data sets that come with the playground, and files beside them.
struct DataShelf {
    private let resources: Resources

    init(_ resources: Resources) {
        self.resources = resources
    }

    /// A data set by its name, or else a file.
    func table(named name: String) throws(DataError) -> DataTable {
        if let file = resources.dataset(named: name) {
            let table = try CSVReader.read(path: file.path)
            return try DataTable(name: name, columns: table.columns, lines: table.lines, notes: table.notes)
        }
        do throws(DataError) {
            return try CSVReader.read(path: FilePath.expanded(name))
        } catch {
            guard case .missingFile(_, let near) = error else { throw error }
            let sets = Spelling.suggestions(for: name, among: resources.datasetNames)
            let files = near.filter { $0.hasSuffix(".csv") || $0.hasSuffix(".tsv") || $0.hasSuffix(".txt") }
            throw .missingFile(path: name, near: sets + files)
        }
    }

    /// The names of the shipped sets, those that are described first.
    var names: [String] {
        let there = resources.datasetNames
        return DataShelf.descriptions.map(\.name).filter(there.contains)
            + there.filter { name in !DataShelf.descriptions.contains { $0.name == name } }
    }

    /// What a shipped set is, in one line.
    func summary(of name: String) -> String {
        DataShelf.descriptions.first { $0.name == name }?.summary ?? "a table"
    }

    /// What a shipped set is, in two or three.
    func details(of name: String) -> String? { DataShelf.descriptions.first { $0.name == name }?.details }

    private static let descriptions: [(name: String, summary: String, details: String)] = [
        (
            "old-faithful", "272 eruptions of a geyser: how long, and how long until the next",
            """
            272 eruptions of the geyser Old Faithful: how long each lasted, and how long the wait for the next one was.
            A short eruption is followed by a short wait, a long one by a long wait. (Härdle 1991; Azzalini and Bowman 1990)
            """
        ),
        (
            "galaxies", "how fast 82 galaxies move away from us",
            """
            How fast 82 galaxies towards Corona Borealis move away from us. Velocity stands for distance: gaps are empty
            space between clusters of galaxies. (Roeder 1990)
            """
        ),
        (
            "penguins", "bills, flippers and weights of 344 penguins of three species",
            """
            Bills, flippers and weights of 344 penguins of three species on islands of the Palmer Archipelago, Antarctica.
            Two birds were not measured, the sex of eleven is not known. (Horst, Hill and Gorman 2020, CC0)
            """
        ),
        (
            "digits-8x8", "1797 handwritten digits, 8 by 8 pixels",
            """
            1797 handwritten digits: 64 pixels from 0 (white) to 16 (black), row after row, and the digit that was meant.
            (Alpaydin and Kaynak 1998, UCI, CC BY 4.0)
            """
        ),
    ]
}
