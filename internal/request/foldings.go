package request

import "unicode"

// foldingTable says, in pages, what is added to each letter to fold it. Looking a
// letter up in package unicode costs ten times as much, and a path may have
// thousands.
type foldingTable [maxFolding/pageSize + 1]*[pageSize]rune // nil: its letters fold to themselves

const (
	maxFolding = 0x1e943 // the last code point that folds to another
	pageSize   = 256
)

var foldings = newFoldingTable()

// asciiFoldings are the letters that some mapping turns into ASCII text, but
// for those of package unicode. The first is nobody's, as 0 is no index.
var asciiFoldings = [...]struct {
	from rune
	to   string
}{
	{},
	{'İ', "i"}, // in Python's regular expressions; in lower case "i̇"
	{'ı', "i"},
	{'ß', "ss"}, {'ẞ', "ss"},
	{'ﬀ', "ff"}, {'ﬁ', "fi"}, {'ﬂ', "fl"}, {'ﬃ', "ffi"}, {'ﬄ', "ffl"}, {'ﬅ', "st"}, {'ﬆ', "st"},
}

// moreFoldings are letters in sequence that fold to others, and that package
// unicode does not know of: those with the same sequence of capitals, and
// those that got a case in Unicode 16 and 17.
var moreFoldings = [...]struct{ from, last, to rune }{
	{0x1fd3, 0x1fd3, 0x0390}, {0x1fe3, 0x1fe3, 0x03b0},
	{0x1c8a, 0x1c8a, 0x1c89}, {0xa7cb, 0xa7cb, 0x0264}, {0xa7dc, 0xa7dc, 0x019b},
	{0xa7cd, 0xa7cd, 0xa7cc}, {0xa7cf, 0xa7cf, 0xa7ce}, {0xa7d3, 0xa7d3, 0xa7d2}, {0xa7d5, 0xa7d5, 0xa7d4}, {0xa7db, 0xa7db, 0xa7da},
	{0x10d70, 0x10d85, 0x10d50}, {0x16ebb, 0x16ed3, 0x16ea0},
}

func newFoldingTable() *foldingTable {
	t := new(foldingTable)
	for _, r := range unicode.CaseRanges {
		for letter := rune(r.Lo); letter <= rune(r.Hi); letter++ {
			if t.of(letter) == letter {
				t.setCases(letter)
			}
		}
	}
	for _, more := range moreFoldings {
		for letter := more.from; letter <= more.last; letter++ {
			t.set(letter, more.to+letter-more.from)
		}
	}
	for i, ascii := range asciiFoldings {
		t.set(ascii.from, -rune(i))
	}
	return t
}

// setCases has all cases of a letter fold to it, which is the smallest of
// them; those of an ASCII letter fold to the one in lower case.
func (t *foldingTable) setCases(letter rune) {
	folded := letter
	if letter <= unicode.MaxASCII {
		folded = unicode.ToLower(letter)
	}
	t.set(letter, folded)
	for c := unicode.SimpleFold(letter); c != letter; c = unicode.SimpleFold(c) {
		t.set(c, folded)
	}
}

// set has a letter fold to another, or to minus an index of asciiFoldings.
func (t *foldingTable) set(letter, folded rune) {
	page := &t[letter/pageSize]
	if *page == nil {
		*page = new([pageSize]rune)
	}
	(*page)[letter%pageSize] = folded - letter
}

// of is what a letter folds to, or minus an index of asciiFoldings.
func (t *foldingTable) of(letter rune) rune {
	if letter > maxFolding || t[letter/pageSize] == nil {
		return letter
	}
	return letter + t[letter/pageSize][letter%pageSize]
}
