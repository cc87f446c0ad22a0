// Package randprog tests the analyzer on random programs of locks, branches,
// calls and flags. Each program is also run by a brute-force interpreter, which
// works on the syntax tree and knows nothing of the analysis: it takes every
// function for an entry, with arguments that are distinct objects and flags of
// any value, and enumerates the paths. What the analyzer reports must be what
// the interpreter met on some path. The share of what it met and the analyzer
// does not report is printed by cause.
package randprog
