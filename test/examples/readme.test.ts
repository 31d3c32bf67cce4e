import { readFileSync } from 'node:fs';
import * as portolan from 'portolan';
import { block, README, refusalOf, renderedReadme } from '../../scripts/docs/readme';

const readme = readFileSync(README, 'utf8');

test('the program of the README is refused in the words that the README shows (else: npx tsx scripts/docs.ts)', () => {
  expect(block('text', readme)).toMatch(/^error\[PTL\d+\]/);
  expect(renderedReadme()).toBe(readme);
});

/** The program with the `uses` that the README names, up to its synth. */
function mended(): string {
  const [, uses] = /With `(uses: \{.+?\})` on `web`/.exec(readme)!;
  return block('ts', readme)
    .replace(/(new DnsApp\(shop, 'web', \{)/, `$1 ${uses},`)
    .replace('app.synth();', '');
}

test('with the `uses` that the README names it synthesizes', () => {
  expect(refusalOf('mended.ts', `${mended()}app.synthYaml();`)).toBe('it was not refused');
});

test('with all that the README shows further on it synthesizes as well', () => {
  const [first, ...further] = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, text]) => text);
  expect(further.length).toBeGreaterThan(3);
  const imported = /import \{(.+)\} from 'portolan'/
    .exec(first)![1]
    .split(',')
    .map((name) => name.trim());
  const used = further.join('\n').match(/\b\w+\b/g) ?? [];
  const missing = [...new Set(used)].filter((name) => name in portolan && !imported.includes(name));
  const program = [
    `import { ${missing.join(', ')} } from 'portolan';`,
    mended(),
    `const platform = new Chart(app, 'platform');`,
    ...further,
    'app.synthYaml();',
  ].join('\n');
  expect(refusalOf('further.ts', program)).toBe('it was not refused');
});
