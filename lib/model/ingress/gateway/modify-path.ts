import type { PathModifier } from '../../manifest/gateway-resource';
import { withoutSlash } from '../paths';

/**
 * The path after a redirect or a rewrite (GW-12).
 * @param prefix which the rule matched, and ReplacePrefixMatch replaces element by element
 */
export function modifyPath({ type, value }: PathModifier, path: string, prefix: string): string {
  if (type === 'ReplaceFullPath') return value.startsWith('/') ? value : `/${value}`;
  const rest = path.slice(withoutSlash(prefix).length);
  const result = `${withoutSlash(value)}${rest}`;
  return result.startsWith('/') ? result : `/${result}`;
}
