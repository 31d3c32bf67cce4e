import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { emptyFolder, folderOf } from './folder';

const JEST = path.resolve('node_modules', 'jest', 'bin', 'jest.js');
const { jest: own } = JSON.parse(readFileSync('package.json', 'utf8'));

const SUITE = `
const { mkdtempSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

test('fails', () => {
  writeFileSync(join(mkdtempSync(join(tmpdir(), 'left-')), 'behind'), tmpdir());
  require('node:child_process').execSync('echo > "$TMPDIR/left"');
  throw new Error(\`in \${process.env.TMPDIR}\`);
});
`;

test('what a suite leaves in temporary folders goes with it, its own and that of its processes, even if it fails', () => {
  const rootDir = folderOf({ 'suite.test.js': SUITE });
  const TMPDIR = emptyFolder();
  const testEnvironment = own.testEnvironment.replace('<rootDir>', process.cwd());
  const config = { rootDir, testEnvironment, transform: own.transform, cacheDirectory: emptyFolder() };
  const { status, stderr } = spawnSync(process.execPath, [JEST, '--config', JSON.stringify(config)], {
    env: { ...process.env, TMPDIR },
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(`in ${TMPDIR}${path.sep}`) });
  expect(readdirSync(TMPDIR)).toEqual([]);
});
