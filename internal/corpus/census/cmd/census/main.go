// Command census is a vet tool that counts functions and lock operations.
package main

import (
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/lockreentry/lockreentry/internal/corpus/census"
)

func main() { unitchecker.Main(census.Analyzer) }
