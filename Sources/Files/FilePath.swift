import Foundation

/// File names as people write them.
public enum FilePath {
    /// The path with `~` or `~/` at its beginning written out as the home folder.
    public static func expanded(_ path: String) -> String {
        guard path == "~" || path.hasPrefix("~/") else { return path }
        return NSString(string: path).expandingTildeInPath
    }
}
