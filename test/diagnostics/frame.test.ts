import * as fc from 'fast-check';
import { frameOf, remembered } from '../../lib/diagnostics/frame';
import { ASCII, UNICODE } from '../../lib/diagnostics/glyphs';

const framed = (text: string, line: number, column: number, label = '', literals: readonly string[] = []) =>
  frameOf(
    { position: { file: 'shop.ts', line, column }, label, literals },
    { linesOf: () => text.split('\n'), glyphs: UNICODE },
  );

test('the culprit is underlined where it stands, on whatever line of the statement', () => {
  const text = "new NetworkPolicy(this, 'db-in', {\n  podSelector: { app: 'databse' },\n});";
  expect(framed(text, 1, 1, 'no pod has this label', ['databse'])).toEqual([
    '     ╭─ shop.ts:2:24',
    "   1 │ new NetworkPolicy(this, 'db-in', {",
    "   2 │   podSelector: { app: 'databse' },",
    '     ·                        ───┬───',
    '     ·                           ╰─ no pod has this label',
    '     ╰─',
  ]);
});

test('without a culprit the call that made the object is underlined', () => {
  expect(framed('const db = new DnsApp(chart);', 1, 12, 'made here')?.slice(2, 4)).toEqual([
    '     ·            ────┬─────',
    '     ·                ╰─ made here',
  ]);
});

test('of a long statement only its beginning and the culprit are quoted', () => {
  const text = ['new X({', ...Array.from({ length: 9 }, (_, i) => `  f${i}: 0,`), '  port: 80,', '})'].join('\n');
  expect(framed(text, 1, 1, '', ['80'])?.slice(1, 4)).toEqual(['   1 │ new X({', '     ·', '  11 │   port: 80,']);
});

test('of a long line the part around the culprit is quoted', () => {
  const text = `${'a'.repeat(200)} ${'b'.repeat(10)} ${'c'.repeat(200)}`;
  const [, line, under] = framed(text, 1, 202) ?? [];
  expect(line).toMatch(/^ {3}1 │ …a+ b{10} c+…$/);
  expect(under.indexOf('─')).toBe(line.indexOf('b'));
});

test('a label far to the right is led to the left', () => {
  const text = `${' '.repeat(80)}80`;
  const lines = framed(text, 1, 81, 'what is wrong with this number, in more words than fit');
  expect(lines?.slice(3)).toEqual([
    '     ·                                     ╭───────────────────────────────────────────╯',
    '     ·                                     ╰─ what is wrong with this number, in more words than fit',
    '     ╰─',
  ]);
});

test('a line that is not there is not quoted', () => {
  expect(framed('one line', 7, 1)).toBeUndefined();
});

test('nothing moves the cursor', () => {
  const [, line] = framed('a\tb\u001b[2J', 1, 1) ?? [];
  expect(line).toBe('   1 │ a  b [2J');
});

test('no frame is wider than 100 columns, whatever is quoted', () => {
  const word = fc.string({ minLength: 1, maxLength: 150, unit: 'grapheme-ascii' });
  fc.assert(
    fc.property(
      word,
      word,
      fc.nat(200),
      fc.string({ maxLength: 200 }),
      fc.boolean(),
      (line, label, column, file, ascii) => {
        const lines = frameOf(
          { position: { file, line: 1, column: Math.min(column, line.length) + 1 }, label },
          { linesOf: () => [line], glyphs: ascii ? ASCII : UNICODE },
        );
        expect(lines?.filter((each) => each.length > 100)).toEqual([]);
      },
    ),
  );
});

test('a mark of byte order before the first line moves nothing', () => {
  const linesOf = remembered(() => '\uFEFFconst db = 1;\n');
  expect(linesOf('shop.ts')?.[0]).toBe('const db = 1;');
});
