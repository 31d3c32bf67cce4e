import { renderFault, renderFaults } from '../../lib/diagnostics/fault-text';
import type { InputFault } from '../../lib/model/finding/input-fault';

const TEXT = [
  'kind: NetworkPolicy',
  'spec:',
  '  ingress:',
  '    - from: [{ ipBlock: { cidr: 10.0/8 } }]',
  'end: 1',
].join('\n');
const textOf = (file: string) => (file === 'a.yaml' ? TEXT : undefined);

const FAULT: InputFault = {
  code: 'PTL006',
  object: 'NetworkPolicy shop/db',
  field: 'spec.ingress[0].from[0].ipBlock.cidr',
  got: '"10.0/8"',
  problem: 'the block is no block',
  expected: 'a CIDR',
  rule: 'NP-16',
  didYouMean: '10.0.0.0/8',
  origin: { position: { file: 'a.yaml', line: 4, column: 33 } },
  related: [{ position: { file: 'b.yaml', line: 1, column: 1 } }],
};

test('a fault is shown with its place, lines, expectation, reason and fix', () => {
  expect(renderFault(FAULT, textOf)).toBe(`error[PTL006]: a.yaml:4:33: the block is no block

     +-
   3 |   ingress:
   4 |     - from: [{ ipBlock: { cidr: 10.0/8 } }]
     :                                 ^^^^^^
     +-

  in        NetworkPolicy shop/db, spec.ingress[0].from[0].ipBlock.cidr
  expected  a CIDR
  got       "10.0/8"
  why       The API server takes an exception only from within its block, and smaller than the
            block. (NP-16)
  fix       did you mean \`10.0.0.0/8\`?
  also      b.yaml:1:1
`);
});

test('a text that nobody has is not quoted', () => {
  expect(renderFault(FAULT, () => undefined)).not.toContain('|');
});

test('the construct stands in for a place that is no file', () => {
  const text = renderFault({ ...FAULT, origin: { construct: 'shop/db/policy' } }, textOf);
  expect(text).toMatch(/^error\[PTL006\]: shop\/db\/policy: the block is no block\n/);
});

test('a fault of a path or an option names it', () => {
  const fault: InputFault = {
    code: 'PTL013',
    got: 'no.yaml',
    problem: 'there is none',
    expected: 'a file',
    origin: {},
  };
  expect(renderFault(fault, textOf)).toBe('error[PTL013]: no.yaml: there is none\n  expected  a file\n');
});

test('faults come by file and from top to bottom, with their number', () => {
  const at = (file: string, line: number): InputFault => ({
    ...FAULT,
    origin: { position: { file, line, column: 1 } },
  });
  const text = renderFaults([at('b.yaml', 9), at('a.yaml', 5), at('b.yaml', 2), at('a.yaml', 4)], () => undefined);
  expect(text.match(/\S+:\d+:1(?=: the block)/g)).toEqual(['b.yaml:2:1', 'b.yaml:9:1', 'a.yaml:4:1', 'a.yaml:5:1']);
  expect(text).toMatch(/\n4 faults in the input: nothing was computed\n$/);
});

test('one fault is told in the singular', () => {
  expect(renderFaults([FAULT], textOf)).toMatch(/\n1 fault in the input/);
});
