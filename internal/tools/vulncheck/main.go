// Command vulncheck runs govulncheck over the module. It fails on
// vulnerabilities that the code really calls, and says so and passes where the
// vulnerability data cannot be reached.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
)

// found is govulncheck's exit status for vulnerabilities that affect the code.
const found = 3

func main() {
	out, err := exec.Command("go", "tool", "-modfile=internal/tools/external/go.mod", "govulncheck", "./...").CombinedOutput()
	var exit *exec.ExitError
	switch {
	case err == nil:
		fmt.Println("govulncheck: no known vulnerabilities in what is called")
	case errors.As(err, &exit) && exit.ExitCode() == found:
		fmt.Printf("%s", out)
		os.Exit(1)
	default:
		fmt.Printf("govulncheck: skipped, it could not run: %v\n%s", err, out)
	}
}
