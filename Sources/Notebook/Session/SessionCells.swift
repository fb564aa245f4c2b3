import Language
import Words

/// How a cell of the notebook stands.
enum CellStatus: String {
    case ok, failed, stale, note
    /// It stands in a file that was opened, and has not run.
    case new
}

extension Session {
    /// Lists the cells of the notebook in their order: the last ones, as many as asked for.
    func listCells(_ count: Int?) {
        let stale = Set(stalePlaces)
        let listed = record.indices.filter { record[$0].isListed }
        guard !listed.isEmpty else {
            show(.output(.text("No cell has run yet.")))
            return
        }
        let shown = listed.suffix(count ?? 100)
        var rows = shown.map { place in
            let cell = record[place]
            let status = status(of: cell, isStale: stale.contains(place))
            return [cell.number > 0 ? String(cell.number) : "-", status.rawValue, Self.timeWords(cell), cell.firstLine]
        }
        rows.insert(["cell", "state", "time", "text"], at: 0)
        let table = TextTable.text(rows, left: [1, 3], measured: 2)
        let lines = table.text.split(separator: "\n").map(String.init).map { line in
            TextWidth.columns(of: line) < configuration.width
                ? line : "\(line.prefix(configuration.width - 3))…"
        }
        let left = listed.count - shown.count
        if left > 0 {
            show(.output(.text("\(Wording.count(left, "more cell")) above; `cells \(listed.count)` lists all")))
        }
        show(.output(.measured(MeasuredText(lines.joined(separator: "\n"), varying: table.varying))))
    }

    private func status(of cell: RecordedCell, isStale: Bool) -> CellStatus {
        if cell.isNote { return .note }
        if cell.error != nil { return .failed }
        if cell.trace == nil, !cell.isImplied { return .new }
        return isStale ? .stale : .ok
    }

    private static func timeWords(_ cell: RecordedCell) -> String {
        cell.seconds.map { Library.words(forSeconds: $0) } ?? "-"
    }

    /// Shows a cell and what it printed, once more.
    func showCell(_ number: Int, at range: SourceRange?) -> CellError? {
        do throws(CellError) {
            let place = try place(of: number, at: range)
            let cell = record[place]
            show(.cell(number: number, source: cell.source))
            for output in cell.outputs {
                if case .pause = output { continue }
                show(.output(output))
            }
            if let error = cell.error { show(.failure(error, source: cell.source)) }
            if stalePlaces.contains(place) {
                remark("This is stale: what it uses has changed since. `rerun \(number)` runs it again.")
            }
            return nil
        } catch {
            return error
        }
    }
}
