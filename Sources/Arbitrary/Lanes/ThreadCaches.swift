import CMPFR

/// What MPFR keeps for each thread: constants, such as the logarithm of 2, that it computes when they
/// are first needed.
package enum ThreadCaches {
  /// Gives back the calling thread's; a thread that ends without it loses their memory.
  package static func release() { mpfr_free_cache2(MPFR_FREE_LOCAL_CACHE) }
}
