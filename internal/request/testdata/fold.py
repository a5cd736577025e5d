# Prints the characters that Python takes for the same without regard to case,
# as lines of a name for the way, and two code points in hexadecimal; after
# "ascii" comes one code point and the ASCII text that it is mapped to.
import re

characters = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000]
mappings = {"lower": str.lower, "upper": str.upper, "casefold": str.casefold}
cased = set()


def same(way, a, b):
    if a != b:
        print(way, "%x" % ord(a), "%x" % ord(b))


for way, mapping in mappings.items():
    first = {}
    for c in characters:
        mapped = mapping(c)
        if mapped == c:
            continue
        cased.update(c + mapped)
        same(way, first.setdefault(mapped, c), c)
        if len(mapped) == 1:
            same(way, c, mapped)
        if mapped.isascii():
            print("ascii", "%x" % ord(c), mapped)

# Patterns of one character each, against all characters that have a case.
text = "".join(sorted(cased))
for c in text:
    for found in re.findall(re.escape(c), text, re.IGNORECASE):
        same("re", c, found)

# Characters without a case match nothing else, and nothing else matches them.
def ranges(some):
    out = []
    for c in sorted(map(ord, some)):
        if out and out[-1][1] == c - 1:
            out[-1][1] = c
        else:
            out.append([c, c])
    return "[" + "".join("\\U%08x-\\U%08x" % (a, b) for a, b in out) + "]"


caseless = "".join(c for c in characters if c not in cased)
for pattern, text in (cased, caseless), (caseless, "".join(sorted(cased))):
    for found in re.findall(ranges(pattern), text, re.IGNORECASE):
        print("unexpected", "%x" % ord(found), "0")
