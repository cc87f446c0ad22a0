package driver

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// version returns the version of this program's module, from the information
// that the go command puts into every binary.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// versionText returns what -version prints. Reports against the analyzer need
// the version of x/tools, which builds the SSA form.
func versionText(name string) string {
	text := fmt.Sprintf("%s %s %s %s/%s\n", name, version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return text
	}
	for _, dep := range info.Deps {
		if dep.Path == "golang.org/x/tools" {
			text += dep.Path + " " + dep.Version + "\n"
		}
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" || s.Key == "vcs.modified" {
			text += s.Key + " " + s.Value + "\n"
		}
	}
	return text
}
