// `import Separatrix` gives everything: exact and certified arithmetic, symbols, models of open
// systems, derivation documents and reports. Each module can be imported alone as well.

@_exported import Algebra
@_exported import Arbitrary
@_exported import Certified
@_exported import Documents
@_exported import Exact
@_exported import OpenSystems
@_exported import Reports
@_exported import Symbolic
