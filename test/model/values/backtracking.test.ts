import { mayBacktrack } from '../../../lib/model/values/backtracking';

test.each(['(a+)+$', '(a|aa)*b', '((ab)*)*', '(?:x[+]?y*){2,}', '(a?){30}', 'a*a*a*a*b', '((a|b))+'])(
  'GW-06, ING-18: %s may take an engine that tries every way forever',
  (pattern) => {
    expect(mayBacktrack(pattern)).toBe(true);
  },
);

test.each(['/a.*', '/something(/|$)(.*)', '/v[0-9]+/(users|carts)/.*', '/(api)+', '/a\\(b+\\)+', '[(+)+]+', '/x{2,3}'])(
  'GW-06, ING-18: %s takes a bounded time',
  (pattern) => {
    expect(mayBacktrack(pattern)).toBe(false);
  },
);
