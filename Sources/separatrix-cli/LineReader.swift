import Foundation

/// The lines of a file in blocks, without their line feeds: each block is what one read of the file
/// completes, so that no line waits for later ones, and memory does not grow with the file.
struct LineReader: Sequence, IteratorProtocol {
  private let handle: FileHandle
  /// The beginning of a line whose end is not yet read.
  private var buffer: [UInt8] = []
  private var isAtEnd = false

  /// The lines from where the handle stands.
  init(_ handle: FileHandle) { self.handle = handle }

  /// The next lines; nil at the end, which an error of reading is too.
  mutating func next() -> [String]? {
    var lines: [String] = []
    while lines.isEmpty {
      guard !isAtEnd else { return nil }
      guard let data = try? handle.read(upToCount: 1 << 16), !data.isEmpty else {
        isAtEnd = true
        if buffer.isEmpty { return nil }
        return [String(decoding: buffer, as: UTF8.self)]
      }
      buffer += data
      var start = 0
      while let end = buffer[start...].firstIndex(of: 0x0A) {
        lines.append(String(decoding: buffer[start..<end], as: UTF8.self))
        start = end + 1
      }
      buffer.removeFirst(start)
    }
    return lines
  }
}
