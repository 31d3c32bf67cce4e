/**
 * Who may take a request, by the rules ING-01 to ING-11 and ING-17 alone, world by world: in each, every path of type
 * ImplementationSpecific matches or does not (ING-07), so does every rule that has neither paths nor a default backend (ING-11),
 * and less precise hosts are asked or are not (ING-04).
 */
export interface NaiveIngress {
  readonly rules: readonly NaiveRule[];
  readonly defaultBackend?: string;
}

export interface NaiveRule {
  readonly host?: string;
  /** `undefined`: the rule has no `http`. */
  readonly paths?: readonly NaivePath[];
}

export interface NaivePath {
  readonly type: 'Exact' | 'Prefix' | 'ImplementationSpecific';
  readonly path: string;
  readonly service: string;
}

const NOBODY = '404';

export function naiveAnswers(ingresses: readonly NaiveIngress[], host: string, path: string): ReadonlySet<string> {
  const free = ingresses.flatMap(({ rules, defaultBackend }) =>
    rules.flatMap((rule): readonly object[] => {
      if (!rule.paths) return defaultBackend === undefined ? [rule] : [];
      return rule.paths.filter(({ type }) => type === 'ImplementationSpecific');
    }),
  );
  const answers = new Set<string>();
  for (let world = 0; world < 2 ** free.length; world++) {
    const matching = new Set(free.filter((_, i) => (world & (2 ** i)) !== 0));
    for (const asksOn of [false, true]) {
      for (const answer of inWorld(ingresses, host, path, matching, asksOn)) answers.add(answer);
    }
  }
  return answers;
}

interface Found {
  readonly precision: number;
  readonly length: number;
  readonly exactness: number;
  readonly answers: readonly string[];
}

function inWorld(
  ingresses: readonly NaiveIngress[],
  host: string,
  path: string,
  matching: ReadonlySet<object>,
  asksOn: boolean,
): readonly string[] {
  const defaults = ingresses.flatMap(({ defaultBackend }) => defaultBackend ?? []);
  const left = defaults.length > 0 ? defaults : [NOBODY];
  const found: Found[] = [];
  let precisest = 0;
  for (const { rules, defaultBackend } of ingresses) {
    for (const rule of rules) {
      const precision = precisionOf(rule.host, host);
      if (precision === 0) continue;
      precisest = Math.max(precisest, precision);
      if (!rule.paths && (defaultBackend !== undefined || matching.has(rule))) {
        found.push({ precision, length: -1, exactness: 0, answers: [defaultBackend ?? NOBODY] });
      }
      for (const each of rule.paths ?? []) {
        const fits = each.type === 'ImplementationSpecific' ? matching.has(each) : pathFits(each, path);
        const exactness = { Exact: 1, Prefix: 0, ImplementationSpecific: 0.5 }[each.type];
        if (fits)
          found.push({ precision, length: elements(each.path).join('/').length, exactness, answers: [each.service] });
      }
    }
  }
  const asked = found.filter(({ precision }) => asksOn || precision === precisest);
  const best = asked.filter((one) => !asked.some((other) => goesBefore(other, one)));
  return best.length > 0 ? best.flatMap(({ answers }) => answers) : left;
}

/** ING-04, ING-08; whether ImplementationSpecific goes before or after the others nobody says. */
function goesBefore(a: Found, b: Found): boolean {
  if (a.precision !== b.precision) return a.precision > b.precision;
  if (a.length !== b.length) return a.length > b.length;
  return a.exactness === 1 && b.exactness === 0;
}

/** ING-01 to ING-03: 0 where the rule is for other hosts. */
export function precisionOf(rule: string | undefined, host: string): number {
  if (rule === undefined) return 1;
  if (rule === host) return 3;
  const [first, ...rest] = host.split('.');
  return first !== '' && rule === ['*', ...rest].join('.') ? 2 : 0;
}

/** ING-06, ING-09. */
function pathFits({ type, path }: NaivePath, requested: string): boolean {
  if (type === 'Exact') return path === requested;
  const [wanted, given] = [elements(path), elements(requested)];
  return wanted.every((element, i) => element === given[i]);
}

function elements(path: string): readonly string[] {
  return path.split('/').filter((element) => element !== '');
}
