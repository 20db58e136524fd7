/// The functions' kernels of one precision, made when they are first asked for, and their workspaces.
///
/// For one thread at a time, as the kernels are.
final class Kernels {
  private let precision: Int
  private let evaluations: Int
  private(set) lazy var exponential = ExponentialKernel(
    precision: precision, calls: evaluations)
  private(set) lazy var logarithm = LogarithmKernel(
    precision: precision, calls: evaluations)

  /// Room for the product of two significands.
  let product: UnsafeMutablePointer<UInt>

  init(precision: Int, evaluations: Int) {
    self.precision = precision
    self.evaluations = evaluations
    product = .allocate(capacity: 2 * ((precision + 63) / 64))
  }

  deinit { product.deallocate() }
}
