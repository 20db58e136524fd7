import Algebra
import Exact

extension [Polynomial] {
  /// Adds a polynomial of the same ring to a list whose members are kept coprime: common factors
  /// become members of their own, so that every polynomial added is a product of members, up to
  /// numbers.
  mutating func insertCoprime(_ polynomial: Polynomial) {
    var pending = [polynomial]
    while let next = pending.popLast() {
      if next.isConstant { continue }
      guard let place = firstIndex(where: { !Polynomial.gcd($0, next).isConstant }) else {
        append(next)
        continue
      }
      let common = Polynomial.gcd(self[place], next).primitivePart
      if let rest = self[place].divided(by: common), !rest.isConstant {
        self[place] = common
        pending.append(rest.primitivePart)
      }
      if let rest = next.divided(by: common) { pending.append(rest.primitivePart) }
    }
  }

  /// The parts of a polynomial that its common factors with the members of the list make.
  func parts(of polynomial: Polynomial) -> [Polynomial] {
    var result = [polynomial]
    for member in self {
      result = result.flatMap { part in
        let common = Polynomial.gcd(part, member).primitivePart
        guard !common.isConstant, let rest = part.divided(by: common) else { return [part] }
        return rest.isConstant ? [part] : [common, rest]
      }
    }
    return result
  }
}
