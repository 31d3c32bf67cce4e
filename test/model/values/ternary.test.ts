import { PortSet } from '../../../lib/model/values/port-set';
import { certain, doubtful } from '../../../lib/model/values/ternary';

test('what is certain has one object for both bounds and no doubt', () => {
  const match = certain(PortSet.all);
  expect(match.must).toBe(match.may);
  expect(match.because).toBeUndefined();
});

test('what is doubtful says which rules leave it open and what would decide', () => {
  const doubt = { rule: 'NP-17', wouldDecide: 'the cni of the cluster profile' };
  expect(doubtful(PortSet.empty, PortSet.all, doubt)).toEqual({
    must: PortSet.empty,
    may: PortSet.all,
    because: [doubt],
  });
});
