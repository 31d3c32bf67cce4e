import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { NETWORKS_PAGE, renderedNetworksPage } from '../../../../scripts/docs/networks';

const page = readFileSync(NETWORKS_PAGE, 'utf8');

test('the table of networks says what the profiles say (else: npx tsx scripts/docs.ts)', () => {
  expect(page).toBe(renderedNetworksPage());
});

test('NP-21, NP-25, NP-37: it tells the known gaps', () => {
  const cells = (row: string) =>
    page
      .split('\n')
      .find((line) => line.startsWith(`| ${row}`))!
      .split(' | ');
  const [weave, flannel] = ['Weave Net', 'Flannel]'].map((title) =>
    cells(' | conformant').findIndex((cell) => cell.includes(title)),
  );
  expect(cells('named ports')[weave]).toBe('no: they void the policy');
  expect(cells('`endPort`')[weave]).toBe('no: the first port alone');
  expect(cells('NetworkPolicy')[flannel]).toBe('no');
});

test('the pages that it links are there', () => {
  const links = [...page.matchAll(/\]\(([^)]+\.(?:md|json))\)/g)].map(([, link]) => link);
  expect(links.filter((link) => !existsSync(path.join(path.dirname(NETWORKS_PAGE), link)))).toEqual([]);
});
