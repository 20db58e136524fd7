import Arbitrary

/// The functions that an expression may apply.
///
/// On complex arguments each is its principal branch (DLMF 4): `sqrt` and `log` are cut along the
/// negative real axis and continuous from above, so `sqrt(-4)` is `2*i` and `log(-1)` is `i*pi`; the
/// inverse functions follow from these. `cbrt`, `atan2`, `sign`, `min` and `max` take real arguments;
/// `cbrt` is the real root (`cbrt(-8)` is -2, unlike `(-8)^(1/3)`), `sign(0)` is 0.
///
/// `besselj(n, x)` is J_n(x), its order n a literal integer; `digamma` is ψ = Γ'/Γ and `dilog` is Li₂,
/// for x ≤ 1 (DLMF 10.2, 5.2, 25.12). These take real arguments too.
public enum Function: String, CaseIterable, Hashable, Sendable {
  case sqrt, cbrt
  case exp, expm1, log, log1p
  case sin, cos, tan, asin, acos, atan, atan2
  case sinh, cosh, tanh, asinh, acosh, atanh
  case abs, sign, min, max
  case re, im, conj, arg
  case besselj, digamma, dilog

  /// How many arguments a function takes.
  public struct Arity: Hashable, Sendable, CustomStringConvertible {
    /// The smallest number of arguments.
    public let least: Int
    /// The greatest number of arguments; nil for no limit.
    public let most: Int?

    /// Whether the function takes so many arguments.
    public func contains(_ count: Int) -> Bool { count >= least && count <= most ?? count }

    /// `1 argument`, `2 arguments`, `1 or more arguments`.
    public var description: String {
      if most == nil { return "\(least) or more arguments" }
      return least == 1 ? "1 argument" : "\(least) arguments"
    }
  }

  /// The name in the document language.
  public var name: String { rawValue }

  /// How many arguments it takes.
  public var arity: Arity {
    switch self {
    case .min, .max: Arity(least: 1, most: nil)
    case .atan2, .besselj: Arity(least: 2, most: 2)
    default: Arity(least: 1, most: 1)
    }
  }

  /// Other names that the document language accepts for it.
  public var aliases: [String] {
    switch self {
    case .log: ["ln"]
    case .asin: ["arcsin"]
    case .acos: ["arccos"]
    case .atan: ["arctan"]
    case .asinh: ["arsinh", "arcsinh"]
    case .acosh: ["arcosh", "arccosh"]
    case .atanh: ["artanh", "arctanh"]
    case .sign: ["sgn"]
    case .conj: ["conjugate"]
    case .dilog: ["li2"]
    default: []
    }
  }

  /// The function that a document calls by `name`, its own name or an alias; nil for none.
  public init?(named name: String) {
    guard let function = Self.byName[name] else { return nil }
    self = function
  }

  /// All names that a document may use.
  public static var allNames: [String] { byName.keys.sorted() }

  private static let byName: [String: Function] = {
    var table: [String: Function] = [:]
    for function in allCases {
      for name in [function.name] + function.aliases { table[name] = function }
    }
    return table
  }()

  /// The greatest magnitude of the order of `besselj`.
  public static let largestBesselOrder = Int(Real.largestBesselOrder)

  /// What is wrong with the arguments beyond their number; nil for nothing.
  ///
  /// The order of a Bessel function must be a written integer, which no substitution changes: it is
  /// part of the function's name.
  func problem(with arguments: [Expression]) -> String? {
    guard self == .besselj else { return nil }
    guard let order = arguments.first?.rationalValue, order.isInteger, let n = order.numerator.word,
      n.magnitude <= Real.largestBesselOrder
    else {
      return "the order of besselj must be a written integer from "
        + "-\(Real.largestBesselOrder) to \(Real.largestBesselOrder)"
    }
    return nil
  }

  /// The order and the argument of `besselj`.
  static func besselParts(_ arguments: [Expression]) -> (order: Int, argument: Expression)? {
    guard arguments.count == 2, let order = arguments[0].rationalValue?.numerator.word else {
      return nil
    }
    return (order, arguments[1])
  }

  /// Whether it is complex differentiable where it is defined.
  public var isHolomorphic: Bool {
    switch self {
    case .cbrt, .atan2, .abs, .sign, .min, .max, .re, .im, .conj, .arg, .besselj, .digamma, .dilog:
      false
    default: true
    }
  }
}
