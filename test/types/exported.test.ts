import { unnamedTypes } from '../support/public-types';

test.each(['lib/index.ts'])('%s exports every type that its signatures mention', (entry) => {
  expect(unnamedTypes(entry)).toEqual([]);
});
