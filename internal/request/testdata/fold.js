// Prints the characters that Node.js takes for the same without regard to
// case, in the lines of fold.py.
const characters = [], cased = new Set(), lines = [];
for (let c = 0; c < 0x110000; c++) {
  if (c < 0xd800 || c > 0xdfff) characters.push(String.fromCodePoint(c));
}
const hex = (c) => c.codePointAt(0).toString(16);
const same = (way, a, b) => {
  if (a !== b) lines.push(`${way} ${hex(a)} ${hex(b)}`);
};

const mappings = { toLowerCase: (c) => c.toLowerCase(), toUpperCase: (c) => c.toUpperCase() };
for (const [way, mapping] of Object.entries(mappings)) {
  const first = new Map();
  for (const c of characters) {
    const mapped = mapping(c);
    if (mapped === c) continue;
    if (!first.has(mapped)) first.set(mapped, c);
    same(way, first.get(mapped), c);
    for (const one of c + mapped) cased.add(one);
    if ([...mapped].length === 1) same(way, c, mapped);
    if (/^[\x00-\x7f]+$/.test(mapped)) lines.push(`ascii ${hex(c)} ${mapped}`);
  }
}

// Patterns of one character each, against all characters that have a case; and
// characters without a case, which match nothing else, as nothing else matches
// them. Without the flag u, a pattern sees halves of what is above U+FFFF.
const escaped = (c, flags) =>
  flags === "iu" ? `\\u{${hex(c)}}` : [...Array(c.length).keys()].map((i) => "\\u" + c.charCodeAt(i).toString(16).padStart(4, "0")).join("");
for (const flags of ["i", "iu"]) {
  const known = (c) => flags === "iu" || c.length === 1;
  const text = [...cased].join("");
  for (const c of cased) {
    for (const found of text.match(new RegExp(escaped(c, flags), "g" + flags)) ?? []) same("/" + flags, c, found);
  }
  const caseless = characters.filter((c) => !cased.has(c) && known(c));
  const anyOf = (some) => {
    let source = "", from, to;
    const close = () => from && (source += escaped(from, flags) + "-" + escaped(to, flags));
    for (const c of some) {
      if (to && c.codePointAt(0) === to.codePointAt(0) + 1) to = c;
      else close(), (from = to = c);
    }
    close();
    return new RegExp(`[${source}]`, "g" + flags);
  };
  const some = [...cased].filter(known).sort((a, b) => a.codePointAt(0) - b.codePointAt(0));
  for (const [pattern, others] of [[some, caseless], [caseless, some]]) {
    for (const found of others.join(flags === "iu" ? "" : " ").match(anyOf(pattern)) ?? []) {
      if (found !== " ") lines.push(`unexpected ${hex(found)} 0`);
    }
  }
}
process.stdout.write(lines.join("\n") + "\n");
