package policy

import (
	"slices"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
)

// Picked are the indexes of the rules that Decide finds.
func (p *Policy) Picked(r *request.Request) (indexes []int, bad reason.Reason) {
	rules, bad := p.pick(r, nil)
	for _, rule := range rules {
		index := NoIndex
		for i := range p.rules {
			if rule == &p.rules[i] {
				index = i
			}
		}
		indexes = append(indexes, index)
	}
	slices.Sort(indexes)
	return indexes, bad
}
