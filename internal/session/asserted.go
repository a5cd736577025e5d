package session

import (
	"slices"
	"time"
)

// Asserted are the identity headers of a verified token together with a signed
// assertion for one audience. Read-only.
type Asserted struct {
	Audience string
	Headers  [][2]string // the assertion is the last one
	// Since and Until are when they may be sent: see package assertion.
	Since, Until time.Time
}

// maxAsserted is how many audiences are kept with one token.
const maxAsserted = 8

// AssertedFor finds what is kept for an audience and may be sent now; nil if
// there is none.
func (v *Verified) AssertedFor(audience string, now time.Time) *Asserted {
	for i := range v.asserted {
		if a := &v.asserted[i]; a.Audience == audience && !now.Before(a.Since) && now.Before(a.Until) {
			return a
		}
	}
	return nil
}

// KeepAsserted keeps headers with an assertion in place of those of the same
// audience, or of those that end first where there are many.
func (c *Checker) KeepAsserted(p *Provider, v *Verified, a Asserted) {
	if c.Cache == nil {
		return
	}
	place := slices.IndexFunc(v.asserted, func(kept Asserted) bool { return kept.Audience == a.Audience })
	switch {
	case place < 0 && len(v.asserted) < maxAsserted:
		v.asserted = append(v.asserted, a)
		c.Cache.Grow(p, v.Token, a.size())
		return
	case place < 0:
		place = 0
		for i := range v.asserted {
			if v.asserted[i].Until.Before(v.asserted[place].Until) {
				place = i
			}
		}
	}
	c.Cache.Grow(p, v.Token, a.size()-v.asserted[place].size())
	v.asserted[place] = a
}

// size is about how much memory it takes: the assertion, and the list.
func (a *Asserted) size() int {
	return 128 + 32*len(a.Headers) + len(a.Headers[len(a.Headers)-1][1])
}
