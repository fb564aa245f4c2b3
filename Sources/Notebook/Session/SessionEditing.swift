import Language
import LinearAlgebra
import Words

/// What a command asks of the notebook's cells.
enum CellRequest: Sendable {
    case list(Int?)
    case show(Int, SourceRange?)
    case note(String)
    case edit(Int, text: String?, wantsEditor: Bool, SourceRange?)
    case rerun(RerunTarget, SourceRange?)
    case delete([Int], SourceRange?)
    case move(Int, MovePlace, SourceRange?)
    case open(String, SourceRange?)
    case replay(SourceRange?)
}

/// Which cells are to run again.
enum RerunTarget: Sendable {
    case cells(ClosedRange<Int>)
    /// Those whose inputs have changed since they ran.
    case stale
}

/// Where a cell is moved to.
enum MovePlace: Sendable {
    case after(Int, SourceRange?)
    case before(Int, SourceRange?)
}

extension Session {
    func perform(_ request: CellRequest) -> CellError? {
        switch request {
        case .list(let count): listCells(count)
        case .show(let number, let range): return showCell(number, at: range)
        case .note(let text): addNote(text)
        case .edit(let number, let text, let wantsEditor, let range):
            return edit(number, text, wantsEditor: wantsEditor, at: range)
        case .rerun(let target, let range): return rerun(target, at: range)
        case .delete(let numbers, let range): return delete(numbers, at: range)
        case .move(let number, let place, let range): return move(number, place, at: range)
        case .open(let path, let range): return open(notebook: path, at: range)
        case .replay(let range): return replay(at: range)
        }
        return nil
    }

    /// Where the cell of a number stands in the record.
    func place(of number: Int, at range: SourceRange?) throws(CellError) -> Int {
        let place = record.lastIndex { $0.number == number && !$0.isImplied && !$0.isDeleted }
        if let place { return place }
        let wasThere = record.contains { $0.number == number && $0.isDeleted }
        throw CellError(
            .value, wasThere ? "cell \(number) was deleted" : "there is no cell \(number)", at: range,
            help: wasThere ? "`undo` brings back what was deleted last" : "`cells` lists them")
    }

    /// The place of a cell that can be changed: lessons keep theirs.
    private func ownPlace(of number: Int, at range: SourceRange?) throws(CellError) -> Int {
        let place = try place(of: number, at: range)
        if lesson != nil {
            throw CellError(
                .value, "a lesson is open, and its cells keep their places", at: range,
                help: "`quit lesson` first; or type the cell anew")
        }
        if record[place].start?.isApart ?? false {
            throw CellError(
                .value, "cell \(number) belongs to a lesson", at: range, help: "type it anew to try it here")
        }
        return place
    }

    // MARK: Notes

    private func addNote(_ text: String) {
        var note = RecordedCell(number: nextCellNumber, source: text, outputs: [], error: nil)
        note.isNote = true
        let origin = origin
        append(note)
        undoHistory.note((record.count - 1)..<record.count, before: context.state, from: origin)
    }

    // MARK: Editing

    private func edit(_ number: Int, _ text: String?, wantsEditor: Bool, at range: SourceRange?) -> CellError? {
        do throws(CellError) {
            let place = try place(of: number, at: range)
            if let text { return replace(text, in: number, at: range) }
            draft = CellDraft(
                number: number, text: drafts[number] ?? record[place].source, isNote: record[place].isNote,
                wantsEditor: wantsEditor)
            return nil
        } catch {
            return error
        }
    }

    /// Gives a cell another text and runs it; a text that fails leaves the cell as it was.
    func replace(_ text: String, in number: Int, at range: SourceRange?) -> CellError? {
        do throws(CellError) {
            let place = try ownPlace(of: number, at: range)
            changingNotebook("edit \(number)") {
                if record[place].isNote {
                    (record[place].source, record[place].verbatim) = (text, nil)
                } else {
                    rerun(at: place, text, providers(before: place))
                }
            }
        } catch {
            return error
        }
        drafts[number] = failedCell == nil ? nil : text
        if failedCell != nil { remark("Cell \(number) is as it was. `edit \(number)` goes on with your text.") }
        tellStale()
        return nil
    }

    // MARK: Running again

    private func rerun(_ target: RerunTarget, at range: SourceRange?) -> CellError? {
        do throws(CellError) {
            switch target {
            case .stale:
                guard let first = stalePlaces.first else {
                    remark("No cell is stale: nothing that a cell uses has changed since it ran.")
                    return nil
                }
                _ = try ownPlace(of: record[first].number, at: range)
                rerun(named: "rerun stale") { $1.isStale($0) }
            case .cells(let numbers):
                let (first, last) = (numbers.lowerBound, numbers.upperBound)
                for number in Set([first, last]) { _ = try ownPlace(of: number, at: range) }
                rerun(named: first == last ? "rerun \(first)" : "rerun \(first)..\(last)") { cell, _ in
                    cell.isListed && numbers.contains(cell.number) && !cell.isNote && !(cell.start?.isApart ?? false)
                }
            }
        } catch {
            return error
        }
        tellStale()
        return nil
    }

    /// Runs those cells again that are meant, from the top to the bottom; stops at the first that fails.
    private func rerun(named name: String, where isMeant: (RecordedCell, Providers) -> Bool) {
        changingNotebook(name) {
            var providers = Providers(random: RandomStream(seed: configuration.seed))
            for place in record.indices {
                if isMeant(record[place], providers) {
                    guard rerun(at: place, record[place].source, providers), !recorder.sawInterrupt else { return }
                }
                providers.take(record[place], isStale: providers.isStale(record[place]))
            }
        }
    }

    /// Runs a cell where it stands: with the variables of today, and the random numbers of its place. Whether it did not
    /// fail; one that does changes nothing.
    @discardableResult
    private func rerun(at place: Int, _ source: String, _ providers: Providers) -> Bool {
        let old = record[place]
        let (today, lastToDraw) = (context.random, record.lastIndex { $0.stands && $0.trace?.draws ?? false })
        show(.cell(number: old.number, source: source))
        context.random = providers.random
        var cell = runAgain(old, source)
        if cell.error != nil || place < lastToDraw ?? 0 { context.random = today }
        guard cell.error == nil else {
            failedCell = cell
            return false
        }
        if let trace = cell.trace { cell.trace = providers.placed(trace, among: context.state.writers) }
        cell.trace?.isRerun = true
        if old.start != nil { cell.trace?.isInOrder = false }
        let isSame = source == old.source && transcript(of: cell.outputs) == transcript(of: old.outputs)
        if isSame { cell.verbatim = old.verbatim }
        record[place] = cell
        noteWriters(of: cell)
        return recorder.takeRequests().allSatisfy { perform($0, source: source) == nil }
    }

    private func tellStale() {
        let stale = stalePlaces.map { record[$0].number }
        guard !stale.isEmpty else { return }
        remark(
            "\(Self.listed(stale)) now stale: what \(stale.count == 1 ? "it uses" : "they use") has changed. "
                + "`rerun stale` runs \(stale.count == 1 ? "it" : "them") again.")
    }

    /// "Cell 3 is", "Cells 3, 4 and 7 are"
    static func listed(_ numbers: [Int]) -> String {
        let words = Wording.list(numbers.map(String.init), limit: 12)
        return numbers.count == 1 ? "Cell \(words) is" : "Cells \(words) are"
    }

    // MARK: Deleting and moving

    private func delete(_ numbers: [Int], at range: SourceRange?) -> CellError? {
        do throws(CellError) {
            var places: [Int] = []
            for number in numbers { places.append(try ownPlace(of: number, at: range)) }
            changingNotebook("delete " + numbers.map(String.init).joined(separator: " ")) {
                for place in places { record[place].isDeleted = true }
            }
        } catch {
            return error
        }
        remark("Deleted from the notebook. Variables stay as they are; `undo` brings the cells back.")
        tellStale()
        return nil
    }

    private func move(_ number: Int, _ target: MovePlace, at range: SourceRange?) -> CellError? {
        do throws(CellError) {
            let from = try ownPlace(of: number, at: range)
            let other: Int
            switch target {
            case .after(let neighbour, let range), .before(let neighbour, let range):
                other = try ownPlace(of: neighbour, at: range)
            }
            guard record.allSatisfy({ $0.start == nil }) else {
                throw CellError(
                    .value, "cells of a lesson are in this session, and everything keeps its place beside them",
                    at: range)
            }
            guard from != other else { throw CellError(.value, "that is the same cell", at: range) }
            changingNotebook("move \(number)") {
                let cell = record.remove(at: from)
                let rest = other > from ? other - 1 : other
                if case .after = target { record.insert(cell, at: rest + 1) } else { record.insert(cell, at: rest) }
            }
        } catch {
            return error
        }
        listCells(nil)
        tellStale()
        return nil
    }

    /// Changes the notebook in a way that one `undo` takes back. What fails at once has changed nothing.
    func changingNotebook(_ name: String, _ change: () -> Void) {
        let (before, state, origin, runs) = (record, context.state, origin, runCount)
        failedCell = nil
        change()
        endOfNotebook = nil
        context.state.cellNumber = nextCellNumber
        guard failedCell == nil || runCount > runs else { return }
        undoHistory.note(
            .init(state: state, origin: origin, cells: before.indices, change: .init(name: name, notebook: before)))
    }
}
