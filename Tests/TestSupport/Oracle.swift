import Foundation

/// Values recorded from other systems by the scripts in `Tests/Oracles`.
public enum Oracle {
  /// The root of the package, from this file's place in it.
  public static let packageRoot = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Decodes `Tests/Oracles/recorded/<name>.json`.
  public static func load<T: Decodable>(_ name: String, as type: T.Type) throws -> T {
    let file = packageRoot.appendingPathComponent("Tests/Oracles/recorded/\(name).json")
    return try JSONDecoder().decode(type, from: Data(contentsOf: file))
  }

  /// The text files with the given ending in a folder beside the package; nil without the folder.
  public static func texts(inSiblingFolder path: String, ending: String) -> [String: String]? {
    let folder = packageRoot.deletingLastPathComponent().appendingPathComponent(path)
    guard
      let files = try? FileManager.default.contentsOfDirectory(
        at: folder, includingPropertiesForKeys: nil)
    else { return nil }
    var texts: [String: String] = [:]
    for file in files where file.pathExtension == ending {
      texts[file.lastPathComponent] = try? String(contentsOf: file, encoding: .utf8)
    }
    return texts
  }
}
