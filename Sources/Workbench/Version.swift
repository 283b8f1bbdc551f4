/// Version of the program: reports and bundles carry it.
public let programVersion = "0.1.0"
