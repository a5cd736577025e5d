package filtertest

import (
	"slices"
	"time"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"

	"github.com/sessiongate/sessiongate/filter"
)

// VM is one worker's VM, in which several plugins may live.
type VM struct {
	process *Process
	context *filter.VM
	plugins []*Plugin
	streams map[uint32]*Stream
	lastID  uint32

	// The callback that runs at present.
	starting  string // the configuration, in OnPluginStart
	effective uint32
	answered  *Call // in the callback of a dispatched call
	lent      lent
	after     []func() // for when it has returned
}

// NewVM makes a VM of the process.
func (p *Process) NewVM() *VM {
	vm := &VM{process: p, streams: map[uint32]*Stream{}}
	vm.context = filter.NewVM(host{vm})
	vm.call(0, func() { vm.context.OnVMStart(0) })
	p.vms = append(p.vms, vm)
	return vm
}

// Kept is how many streams the filter keeps something of.
func (vm *VM) Kept() int { return vm.context.Kept() }

// Plugin is one configuration in one VM.
type Plugin struct {
	// Started reports whether the plugin took its configuration.
	Started bool

	vm       *VM
	id       uint32
	context  types.PluginContext
	period   time.Duration
	nextTick time.Time
}

// Start starts a plugin in this VM.
func (vm *VM) Start(configuration string) *Plugin {
	vm.lastID++
	plugin := &Plugin{vm: vm, id: vm.lastID}
	plugin.context = vm.context.NewPluginContext(plugin.id)
	vm.plugins = append(vm.plugins, plugin)
	vm.starting = configuration
	vm.call(plugin.id, func() {
		plugin.Started = plugin.context.OnPluginStart(len(configuration)) == types.OnPluginStartStatusOK
	})
	vm.starting = ""
	return plugin
}

// Tick calls the plugin's OnTick now.
func (p *Plugin) Tick() {
	p.nextTick = p.vm.process.now.Add(p.period)
	p.vm.call(p.id, p.context.OnTick)
}

// TickPeriod is what the plugin has set; 0 if nothing.
func (p *Plugin) TickPeriod() time.Duration { return p.period }

// Stop ends the plugin as a changed listener does: its calls are cancelled
// without a word, its remaining streams go.
func (p *Plugin) Stop() {
	for _, stream := range p.vm.streams {
		if stream.plugin == p {
			stream.Leave()
		}
	}
	p.vm.call(p.id, func() { p.context.OnPluginDone() })
	p.period = 0
	for _, call := range p.vm.process.calls {
		if call.plugin == p {
			call.over = true
		}
	}
	p.vm.plugins = slices.DeleteFunc(p.vm.plugins, func(q *Plugin) bool { return q == p })
}

// Crash ends the plugin's whole VM as a trap does: nobody is told anything.
func (p *Plugin) Crash() {
	process := p.vm.process
	for _, call := range process.calls {
		if call.plugin.vm == p.vm {
			call.over = true
		}
	}
	process.vms = slices.DeleteFunc(process.vms, func(vm *VM) bool { return vm == p.vm })
}

// call runs a callback, and then what it asked for.
func (vm *VM) call(id uint32, callback func()) {
	vm.effective = id
	callback()
	vm.lent.takeBack()
	for len(vm.after) > 0 {
		next := vm.after[0]
		vm.after = vm.after[1:]
		next()
	}
}

func (vm *VM) plugin(id uint32) *Plugin {
	for _, plugin := range vm.plugins {
		if plugin.id == id {
			return plugin
		}
	}
	return nil
}
