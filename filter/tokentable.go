package filter

// table finds entries of a token cache by the ends of their tokens. Entries of
// one place are a list, by their next.
type table struct {
	heads []int32 // indices of entries plus one; 0: there is none
	shift uint
}

// newTable is a table for so many entries.
func newTable(entries int) table {
	bits := uint(0)
	for 1<<bits < entries {
		bits++
	}
	return table{heads: make([]int32, 1<<bits), shift: 64 - bits}
}

// of is the place of an end. The upper bits of the product depend on all of it
// (Fibonacci hashing). Only tokens with an issuer's signature have an entry:
// nobody else can make lists long.
func (t *table) of(end uint64) *int32 {
	return &t.heads[end*0x9e3779b97f4a7c15>>t.shift]
}

// first is the first entry of an end's list; -1 if there is none.
func (t *table) first(end uint64) int32 { return *t.of(end) - 1 }

// add puts an entry at the head of its list.
func (t *table) add(entries []cacheEntry, at int32) {
	head := t.of(entries[at].end)
	entries[at].next = *head - 1
	*head = at + 1
}

// remove takes an entry out of its list.
func (t *table) remove(entries []cacheEntry, e *cacheEntry) {
	head := t.of(e.end)
	at := *head - 1
	if &entries[at] == e {
		*head = e.next + 1
		return
	}
	for &entries[entries[at].next] != e {
		at = entries[at].next
	}
	entries[at].next = e.next
}
