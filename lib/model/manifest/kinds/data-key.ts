import { textOf } from '../reader/scalars';

/** The grammar of file names, as a Secret or a ConfigMap may become a folder of them. */
export const dataKey = textOf(problemOfKey, {
  code: 'PTL014',
  expected: "up to 253 letters, digits, '-', '_' and '.'",
});

function problemOfKey(value: string): string | undefined {
  if (value.length > 253) return `the key has ${value.length} characters, 253 is the most`;
  const isName = /^[-._a-zA-Z0-9]+$/.test(value) && value !== '.' && !value.startsWith('..');
  return isName ? undefined : `${JSON.stringify(value)} is not a key of a Secret or a ConfigMap`;
}
