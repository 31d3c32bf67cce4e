import type { Workload } from './workload';

/** What the containers of a workload are started with and told by their environment; nothing where no manifest has it. */
export function argumentsOf({ resource }: Pick<Workload, 'resource'>): readonly string[] {
  return (resource?.template.texts?.() ?? []).map(({ text }) => text);
}

/** The value of `--flag=value`, or of the word behind `--flag`. */
export function flagOf(words: readonly string[], ...names: readonly string[]): string | undefined {
  for (const [i, word] of words.entries()) {
    const [name, ...value] = word.trim().split('=');
    if (names.includes(name.replace(/^--?/, ''))) return value.length > 0 ? value.join('=') : words[i + 1];
  }
  return undefined;
}

/** What `ns/name` of an argument means: a variable before the slash is the namespace of the pod, as charts write it. */
export function objectNamed(
  text: string,
  { namespace }: Pick<Workload, 'namespace'>,
): { readonly namespace: string; readonly name: string } | undefined {
  const [own, name] = text.split('/');
  if (!name) return undefined;
  return { namespace: own.startsWith('$') ? namespace : own, name };
}
