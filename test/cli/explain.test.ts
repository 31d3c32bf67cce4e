import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { UNICODE } from '../../lib/diagnostics/glyphs';
import { pageText } from '../../lib/diagnostics/page-text';
import { portolan } from './support';

const FOLDER = path.join(__dirname, '../../docs/codes');
const CODES = readdirSync(FOLDER).flatMap((file) => /^(PTL\d+)\.md$/.exec(file)?.[1] ?? []);
const page = (code: string) => readFileSync(path.join(FOLDER, `${code}.md`), 'utf8');

test('a code is explained by its page, without its markdown', async () => {
  const { code, stdout, stderr } = await portolan(['explain', 'PTL102'], {}, { glyphs: UNICODE });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^PTL102: the lookup of the name is blocked\n\n/);
  expect(stdout).toContain('\nExample\n\n    import { App');
  expect(stdout).toContain("\n    new DefaultDeny(shop, 'default-deny', { directions: ['egress'] });\n");
  expect(stdout).toContain('  web ──✗──▶ coredns:53/UDP');
  expect(stdout).not.toContain('```');
});

test('a terminal without Unicode is spared it', async () => {
  const { stdout } = await portolan(['explain', 'ptl102']);
  expect(stdout).toMatch(/web --x--> coredns:53\/UDP \.\.> Service/);
  expect(stdout).toMatch(/^[\x20-\x7e\n]+$/);
});

test('-o markdown gives the page itself', async () => {
  expect((await portolan(['explain', 'PTL301', '-o', 'markdown'])).stdout).toBe(page('PTL301'));
});

test('without a code all are listed with their titles', async () => {
  const { code, stdout } = await portolan(['explain']);
  expect(code).toBe(0);
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.slice(0, 6)),
  ).toEqual(CODES);
  expect(stdout).toContain('\nPTL102  the lookup of the name is blocked\n');
});

test.each([
  ['PTL1002', 'error: there is no code "PTL1002"; did you mean PTL002?\n'],
  ['PTL10', 'error: there is no code "PTL10"; did you mean PTL010?\n'],
  ['nothing', 'error: there is no code "nothing"; `portolan explain` lists them all\n'],
])('%s is no code', async (asked, message) => {
  expect(await portolan(['explain', asked])).toEqual({ code: 2, stdout: '', stderr: message });
});

test.each(CODES)('the page of %s reads within 100 columns, apart from code', (code) => {
  const own = pageText(page(code))
    .split('\n')
    .filter((line) => !line.startsWith('    '));
  expect(own.filter((line) => line.length > 100)).toEqual([]);
});
