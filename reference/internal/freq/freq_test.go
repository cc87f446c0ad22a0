package freq

import (
	"testing"
	"time"
)

// at fills a counter by hand: so many events in the current and the previous
// window, of which the current began so long ago.
func at(curr, prev int64, ago time.Duration, now time.Time) *Counter {
	return &Counter{start: now.Add(-ago), curr: curr, prev: prev}
}

func TestRemain(t *testing.T) {
	now := time.Now()
	for _, test := range []struct {
		name       string
		curr, prev int64
		ago        time.Duration
		want       int64
	}{
		{"nothing yet", 0, 0, 0, 10},
		{"this window", 4, 0, window / 2, 6},
		{"half of the previous window", 0, 10, window / 2, 5},
		{"both", 3, 10, window / 2, 2},
		{"full", 10, 0, 0, 0},
		{"more than full", 20, 20, 0, 0},
		{"this window has become the previous", 10, 10, window + window/2, 5},
		{"all is long ago", 10, 10, 3 * window, 10},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := at(test.curr, test.prev, test.ago, now)
			if got := c.remainAt(10, now); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}

func TestZeroCounter(t *testing.T) {
	var c Counter
	if got := c.Remain(2); got != 2 {
		t.Errorf("%d events remain, want 2", got)
	}
	c.Inc()
	c.Inc()
	if got := c.Remain(2); got != 0 {
		t.Errorf("%d events remain after two, want none", got)
	}
}

func TestDelay(t *testing.T) {
	var c Counter
	if d := c.Delay(1); d != 0 {
		t.Errorf("an event fits, but the delay is %s", d)
	}
	c.Inc()
	if d := c.Delay(1); d != window {
		t.Errorf("the delay is %s, want %s", d, window)
	}
	if d := c.Delay(0); d != 0 {
		t.Errorf("there is no limit, but the delay is %s", d)
	}
}
