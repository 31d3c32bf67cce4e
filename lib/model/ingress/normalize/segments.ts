/** The path with each run of slashes as one. */
export function withoutEmptySegments(path: string): string {
  return path.replace(/\/{2,}/g, '/');
}

/**
 * The path with `.` and `..` resolved; `/a/.` is `/a/`, and `/a/b/..` is `/a/`.
 * `undefined` where a `..` leads above the root.
 */
export function withoutDotSegments(path: string): string | undefined {
  const kept: string[] = [];
  const segments = path.split('/').slice(1);
  for (const segment of segments) {
    if (segment === '..') {
      if (kept.pop() === undefined) return undefined;
    } else if (segment !== '.') {
      kept.push(segment);
    }
  }
  const last = segments.at(-1);
  // What a dot segment at the end leaves is a folder.
  if (last === '.' || last === '..') kept.push('');
  return `/${kept.join('/')}`;
}
