import Foundation

/// The lines of a file one by one, without their line feeds, in memory for one line at a time.
struct LineReader: Sequence, IteratorProtocol {
  private let handle: FileHandle
  private var buffer: [UInt8] = []
  private var position = 0
  private var isAtEnd = false

  /// The lines from where the handle stands.
  init(_ handle: FileHandle) { self.handle = handle }

  /// The next line; nil at the end, which an error of reading is too.
  mutating func next() -> String? {
    var line: [UInt8] = []
    while true {
      if position == buffer.count && !fill() { break }
      let rest = buffer[position...]
      if let end = rest.firstIndex(of: 0x0A) {
        line += rest[..<end]
        position = end + 1
        return String(decoding: line, as: UTF8.self)
      }
      line += rest
      position = buffer.count
    }
    return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
  }

  /// Reads the next piece of the file; false at its end.
  private mutating func fill() -> Bool {
    guard !isAtEnd, let data = try? handle.read(upToCount: 1 << 16), !data.isEmpty else {
      isAtEnd = true
      return false
    }
    buffer = [UInt8](data)
    position = 0
    return true
  }
}
