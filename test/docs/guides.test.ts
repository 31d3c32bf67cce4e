import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');
const PAGE = readFileSync(path.join(ROOT, 'docs/networks/guides.md'), 'utf8');

test('what shows the sentences of guides is there', () => {
  const named = [...PAGE.matchAll(/`((?:test|examples)\/[^`]+)`/g)].map(([, file]) => file);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
});
