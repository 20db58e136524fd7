import Exact

/// What a program needs of numbers. The interpreter is written once over this protocol.
///
/// Operations throw where they are certain that no value exists; an arithmetic that has a way to say
/// so in a value, as doubles have NaN, may do that instead.
protocol ProgramArithmetic {
  associatedtype Value

  func constant(_ value: Rational) -> Value
  var imaginaryUnit: Value { get }
  var pi: Value { get }

  func add(_ a: Value, _ b: Value) -> Value
  func subtract(_ a: Value, _ b: Value) -> Value
  func multiply(_ a: Value, _ b: Value) -> Value
  func negate(_ a: Value) -> Value
  func divide(_ a: Value, _ b: Value) throws(ArithmeticError) -> Value

  /// The integer power; 1 for exponent 0, whatever the base.
  func power(_ base: Value, _ exponent: Int) throws(ArithmeticError) -> Value
  /// The principal power.
  func power(_ base: Value, _ exponent: Rational) throws(ArithmeticError) -> Value
  /// The principal power.
  func power(_ base: Value, _ exponent: Value) throws(ArithmeticError) -> Value

  /// A function of one argument.
  func apply(_ function: Function, _ x: Value) throws(ArithmeticError) -> Value
  func atan2(y: Value, x: Value) throws(ArithmeticError) -> Value
  /// J_n; the order is at most ``Function/largestBesselOrder`` in magnitude.
  func besselJ(order: Int, _ x: Value) throws(ArithmeticError) -> Value
  func minimum(_ a: Value, _ b: Value) throws(ArithmeticError) -> Value
  func maximum(_ a: Value, _ b: Value) throws(ArithmeticError) -> Value
  /// A component of a procedure at its arguments, of which some may be known to be rational.
  func call(
    _ component: Procedure.Component, _ x: [Value], exact: [Rational?]
  ) throws(ArithmeticError) -> Value
}
