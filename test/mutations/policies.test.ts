import { openingPolicies } from './others';
import { policyMutations } from './policies';
import { judge, SHOP } from './shop';
import { holdsFor } from './suite';

test('nothing is found before anything is changed', () => {
  expect(judge(SHOP)).toMatchObject({ faults: [], findings: [] });
});

holdsFor([...policyMutations(), ...openingPolicies()], { refused: ['end a range of ports before it begins'] });
