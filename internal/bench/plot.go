package main

import (
	"fmt"
	"strings"
)

// svg plots what each way adds under each workload, as bars.
func (r *results) svg() []byte {
	const (
		left, width, bar, gap = 330, 520, 14, 10
	)
	longest := 1.0
	for _, row := range r.Rows {
		longest = max(longest, row.Added)
	}
	var b strings.Builder
	y, previous := 40, ""
	for _, row := range r.Rows {
		if row.Way == noFilter {
			continue
		}
		if row.Workload != previous {
			previous = row.Workload
			y += gap
			fmt.Fprintf(&b, `<text x="10" y="%d" font-weight="bold">%s</text>`+"\n", y+bar-3, row.Workload)
			y += bar + 4
		}
		colour := "#9aa5b1"
		switch {
		case strings.HasPrefix(row.Way, oursGoWay):
			colour = "#8ec5a0"
		case strings.HasPrefix(row.Way, oursWay):
			colour = "#2f855a"
		}
		length := max(row.Added, 0) / longest * width
		fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="end">%s</text>`, left-8, y+bar-3, row.Way)
		fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%.1f" height="%d" fill="%s"/>`, left, y, length, bar-2, colour)
		fmt.Fprintf(&b, `<text x="%.1f" y="%d">%.1f</text>`+"\n", left+length+6, y+bar-3, row.Added)
		y += bar
	}
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">
<rect width="100%%" height="100%%" fill="white"/>
<text x="10" y="24" font-size="15">CPU time that each way adds to a request, microseconds</text>
%s</svg>
`, left+width+70, y+20, b.String())
}
