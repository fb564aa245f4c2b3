import ArgumentParser
import Foundation
import LinearAlgebra
import Notebook
import REPL

/// The program: a prompt, and what can be done without one.
@main
struct Gan: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gan",
        abstract: "Build a generative adversarial network from nothing, and play with it.",
        discussion: """
            Without a subcommand, `gan` opens a prompt; fed from a pipe or a file, it runs the cells that it reads and \
            prints what they print. At the prompt, `help` tells what can be typed and `lessons` lists the lessons.

            EXAMPLES
              gan                                  the prompt
              gan lesson 1                         the prompt, with the first lesson open
              echo '2 + 3' | gan                   the cells of a pipe
              gan run notebook.md --figures out    its cells; pictures in a folder
              gan run --update notebook.md         the same, and its outputs written anew
              gan check                            are all lessons right?
              gan diff mine.md yours.md            what do two notebooks print otherwise?
              gan export notebook.md page.html     a page for any browser; .ipynb too
              gan reference --output reference.md  every function and command

            FILES
              *.md                       notebooks and lessons: Markdown with cells in it
              *.gan                      cells alone
              ~/.local/state/gan         history, progress, sessions ($XDG_STATE_HOME)
              ~/.editrc                  keys of the line editor

            ENVIRONMENT
              GAN_HOME                   the folder with `lessons` and `datasets`
              GAN_PLOT                   how pictures are shown: window, text, words ...
              NO_COLOR                   any value: no colours
              VISUAL, EDITOR             the editor of `data draw`

            EXIT CODE
              0 if all went well, 1 if a cell failed or something was found wrong, 64 if the command line is wrong.
            """,
        version: Library.version,
        subcommands: [
            Prompt.self, Run.self, Lesson.self, Check.self, NewLesson.self, Diff.self, Export.self, DoctorCommand.self,
            Bench.self, Reproduce.self, Reference.self,
        ],
        defaultSubcommand: Prompt.self)

    static func main() {
        FreedMemory.keep()
        main(nil)
    }
}

/// What several subcommands take.
struct CommonOptions: ParsableArguments {
    @Option(help: "Where random numbers start; the same seed gives the same session.")
    var seed: UInt64?

    @Flag(help: "No colours; the variable NO_COLOR says the same.")
    var noColor = false

    @Flag(help: "Neither line editing nor colours, and pictures told in words: for a screen reader, or a pipe.")
    var plain = false

    @OptionGroup var folder: LessonFolder

    var playground: Playground {
        Playground(
            options: .init(seed: seed ?? 1, isPlain: plain, wantsColour: !noColor, lessons: folder.url))
    }
}

/// Where the lessons are.
struct LessonFolder: ParsableArguments {
    @Option(
        name: .customLong("lessons"),
        help: "A folder of lessons of your own; the variable GAN_LESSONS says the same.", completion: .directory)
    var path: String?

    var url: URL? { path.map { URL(filePath: $0, directoryHint: .isDirectory) } }

    func validate() throws {
        var isFolder: ObjCBool = false
        guard let path, !FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) || !isFolder.boolValue
        else { return }
        throw ValidationError("--lessons \(path): there is no such folder.")
    }
}

/// `gan`: the prompt.
struct Prompt: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prompt", abstract: "Open the prompt, or run the cells that come through a pipe (the default).")

    @OptionGroup var common: CommonOptions

    func run() throws {
        try end(common.playground.run())
    }
}

/// `gan lesson 2`: the prompt, with a lesson open.
struct Lesson: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Open the prompt with a lesson, where you left it.")

    @Argument(
        help: "Its number, or how its title begins.",
        completion: .custom { _, _, _ in LessonCatalogue(resources: .find()).names })
    var name: String

    @OptionGroup var common: CommonOptions

    func run() throws {
        try end(common.playground.run(beginningWith: "lesson \(name)"))
    }
}

/// `gan run FILE`: a notebook from its first cell to its last.
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run every cell of a file and print what they print.",
        discussion: """
            A Markdown file is a notebook or a lesson, .ipynb is a notebook of Jupyter's; any other file holds cells alone.
            """)

    @Argument(help: "The file.", completion: .file(extensions: ["md", "gan", "ipynb"]))
    var file: String

    @Option(help: "Write the pictures to this folder.", completion: .directory)
    var figures: String?

    @Option(help: "Where random numbers start; if left out, what the file says.")
    var seed: UInt64?

    @Flag(help: "Write what the cells print into the file, in place of what it says, and draw its pictures anew.")
    var update = false

    @Flag(
        help:
            "Let its cells write over any file; otherwise they write new ones and their own, in its folder or this one."
    )
    var overwrite = false

    func validate() throws {
        if update, seed != nil || figures != nil {
            throw ValidationError(
                "--update goes by the file's own seed and writes no pictures: leave out the other options.")
        }
    }

    func run() throws {
        if update {
            return try end(Playground(options: .init()).check(files: [URL(filePath: file)], updatingOutputs: true))
        }
        let folder = figures.map { URL(filePath: $0, directoryHint: .isDirectory) }
        try end(
            Playground(options: .init()).run(
                file: URL(filePath: file), seed: seed, figures: folder, mayOverwrite: overwrite))
    }
}

/// `gan check`: are the lessons right?
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check lessons and notebooks: outputs as printed, model answers accepted, wrong answers refused.",
        discussion: """
            Links and anchors lead somewhere, terms have their place in the glossary, names are spelt right, what stands in \
            backticks exists, and the minutes are honest.
            """)

    @Argument(help: "The files; all lessons if none is named.", completion: .file(extensions: ["md"]))
    var files: [String] = []

    @Flag(help: "Write what the cells print into the `output` blocks that are there.")
    var updateOutputs = false

    @Flag(help: "No colours.")
    var noColor = false

    @OptionGroup var folder: LessonFolder

    func run() throws {
        let playground = Playground(options: .init(wantsColour: !noColor, lessons: folder.url))
        try end(playground.check(files: files.map { URL(filePath: $0) }, updatingOutputs: updateOutputs))
    }
}

/// `gan diff A B`: what is otherwise in the other notebook?
struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compare two notebooks by their cells and by what these print and draw.",
        discussion: """
            Exit code 0 if they are the same, 1 if not, 2 if one cannot be read. Numbers agree that differ by one unit of \
            the last digit shown, or by --tolerance. Texts are not compared, and nothing is run.
            """)

    @Argument(help: "A notebook.", completion: .file(extensions: ["md"]))
    var first: String

    @Argument(help: "Another one.", completion: .file(extensions: ["md"]))
    var second: String

    @Option(help: "How far numbers may lie apart: so much of their size, and of 1 for smaller ones; 0 for not at all.")
    var tolerance: Double?

    @Option(help: "How many lines of a cell's difference to show.")
    var lines = 20

    func validate() throws {
        if let tolerance, !(tolerance >= 0 && tolerance.isFinite) {
            throw ValidationError("--tolerance \(tolerance): it has to be 0 or more.")
        }
        if lines < 0 { throw ValidationError("--lines \(lines): it has to be 0 or more.") }
    }

    func run() throws {
        let allowed = tolerance.map(NumberTolerance.relative) ?? .lastDigit
        let files = (URL(filePath: first), URL(filePath: second))
        try end(Playground(options: .init()).compare(files.0, files.1, tolerance: allowed, limit: lines))
    }
}

/// `gan export FILE TO`: a notebook for other programs.
struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Write a notebook in another format: .ipynb for Jupyter, .html for a browser, .gan for cells alone, .md.",
        discussion: """
            Without --run nothing is run: the new file shows what the old one says, with the pictures beside it. A notebook \
            of Jupyter's (.ipynb) or a file of cells (.gan) becomes one of ours as .md: cells in our language are cells, \
            all else is text.

            EXAMPLES
              gan export notebook.md page.html      a page that any browser shows
              gan export --run lesson.md l.ipynb    with what it prints and draws now
              gan export theirs.ipynb mine.md       a notebook of Jupyter's as ours
            """)

    @Argument(
        help: "The notebook, the lesson or the file of cells: .md, .ipynb or .gan.",
        completion: .file(extensions: ["md", "ipynb", "gan"]))
    var file: String

    @Argument(help: "The file to write; its ending says the format.", completion: .file())
    var target: String

    @Flag(name: .customLong("run"), help: "Run its cells first, and show what they print and draw now.")
    var runsCells = false

    func run() throws {
        let files = (URL(filePath: file), URL(filePath: target))
        try end(Playground(options: .init()).export(file: files.0, to: files.1, running: runsCells))
    }
}

/// `gan doctor`: what is there, and what is missing?
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Tell what was found: gnuplot, the terminal, lessons, data.")

    @Flag(help: "No colours.")
    var noColor = false

    func run() throws {
        try end(Playground(options: .init(wantsColour: !noColor)).diagnose())
    }
}

/// `gan reference`: the manual page, from the registry.
struct Reference: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write the reference of all functions and commands as Markdown.")

    @Option(help: "The file to write; standard output if left out.", completion: .file(extensions: ["md"]))
    var output: String?

    func run() throws {
        let page = Playground(options: .init()).reference
        guard let output else { return print(page, terminator: "") }
        try page.write(toFile: output, atomically: true, encoding: .utf8)
    }
}

/// Ends the process with this code; 0 is the ordinary end.
func end(_ code: Int32) throws {
    if code != 0 { throw ExitCode(code) }
}
