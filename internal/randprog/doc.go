// Package randprog tests the analyzer on random programs of locks, branches,
// calls and flags. Each program is also run by a brute-force interpreter, which
// works on the syntax tree and knows nothing of the analysis: it takes every
// function for an entry, with arguments that are distinct objects and flags of
// any value, and enumerates the paths. What the analyzer reports must be what
// the interpreter met on some path. The share of what it met and the analyzer
// does not report is printed by cause.
//
// Other programs have heap objects: owners with kids in fields, slices, maps
// and channels, and kids that point back. There the interpreter builds heaps as
// the environment of the program would. It calls, with what it got from earlier
// calls, the functions that nothing in the program mentions; what the others
// are passed the analyzer can see. Then it calls any function with any objects
// of that heap. A report must happen in some heap, and a rule that a report
// states must hold in all of them. Calls and paths are drawn at random, so a
// report is called wrong only if the path that it names was seen to be taken,
// and never with one lock.
package randprog
