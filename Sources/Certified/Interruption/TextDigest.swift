/// A sum over a text: FNV-1a, 64 bits twice. It tells of accidents and single changes; it does not stop a forger.
enum TextDigest {
  static func of(_ data: some Sequence<UInt8>) -> String {
    var (a, b): (UInt64, UInt64) = (0xCBF2_9CE4_8422_2325, 0x6C62_272E_07BB_0142)
    for byte in data {
      a = (a ^ UInt64(byte)) &* 0x100_0000_01B3
      b = (b ^ a ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    return String(a, radix: 16) + "-" + String(b, radix: 16)
  }

  static func of(_ text: String) -> String { of(text.utf8) }
}
