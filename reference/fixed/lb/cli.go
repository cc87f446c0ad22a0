package lb

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"log"
	"net"
	"slices"
	"strconv"
	"strings"
)

// keyword is a command of the admin socket.
type keyword struct {
	words []string // that the command begins with
	args  string   // that follow, for people to read
	run   func(w *bytes.Buffer, args []string) error
}

// keywords is all there are. Each file registers those that it handles.
var keywords []keyword

// register adds keywords. It is called at start only.
func register(kws ...keyword) {
	keywords = append(keywords, kws...)
}

func init() {
	register(
		keyword{[]string{"help"}, "", showHelp},
		keyword{[]string{"set", "maxconn", "global"}, "<n>", setMaxconnGlobal},
		keyword{[]string{"disable", "listeners"}, "", disableListeners},
		keyword{[]string{"enable", "listeners"}, "", enableListeners},
	)
}

// cliAccept is the accept function of the admin socket.
func cliAccept(l *Listener, conn net.Conn) error {
	go serveCLI(l, conn)
	return nil
}

// serveCLI answers commands, one a line, until the client has no more. An empty
// line ends each answer.
func serveCLI(l *Listener, conn net.Conn) {
	defer listenerRelease(l)
	defer func() { _ = conn.Close() }()

	lines := bufio.NewScanner(conn)
	for lines.Scan() {
		for _, command := range strings.Split(lines.Text(), ";") {
			answer := dispatch(strings.Fields(command))
			if _, err := conn.Write(answer); err != nil {
				return
			}
		}
	}
	if err := lines.Err(); err != nil {
		log.Printf("admin socket: %v", err)
	}
}

// dispatch runs one command and returns the answer.
func dispatch(words []string) []byte {
	var w bytes.Buffer
	if err := run(&w, words); err != nil {
		fmt.Fprintf(&w, "error: %v\n", err)
	}
	w.WriteByte('\n')
	return w.Bytes()
}

// run finds the keyword that words begin with and runs it.
func run(w *bytes.Buffer, words []string) error {
	for _, kw := range keywords {
		n := len(kw.words)
		if len(words) >= n && slices.Equal(words[:n], kw.words) {
			return kw.run(w, words[n:])
		}
	}
	return errors.New("no such command, try help")
}

// showHelp lists the commands.
func showHelp(w *bytes.Buffer, _ []string) error {
	for _, kw := range keywords {
		line := strings.Join(kw.words, " ") + " " + kw.args
		fmt.Fprintln(w, strings.TrimSpace(line))
	}
	return nil
}

// setMaxconnGlobal changes the limit of the process. Listeners that wait for it
// get another chance, on which they may find that it is still too low.
func setMaxconnGlobal(_ *bytes.Buffer, args []string) error {
	if len(args) != 1 {
		return errors.New("expected a number")
	}
	v, err := parseLimit(args[0])
	if err != nil {
		return err
	}
	globalMaxconn.Store(v)
	dequeueAllListeners()
	return nil
}

// disableListeners suspends all listeners but that of the admin socket.
func disableListeners(*bytes.Buffer, []string) error {
	return protocolPauseAll()
}

// enableListeners resumes all listeners.
func enableListeners(*bytes.Buffer, []string) error {
	return protocolResumeAll()
}

// parseLimit reads a limit: a number that is not negative.
func parseLimit(s string) (int64, error) {
	v, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("not a number: %q", s)
	}
	if v < 0 {
		return 0, fmt.Errorf("value out of range: %d", v)
	}
	return v, nil
}
