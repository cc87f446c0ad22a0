// Package analyzer reports lock re-entry: a goroutine that holds a mutex and
// reaches, along a call path, a second lock of the same mutex.
package analyzer

// Doc is the documentation of the analyzer.
const Doc = `report locks that a goroutine locks again while it holds them`
