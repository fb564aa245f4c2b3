import Foundation

/// Where gnuplot is and how it is started.
public struct GnuplotProgram: Hashable, Sendable {
    /// The absolute path of the program.
    public let path: String

    /// A program at a known place.
    public init(path: String) { self.path = path }

    /// The first `gnuplot` in the folders of a search path, as the shell would find it; nil when there is none.
    ///
    /// It is looked up before it is started, because starting a program that is not there succeeds (the shell starts)
    /// and fails only at the first word that is sent.
    public static func find(
        searchPath: String? = ProcessInfo.processInfo.environment["PATH"]
    ) -> GnuplotProgram? {
        executable("gnuplot", in: searchPath).map(GnuplotProgram.init(path:))
    }

    /// The first file of a name that can be executed.
    static func executable(_ name: String, in searchPath: String?) -> String? {
        guard let searchPath else { return nil }
        for folder in searchPath.split(separator: ":") where folder.hasPrefix("/") {
            let path = "\(folder)/\(name)"
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue,
                access(path, X_OK) == 0
            {
                return path
            }
        }
        return nil
    }

    /// The shell command that runs gnuplot and then removes its folder, even when we are no longer there to do it.
    ///
    /// gnuplot tells its process id and then everything it has to say through one pipe with a name; it stands in a group
    /// of its own (Ctrl-C at the prompt is not meant for it) and reads no start-up file, so that pictures look the same
    /// everywhere. It begins without a terminal: with that of a window it would ask the display before it is told to.
    func command(replies: String, folder: String, searchPath: String?) -> String {
        let group = Self.executable("setsid", in: searchPath).map { Self.quoted($0) + " " } ?? ""
        let inner =
            "exec 2>\(Self.quoted(replies)) >/dev/null; echo pid $$ >&2; GNUTERM=unknown; export GNUTERM; "
            + "exec \(group)\(Self.quoted(path)) -d -persist"
        let remove =
            Self.executable("rm", in: searchPath).map { "\(Self.quoted($0)) -rf \(Self.quoted(folder))" } ?? ":"
        return "trap '' INT QUIT HUP; exec 2>/dev/null; /bin/sh -c \(Self.quoted(inner)); \(remove)"
    }

    /// One word for the shell, whatever is in it.
    static func quoted(_ text: String) -> String {
        "'" + text.replacing("'", with: "'\\''") + "'"
    }
}
