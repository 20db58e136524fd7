// The bundle's first test is to come.
