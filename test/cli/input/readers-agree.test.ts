import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { plainDocuments } from '../../../lib/cli/input/plain-documents';
import { yamlDocuments } from '../../../lib/cli/input/yaml-documents';
import type { InputFault } from '../../../lib/model/finding/input-fault';

/** What the fast reader took, if it took it, must be what the slow one reads; texts with faults are never taken. */
function expectAgreement(text: string): boolean {
  const plain = plainDocuments('a.yaml', text);
  if (plain === undefined) return false;
  const faults: InputFault[] = [];
  const slow = [...yamlDocuments('a.yaml', text, faults)].filter(({ value }) => value !== null);
  expect({ faults, found: plain.map(({ value, position }) => ({ value, position })) }).toEqual({
    faults: [],
    found: slow.map(({ value, position }) => ({ value, position })),
  });
  // The excerpt of each, read on its own, is the same document: that is how fields are found.
  for (const { value, start, end } of plain) {
    const again = [...yamlDocuments('a.yaml', text.slice(start, end), [])];
    expect(again.filter((found) => found.value !== null).map((found) => found.value)).toEqual([value]);
  }
  return true;
}

const HEAD = 'apiVersion: v1\nkind: Pod\n';

test.each([
  [
    'blocks of maps and lists',
    `${HEAD}metadata:\n  name: a\nspec:\n  list:\n  - a: 1\n    b: [x, {y: z}]\n  -\n    - 2\n`,
  ],
  ['words and numbers', `${HEAD}values: [yes, No, on, y, ~, null, 0777, 0o17, 1_000, 0x1F, 1e3, .5, .inf, 22:22]\n`],
  ['quotes with escapes', `${HEAD}a: "x\\ty\\u0041\\\n  z"\nb: 'it''s'\nc: "yes"\n`],
  ['folded and literal blocks', `${HEAD}a: |\n  one\n\n  two\nb: >-\n  one\n  two\n\n  three\nc: |+\n    x\n\n`],
  ['several documents, some of them empty', `---\n# nothing\n---\n${HEAD}---\n---\n${HEAD}...\n---\n${HEAD}`],
  ['lines that end as on Windows', HEAD.replaceAll('\n', '\r\n')],
  ['comments', `# first\n${HEAD} # second\nspec: # third\n  # fourth\n  a: 1 # fifth\n  b: x#y\n`],
  ['text over several lines', `${HEAD}a: one\n  two\n\n  three\nb: 1\n`],
  ['no end of line at the end', `${HEAD}a: 1`],
])('the fast reader takes %s', (_what, text) => {
  expect(expectAgreement(text)).toBe(true);
});

test.each([
  ['a key twice', `${HEAD}a: 1\na: 2\n`],
  ['a key twice that is written in two ways', `${HEAD}a: 1\n"a": 2\n`],
  ['an anchor', `${HEAD}a: &x 1\nb: *x\n`],
  ['a merge key', `${HEAD}a: {<<: {b: 1}}\n`],
  ['a tag', `${HEAD}a: !!str 80\n`],
  ['a directive', `%YAML 1.1\n---\n${HEAD}`],
  ['a tab for indentation', `${HEAD}spec:\n\ta: 1\n`],
  ['a list as a key', `${HEAD}? [a]\n: 1\n`],
  ['no key at all', `${HEAD}: 1\n`],
  ['a template that was not filled in', `${HEAD}name: {{ .Values.name }}\n`],
  ['an open quote', `${HEAD}a: "x\n`],
  ['a mark of byte order in the midst', `${HEAD}---\n\uFEFF${HEAD}`],
  ['a key that changes what objects inherit', `${HEAD}__proto__: {a: 1}\n`],
  ['text for a document', `${HEAD}---\nhello\n`],
  ['a block of text that says how far it is indented', `${HEAD}a: |2\n   x\n`],
  ['text below a comment', `${HEAD}a:\n # comment\n  x\n`],
  ['a name behind a value', `${HEAD}a:\n  - {} b: 1\n    c: 1\n`],
  ['an empty line behind an escaped end of line', `${HEAD}a: "x\\\n\n  y"\n`],
  ['a carriage return alone', `${HEAD}a: x\ry: 1\n`],
])('the fast reader leaves %s to the other', (_what, text) => {
  expect(plainDocuments('a.yaml', text)).toBeUndefined();
});

test.each([
  ['an indented mark of a document', `${HEAD}a: x\n  --- y\n`],
  ['a mark of a document within quotes', `${HEAD}a: "x\n--- y"\n`],
  ['a mark of a document within a block', `${HEAD}a: |\n  x\n---\n${HEAD}`],
  ['a document on the line of its mark', `--- {apiVersion: v1, kind: Pod}\n--- # comment\n${HEAD}`],
  ['a map within a list on the line of another', `${HEAD}a:\n- - b: 1\n    c: 2\n  - d\n`],
  ['a list behind a map on one line', `${HEAD}a: - b\n`],
  ['a map within a map on one line', `${HEAD}a: b: c\n`],
  ['a name behind a value', `${HEAD}a:\n  - {} b: 1\n`],
  ['a name far from its colon', `${HEAD}a${' '.repeat(1100)}: 1\n`],
  ['an indented mark of a document before anything else', `  ---\n${HEAD}`],
  ['an indented directive', `  %a: b\n---\n${HEAD}`],
  ['flow over several lines', `${HEAD}a: {b: [1,\n  2], c:\n  d}\n`],
  ['flow that is less indented', `${HEAD}a:\n  b: [\n1\n]\n`],
  ['a quoted text that is less indented', `${HEAD}a:\n  b: "x\n y"\n`],
  ['commas without items', `${HEAD}a: [1,,2]\n`],
  ['a comma at the end', `${HEAD}a: [1,]\nb: {c: 1,}\n`],
  ['names without values in flow', `${HEAD}a: {b, c: , d}\n`],
  ['a pair in a list', `${HEAD}a: [b: 1]\n`],
  ['no blank behind a colon in flow', `${HEAD}a: {"b":1, c:2}\n`],
  ['a comment without a blank', `${HEAD}a: "x"#y\n`],
  ['blanks at the ends of lines', `${HEAD}a:   \n  b:  1  \n`],
  ['a tab behind a value', `${HEAD}a: 1\t\nb:\t2\n`],
  ['a tab behind a dash', `${HEAD}a:\n-\tb: 1\n`],
  ['a key over several lines', `${HEAD}"a\n b": 1\n`],
  ['a long key', `${HEAD}${'k'.repeat(1100)}: 1\n`],
  ['a question mark', `${HEAD}? a\n: 1\n`],
  ['an escape that is none', `${HEAD}a: "\\q"\n`],
  ['characters that do not print', `${HEAD}a: "x\u0000y"\nb: \u0007\n`],
  ['a line separator', `${HEAD}a: x\u2028y\nb: "x\u0085y"\n`],
  ['half of a pair of surrogates', `${HEAD}a: "\\uD83D"\nb: \uD83D\n`],
  ['numbers as keys', `${HEAD}1: a\n01: b\n1.0: c\ntrue: d\n`],
  ['a number that is too large', `${HEAD}a: 99999999999999999999\nb: 1e999\nc: 0xFFFFFFFFFFFFFFFFFF\nd: -0\n`],
  ['names of what objects inherit', `${HEAD}constructor: 1\ntoString: {hasOwnProperty: 2}\n`],
  ['a reserved character', `${HEAD}a: @b\nc: \`d\`\n`],
  ['a percent sign', `${HEAD}a: %b\n`],
  ['an end of a document with more behind it', `${HEAD}... x\n`],
  ['an end of a document, then another without a mark', `${HEAD}...\n${HEAD}`],
  ['a block with too much indentation before it', `${HEAD}a: |\n    \n  x\n`],
  ['a block with tabs', `${HEAD}a: |\n  \tx\n  y\t\n`],
  ['an empty block', `${HEAD}a: |\nb: >+\n\nc: 1\n`],
  ['many levels', `${HEAD}a: ${'['.repeat(200)}${']'.repeat(200)}\n`],
])('whether or not the fast reader takes %s, it reads the same', (_what, text) => {
  expectAgreement(text);
});

const corpus = join(process.env.PORTOLAN_DATA ?? '../shared', 'corpus');

if (existsSync(corpus)) {
  test('the fast reader takes nearly all of the corpus, and reads the same', () => {
    const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) => /\.ya?ml$/.test(name));
    const taken = files.filter((name) => expectAgreement(readFileSync(join(corpus, name), 'utf8')));
    expect(taken.length / files.length).toBeGreaterThan(0.8);
  });
} else {
  test.skip(`there is no corpus at ${corpus}: set PORTOLAN_DATA to the folder that holds it`, () => {});
}

const SAMPLE = `${HEAD}metadata:
  name: a   # a comment
  labels: {app: web, "tier": 'db'}
spec:
  list:
  - port: 80
    protocol: TCP
  - - one
    - "two\\n"
  text: |
    one
      two
  folded: >-
    one

    two
---
- a
- b: yes
  c:
`;

const BITS = [
  ...'{}[],:-|>?#"\'%@ \t\n\r\\~0',
  ' - ',
  '- ',
  ': ',
  ' #',
  '\n---\n',
  '\n...\n',
  '--- ',
  '? ',
  '  ',
  '\n  ',
  '\n ',
  '""',
  '{}',
  '[]',
  'a: ',
  '"b": ',
  'x\n y',
  '|\n',
  '>-\n',
  '<<: ',
  '&a ',
  '*a',
  '!!str ',
];

const broken = fc
  .array(fc.record({ at: fc.nat(SAMPLE.length), cut: fc.nat(4), bit: fc.constantFrom(...BITS) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((cuts) => cuts.reduce((text, { at, cut, bit }) => text.slice(0, at) + bit + text.slice(at + cut), SAMPLE));

const scribble = fc
  .array(fc.constantFrom(...BITS, 'a', 'b', 'name', '1'), { maxLength: 12 })
  .map((bits) => bits.join(''));

test('both readers agree on whatever becomes of a text', () => {
  fc.assert(
    fc.property(fc.oneof(broken, scribble), (text) => {
      expectAgreement(text);
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 3_000) },
  );
});
