import ArgumentParser
import Foundation
import Notebook

/// `gan new-lesson "Averages"`: a lesson to begin with.
struct NewLesson: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new-lesson", abstract: "Write a small complete lesson, to be made into one of your own.",
        discussion: "Its number is the next one of its folder. `lessons/README.md` describes the format.")

    @Argument(help: "The title, in quotes if it has blanks.")
    var title: String

    @Option(
        name: .customLong("lessons"), help: "The folder for it; the current one if left out.", completion: .directory)
    var path = "."

    func run() throws {
        let folder = URL(filePath: path, directoryHint: .isDirectory)
        do throws(LessonTemplate.Problem) {
            let (file, number) = try LessonTemplate.write(title: title, in: folder)
            print(
                """
                \(file.relativePath) is written, lesson \(number). Open it in an editor, and now and then:
                    gan check \(file.relativePath)
                    gan lesson \(number) --lessons \(path)
                """)
        } catch {
            throw ValidationError("\(error)")
        }
    }
}
