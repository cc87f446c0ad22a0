package driver

import (
	"os"
	"runtime"
	"runtime/debug"
)

// minHeap is the heap size in bytes below which a unit does not collect
// garbage. A run has a process for each package, most of them end before that,
// and collecting for those costs a quarter of the CPU time of the whole run.
const minHeap = 128 << 20

// restCollector keeps the garbage collector at rest while the heap is smaller
// than minHeap, unless the environment sets its pace.
func restCollector() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(100 * minHeap / runtimeMinHeap)
		pace()
	}
}

// runtimeMinHeap is the heap size at which the runtime first collects garbage
// at 100 per cent.
const runtimeMinHeap = 4 << 20

// pace has the percentage set after each collection, by what it left: the next
// one is due at minHeap, or at twice the live heap.
func pace() {
	sentinel := new([16]byte)
	runtime.AddCleanup(sentinel, func(struct{}) {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		live := max(int(m.HeapAlloc), runtimeMinHeap)
		debug.SetGCPercent(max(100, 100*minHeap/live-100))
		pace()
	}, struct{}{})
}
