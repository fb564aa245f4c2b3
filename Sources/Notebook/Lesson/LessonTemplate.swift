import Files
import Foundation

/// The lesson that `gan new-lesson` writes: small, complete, and right as it stands.
public enum LessonTemplate {
    /// Why no lesson was written.
    public struct Problem: Error, CustomStringConvertible {
        /// For the person who asked.
        public let description: String
    }

    /// Writes a lesson with this title under the next free number of a folder, which is made if it is not there.
    public static func write(title: String, in folder: URL) throws(Problem) -> (file: URL, number: Int) {
        let title = title.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard title.contains(where: { $0.isLetter || $0.isNumber }), !title.contains(where: { $0 == "\0" }) else {
            throw Problem(description: "A lesson needs a title, such as \"Averages\".")
        }
        let number = (Resources(lessons: folder).lessonFiles.compactMap(number).max() ?? 0) + 1
        guard number <= 999 else { throw Problem(description: "There is no number left after 999.") }
        let digits = String(repeating: "0", count: max(0, 2 - "\(number)".count)) + "\(number)"
        let file = folder.appending(path: "\(digits)-\(fileName(title)).md")
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try WholeFile.write(text(number: number, title: title), to: file)
        } catch let problem as FileProblem {
            throw Problem(description: "\(problem)")
        } catch {
            throw Problem(description: "\(FileProblem(folder.path, error))")
        }
        return (file, number)
    }

    /// The number with which the name of a lesson's file begins.
    static func number(_ file: URL) -> Int? { Int(file.lastPathComponent.prefix { $0.isNumber }) }

    /// "The detective" as `the-detective`.
    private static func fileName(_ title: String) -> String {
        let words = title.lowercased().split { !($0.isLetter || $0.isNumber) }
        return String(words.joined(separator: "-").prefix(60))
    }

    /// The text of the lesson.
    package static func text(number: Int, title: String) -> String {
        let quoted = title.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        let isPlain = title.allSatisfy { $0.isLetter || $0 == " " }
        let heading = title.map { $0.isPunctuation || $0.isSymbol ? ($0.isASCII ? "\\\($0)" : "\($0)") : "\($0)" }
        return """
            ---
            lesson: \(number)
            title: \(isPlain ? title : "\"\(quoted)\"")
            summary: Make ten numbers, guess their mean, and move it.
            minutes: 6
            terms: [broadcasting]
            ---
            # \(heading.joined())

            Ten numbers, counted up from nothing. Where is their middle, and how does one
            move it?

            ```gan
            x = arange(10)
            x
            ```

            ```predict
            question: Where is their mean?
            choices: ["at 4.5", "at 5", "at 10"]
            answer: 1
            because: The numbers run from 0 to 9, and the mean of evenly spaced numbers is the middle of the two ends.
            mistakes:
              2: "5 would be the middle of 0 to 10, but `arange(10)` stops before 10."
              3: "10 is how many there are."
            ```

            ```gan
            mean(x)
            ```

            ```output
            4.5
            ```

            ```predict
            question: Which share of the numbers lies below 4.5? A fraction or per cent, as you like.
            answer: 100 * mean(x < 4.5)
            unit: "%"
            within: 0.1
            because: Five of the ten, 0 to 4.
            mistakes:
              - when: abs(guess - 45) < 0.1
                say: That is the mean itself, in tenths. Count the numbers below it.
            ```

            ---

            A single number meets all ten at once; that is *broadcasting*. Shapes that do
            not fit are refused.

            ```gan
            x + [1, 2, 3]
            ```

            ```error
            [10]
            ```

            ```gan
            plot histogram x
            ```

            ```exercise
            task: Make `y`, ten numbers with mean 0.
            start: y = x
            hints:
              - Every number must go down by the same amount.
              - "By how much? `mean(x)` tells."
            check: len(y) == 10 and abs(mean(y)) < 1e-9
            mistakes:
              - when: abs(mean(y) - 4.5) < 1e-9
                say: The mean has not moved yet.
              - when: mean(y) > 4.5
                say: The mean went up. Look at the sign.
              - when: len(y) != 10
                say: There are not ten of them any more.
              - when: mean(y) < 0
                say: That was a little too much. Where was the mean?
            solution: y = x - mean(x)
            because: Subtracting the mean is called centring.
            wrong:
              - y = x - 5
              - y = x + mean(x)
              - y = [0, 0]
            ```

            ## What you can now do

            Say where the mean of evenly spaced numbers is, and put it where you want it.

            """
    }
}
