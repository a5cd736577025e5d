package wasmfile

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// machine runs the functions of a module on wazero, which validates all of it
// first.
type machine struct{ module api.Module }

func newRuntime(t testing.TB) wazero.Runtime {
	t.Helper()
	runtime := wazero.NewRuntimeWithConfig(context.Background(), wazero.NewRuntimeConfigInterpreter())
	t.Cleanup(func() { _ = runtime.Close(context.Background()) })
	return runtime
}

func newMachine(t *testing.T, runtime wazero.Runtime, module []byte) machine {
	t.Helper()
	if err := Check(module); err != nil {
		t.Fatal(err)
	}
	instance, err := runtime.InstantiateWithConfig(t.Context(), module, wazero.NewModuleConfig().WithName(""))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = instance.Close(context.Background()) })
	return machine{instance}
}

// steps is how many steps a function may take.
const steps = 50

// call runs a function, and describes all that it leaves behind.
func (m machine) call(t *testing.T, function int, place, x int32) string {
	t.Helper()
	global := m.module.ExportedGlobal("steps").(api.MutableGlobal)
	global.Set(steps)
	result, err := m.module.ExportedFunction(strconv.Itoa(function)).Call(t.Context(), api.EncodeI32(place), api.EncodeI32(x))
	if err != nil {
		reason, _, _ := strings.Cut(err.Error(), "\n") // without the stack
		return reason
	}
	return fmt.Sprintf("%d, global %d", api.DecodeI32(result[0]), api.DecodeI32(global.Get()))
}

// compare runs a function of several modules with all arguments.
func compare(t *testing.T, machines []machine, function int, places, xs []int32) {
	t.Helper()
	for _, place := range places {
		for _, x := range xs {
			want := machines[0].call(t, function, place, x)
			for _, m := range machines[1:] {
				if got := m.call(t, function, place, x); got != want {
					t.Fatalf("function %d, place %d, x %d: %s, before %s", function, place, x, got, want)
				}
			}
		}
	}
}
