import type { Match } from './controllers/controller';

/** ING-06: equal in every character, the case and a slash at the end included. */
export function exactly(path: string, requested: string): Match {
  if (requested === path) return { matched: 'yes', because: `the path is ${path}` };
  const isCase = requested.toLowerCase() === path.toLowerCase();
  return { matched: 'no', because: isCase ? `the path differs from ${path} in case` : `the path is not ${path}` };
}

/** ING-06: by its elements from the first on; a slash at the end says nothing. */
export function belowElements(path: string, requested: string): Match {
  const root = withoutSlash(path);
  const isBelow = requested === root || requested.startsWith(`${root}/`);
  return below(path, isBelow, requested);
}

/** By its characters from the first on, so that `/foo` has `/foobar`. */
export function belowText(path: string, requested: string): Match {
  return below(path, requested.startsWith(path), requested);
}

/** As `belowText`, in whatever case. */
export function belowTextInAnyCase(path: string, requested: string): Match {
  return below(path, requested.toLowerCase().startsWith(path.toLowerCase()), requested);
}

function below(path: string, isBelow: boolean, requested: string): Match {
  if (isBelow) return { matched: 'yes', because: `the path is below ${path}` };
  const isCase = requested.toLowerCase().startsWith(path.toLowerCase());
  return { matched: 'no', because: isCase ? `${requested} is no path below ${path}` : `the path is not below ${path}` };
}

/** ING-06: `/foo` and `/foo/` are one prefix; the root is the empty one. */
export function withoutSlash(path: string): string {
  return path.replace(/\/$/, '');
}
