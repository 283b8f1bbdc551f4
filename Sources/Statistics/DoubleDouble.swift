// Sums and products with their rounding errors, without fused multiply-add, so that every
// processor computes the same bits. Dekker, "A floating-point technique for extending the available
// precision", Numer. Math. 18, 1971, doi:10.1007/BF01397083.

/// a + b rounded, and what rounding lost; exact for every finite a and b.
@inline(__always)
func exactSum(_ a: Double, _ b: Double) -> (sum: Double, rest: Double) {
  let sum = a + b
  let shared = sum - a
  return (sum, (a - (sum - shared)) + (b - shared))
}

/// The upper 26 bits of the significand; what is left fits 27.
@inline(__always)
func upperHalf(_ x: Double) -> Double {
  Double(bitPattern: x.bitPattern & 0xffff_ffff_f800_0000)
}

/// a · b rounded, and what rounding lost to within 2^-104 of the product, where nothing over- or
/// underflows.
@inline(__always)
func exactProduct(_ a: Double, _ b: Double) -> (product: Double, rest: Double) {
  let product = a * b
  let aUpper = upperHalf(a)
  let aLower = a - aUpper
  let bUpper = upperHalf(b)
  let bLower = b - bUpper
  let rest = ((aUpper * bUpper - product) + aUpper * bLower + aLower * bUpper) + aLower * bLower
  return (product, rest)
}
