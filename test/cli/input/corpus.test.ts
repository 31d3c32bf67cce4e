import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readInputs } from '../../../lib/cli/input/read';
import { parseManifests } from '../../../lib/model/manifest/parse';

const corpus = resolve(process.env.PORTOLAN_DATA ?? '../shared', 'corpus');
const under = (folder: string) => readdirSync(join(corpus, folder)).map((name) => join(folder, name));

function expectSound(path: string): void {
  const { manifests, faults } = readInputs([join(corpus, path)]);
  expect([...faults, ...parseManifests(manifests).faults]).toEqual([]);
}

if (existsSync(corpus)) {
  test.each(under('np-guard/manifests'))('%s has no faults', expectSound);
  test.each(under('apps/bookinfo/networking'))('%s has no faults', expectSound);
  test.each(['apps/bookinfo/bookinfo.yaml', 'apps/online-boutique', 'apps/emojivoto', 'apps/seed-examples'])(
    '%s has no faults',
    expectSound,
  );
} else {
  test.skip(`there is no corpus at ${corpus}: set PORTOLAN_DATA to the folder that holds it`, () => {});
}
