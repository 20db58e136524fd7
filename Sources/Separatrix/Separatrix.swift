// The umbrella module.
