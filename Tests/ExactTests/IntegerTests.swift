import Exact
import TestSupport
import Testing

@Suite("Integer")
struct IntegerTests {
  /// Values on both sides of every change of representation, and random ones.
  static let samples: [Integer] = {
    var generator = SeededGenerator(seed: 1)
    let word = Integer(Int.max)
    var values: [Integer] = [
      0, 1, -1, 2, -2, 3, 10, -10, Integer(Int.min), word, word + 1, word + 2,
    ]
    values += [
      -word, Integer(Int.min) - 1, Integer(1) << 63, Integer(1) << 64, -(Integer(1) << 64),
    ]
    for bits in [8, 31, 32, 33, 62, 63, 64, 65, 128, 400] {
      values.append(generator.integer(bits: bits))
    }
    return values
  }()

  @Test("ring laws hold across the change from words to GMP")
  func ringLaws() {
    for a in Self.samples {
      #expect(a + .zero == a)
      #expect(a * .one == a)
      #expect((a - a).isZero)
      #expect(-(-a) == a)
      for b in Self.samples {
        #expect(a + b == b + a)
        #expect(a * b == b * a)
        #expect(a + b - b == a)
        #expect((a < b) == (b - a).signum.isPositive)
        for c in Self.samples {
          #expect((a + b) * c == a * c + b * c)
          #expect((a * b) * c == a * (b * c))
        }
      }
    }
  }

  @Test("a value that comes back into a word is stored and hashed as that word")
  func canonical() {
    let wide = Integer(1) << 100
    for a in Self.samples where a.word != nil {
      let back = (a + wide) - wide
      #expect(back == a)
      #expect(back.word == a.word)
      #expect(back.hashValue == a.hashValue)
    }
    #expect(Integer(Int.min) * -1 == Integer(Int.max) + 1)
    #expect(-Integer(Int.min) == Integer(1) << 63)
  }

  @Test("division with both conventions of the remainder")
  func division() throws {
    for a in Self.samples {
      for b in Self.samples where !b.isZero {
        let (q, r) = try a.quotientAndRemainder(by: b)
        #expect(q * b + r == a)
        #expect(r.magnitude < b.magnitude)
        #expect(r.isZero || r.signum == a.signum)
        let (f, m) = try a.floorQuotientAndRemainder(by: b)
        #expect(f * b + m == a)
        #expect(m.isZero || m.signum == b.signum)
        #expect((a * b).exactQuotient(by: b) == a)
        #expect((a * b).dividedExactly(by: b) == a)
      }
    }
    #expect(throws: ArithmeticError.divisionByZero) {
      _ = try Integer(1).quotientAndRemainder(by: 0)
    }
    #expect(Integer(7).dividedExactly(by: 2) == nil)
  }

  @Test("gcd divides, is never negative, and gcd·lcm = |ab|")
  func divisors() throws {
    for a in Self.samples {
      for b in Self.samples {
        let g = Integer.gcd(a, b)
        #expect(!g.isNegative)
        if !g.isZero {
          #expect(try a.quotientAndRemainder(by: g).remainder.isZero)
          #expect(try b.quotientAndRemainder(by: g).remainder.isZero)
        }
        #expect(g * Integer.lcm(a, b) == (a * b).magnitude)
      }
    }
    #expect(Integer.gcd(0, 0) == 0)
    #expect(Integer.gcd(Integer(Int.min), 0) == Integer(1) << 63)
  }

  @Test("shifts are floor(a·2^n)")
  func shifts() throws {
    for a in Self.samples {
      for n in [0, 1, 5, 61, 62, 63, 64, 130] {
        let scale = Integer(2).power(UInt(n))
        #expect(a << n == a * scale)
        #expect(a >> n == (try a.floorQuotientAndRemainder(by: scale).quotient))
        #expect((a << n) >> n == a)
      }
    }
  }

  @Test("roots: exact where they exist, the floor otherwise")
  func roots() throws {
    for a in Self.samples {
      let square = a * a
      #expect(try square.squareRoot().root == a.magnitude)
      #expect(try square.squareRoot().isExact)
      #expect((a * square).exactRoot(3) == a)
      if !a.isZero { #expect(try (square + 1).squareRoot().isExact == false) }
    }
    #expect(Integer(-8).exactRoot(3) == -2)
    #expect(Integer(-4).exactRoot(2) == nil)
    #expect(Integer(9).exactRoot(0) == nil)
    #expect(throws: ArithmeticError.self) { _ = try Integer(-1).squareRoot() }
  }

  @Test("residues modulo a word are not negative")
  func residues() throws {
    for a in Self.samples {
      for modulus: UInt in [1, 2, 7, 1 << 32, UInt.max] {
        let expected = try a.floorQuotientAndRemainder(by: Integer(modulus)).remainder
        #expect(Integer(a.residue(modulo: modulus)) == expected)
      }
    }
  }

  @Test("text is read back, and what is no integer is refused")
  func text() {
    for a in Self.samples { #expect(Integer(a.description) == a) }
    #expect(Integer("+12345678901234567890123") == 12_345_678_901_234_567_890_123)
    for wrong in ["", "-", "+", "1.5", " 1", "1 ", "0x10", "--1", "1e3", "１"] {
      #expect(Integer(wrong) == nil, "\(wrong)")
    }
    let literal: Integer = -170_141_183_460_469_231_731_687_303_715_884_105_728
    #expect(literal == -(Integer(1) << 127))
  }

  @Test("bit width is that of the magnitude")
  func bitWidth() {
    #expect(Integer(0).bitWidth == 0)
    #expect(Integer(Int.min).bitWidth == 64)
    for n in 0..<200 { #expect((Integer(1) << n).bitWidth == n + 1) }
  }
}

extension Int {
  fileprivate var isPositive: Bool { self > 0 }
}
