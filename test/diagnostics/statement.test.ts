import { literalIn } from '../../lib/diagnostics/statement';

const at = (text: string) => {
  const lines = text.split('\n');
  const line = lines.findIndex((each) => each.includes('new ')) + 1;
  return { lines, from: { line, column: lines[line - 1].indexOf('new ') + 1 } };
};

/** What is found, as its line and the text there. */
function found(text: string, ...literals: readonly string[]): string | undefined {
  const { lines, from } = at(text);
  const span = literalIn(lines, from, literals);
  return span && `${span.line}: ${lines[span.line - 1].slice(span.column - 1, span.column - 1 + span.length)}`;
}

test.each<[string, string, readonly string[], string | undefined]>([
  ['a text in quotes', "new X(a, { app: 'databse' });", ['databse'], '1: databse'],
  ['a number', 'new X(a, { ports: [80] });', ['80'], '1: 80'],
  ['the name of a field', 'new X(a, { targetPort });', ['targetPort'], '1: targetPort'],
  ['a text on a later line', "const x = new X(\n  a,\n  'databse',\n);", ['databse'], '3: databse'],
  [
    'a text with a slash',
    "new X({ 'app.kubernetes.io/name': b });",
    ['app.kubernetes.io/name'],
    '1: app.kubernetes.io/name',
  ],
  ['the second, where the first is not there', "new X({ app: 'b' });", ['c', 'app'], '1: app'],
  ['the second, where the first is there twice', 'new X(80, { a: 80, b: 81 });', ['80', '81'], '1: 81'],
  ['nothing that is only part of a text', "new X('databse-2');", ['databse'], undefined],
  ['nothing that is only part of a word', 'new X(1801);', ['80'], undefined],
  ['nothing in comments', 'new X(/* 80 */ a, // 80\n b);', ['80'], undefined],
  ['nothing behind the statement', 'new X(a); new Y(80);', ['80'], undefined],
  ['nothing on the line behind it', "new X(a)\nnew Y('b')", ['b'], undefined],
  ['nothing behind the argument that it is', 'f(new X(a), 80)', ['80'], undefined],
  ['calls on the lines that follow', "new X(a)\n  .with('b')", ['b'], '2: b'],
  ['what stands behind brackets in texts', "new X('(', ')]', 80)", ['80'], '1: 80'],
  ['what stands behind quotes in texts', "new X('it\\'s', \"'\", `'`, 80)", ['80'], '1: 80'],
  ['nothing far away', `new X(${'\n'.repeat(50)}80)`, ['80'], undefined],
])('finds %s', (_name, text, literals, expected) => {
  expect(found(text, ...literals)).toBe(expected);
});
