import Algebra
import Arbitrary
import Exact

/// Local operators with exact elements, over any ring.
///
/// Basis |0>, |1>; `sz|0> = +|0>`, so that |0> is the upper state of a Hamiltonian `(ω/2) sz` with
/// ω > 0.
public enum Operators {
  /// |0><1| + |1><0|.
  public static func sx<F: Ring>(over _: F.Type = F.self) -> Matrix<Complex<F>> {
    matrix([[.zero, .one], [.one, .zero]])
  }

  /// -i|0><1| + i|1><0|.
  public static func sy<F: Ring>(over _: F.Type = F.self) -> Matrix<Complex<F>> {
    matrix([[.zero, -.i], [.i, .zero]])
  }

  /// |0><0| - |1><1|.
  public static func sz<F: Ring>(over _: F.Type = F.self) -> Matrix<Complex<F>> {
    matrix([[.one, .zero], [.zero, -.one]])
  }

  /// (sx + i sy)/2 = |0><1|, which raises `sz`.
  public static func sp<F: Ring>(over _: F.Type = F.self) -> Matrix<Complex<F>> {
    transition(from: 1, to: 0, levels: 2)
  }

  /// (sx - i sy)/2 = |1><0|, which lowers `sz`.
  public static func sm<F: Ring>(over _: F.Type = F.self) -> Matrix<Complex<F>> {
    transition(from: 0, to: 1, levels: 2)
  }

  /// The identity of the given number of levels.
  public static func identity<F: Ring>(
    _ levels: Int, over _: F.Type = F.self
  ) -> Matrix<Complex<F>> { .identity(levels) }

  /// |to><from| in a space of the given number of levels; a projector where the two are equal.
  ///
  /// - Precondition: both are below `levels`.
  public static func transition<F: Ring>(
    from: Int, to: Int, levels: Int, over _: F.Type = F.self
  ) -> Matrix<Complex<F>> {
    precondition((0..<levels).contains(from) && (0..<levels).contains(to), "no such level")
    var result = Matrix<Complex<F>>(rows: levels, columns: levels)
    result[to, from] = .one
    return result
  }

  /// The square matrix with the given rows.
  static func matrix<R: Ring>(_ rows: [[R]]) -> Matrix<R> {
    Matrix(rows: rows.count, columns: rows.count) { rows[$0][$1] }
  }
}

/// Density matrices of one subsystem, exact in any field: all elements are in Q(i).
public enum States {
  /// |0><0|, the eigenstate of `sz` with eigenvalue +1.
  public static func zero<F: Ring>(over _: F.Type = F.self) -> Matrix<Complex<F>> {
    Operators.transition(from: 0, to: 0, levels: 2)
  }

  /// |1><1|, the eigenstate of `sz` with eigenvalue -1.
  public static func one<F: Ring>(over _: F.Type = F.self) -> Matrix<Complex<F>> {
    Operators.transition(from: 1, to: 1, levels: 2)
  }

  /// (1 + sx)/2, the projector on (|0> + |1>)/√2.
  public static func plus<F: Field>(over _: F.Type = F.self) -> Matrix<Complex<F>> {
    bloch(Operators.sx())
  }

  /// (1 - sx)/2.
  public static func minus<F: Field>(over _: F.Type = F.self) -> Matrix<Complex<F>> {
    bloch(-Operators.sx())
  }

  /// (1 + sy)/2, the projector on (|0> + i|1>)/√2.
  public static func plusI<F: Field>(over _: F.Type = F.self) -> Matrix<Complex<F>> {
    bloch(Operators.sy())
  }

  /// (1 - sy)/2.
  public static func minusI<F: Field>(over _: F.Type = F.self) -> Matrix<Complex<F>> {
    bloch(-Operators.sy())
  }

  /// The identity over the number of levels.
  ///
  /// Over floats and enclosures 1/levels has their default precision; for another one make it over
  /// the rationals and map it.
  ///
  /// - Precondition: at least one level.
  public static func mixed<F: Field>(
    _ levels: Int, over _: F.Type = F.self
  ) -> Matrix<Complex<F>> {
    precondition(levels > 0, "at least one level")
    return Complex(F.inverse(of: levels)) * .identity(levels)
  }

  /// |level><level| of the given number of levels.
  ///
  /// - Precondition: `level` is below `levels`.
  public static func level<F: Ring>(
    _ level: Int, of levels: Int, over _: F.Type = F.self
  ) -> Matrix<Complex<F>> { Operators.transition(from: level, to: level, levels: levels) }

  private static func bloch<F: Field>(_ direction: Matrix<Complex<F>>) -> Matrix<Complex<F>> {
    Complex(F.inverse(of: 2)) * (.identity(2) + direction)
  }
}

extension Field {
  /// 1/n for a positive integer, which every field of characteristic zero has.
  static func inverse(of n: Int) -> Self {
    guard let value = try? Self.one / Self(Integer(n)) else {
      preconditionFailure("a positive integer is invertible in characteristic zero")
    }
    return value
  }

  static var half: Self { inverse(of: 2) }
}
