/** Parts that clients and proxies resolve, each in its own way. */
const AMBIGUOUS = ['//', '/./', '/../', '%2f', '%2F'];
const AMBIGUOUS_ENDS = ['/..', '/.'];

/** Why no route can match this path of URLs, in words that follow on "because"; `undefined` where one can (ING-05). */
export function problemOfUrlPath(path: string): string | undefined {
  if (!path.startsWith('/')) return `${JSON.stringify(path)} does not begin with /`;
  const part = AMBIGUOUS.find((each) => path.includes(each));
  if (part !== undefined) return `the path holds ${part}`;
  const end = AMBIGUOUS_ENDS.find((each) => path.endsWith(each));
  return end === undefined ? undefined : `the path ends with ${end}`;
}
