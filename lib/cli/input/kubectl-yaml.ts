import type { DocumentOptions, ParseOptions, ScalarTag, SchemaOptions } from 'yaml';

interface PlainTag {
  readonly tag: string;
  readonly test: RegExp;
  readonly resolve: (text: string) => unknown;
}

/** What scalars without quotes may be other than text; the first that fits. */
const PLAIN_TAGS: readonly PlainTag[] = [nullTag(), booleanTag(), integerTag(), floatTag(), specialFloatTag()];

/**
 * YAML as kubectl reads it: the words and numbers of YAML 1.1 (`yes` and `on` are true, `0777` is octal), but no base-60
 * numbers and no dates, with merge keys. An author who writes `version: on` for a label gets `true` on a cluster too,
 * which the API server refuses as a label, so that reading it more kindly would prove something about another object.
 */
export const KUBECTL_YAML: ParseOptions & DocumentOptions & SchemaOptions = {
  version: '1.1',
  schema: 'failsafe',
  customTags: PLAIN_TAGS.map((tag): ScalarTag => ({ ...tag, default: true })),
  merge: true,
  // kubectl refuses maps and lists as keys: what a template such as {{ .Values.name }} looks like.
  stringKeys: true,
  prettyErrors: false,
  logLevel: 'silent',
};

/** What a scalar without quotes means. */
export function plainValue(text: string): unknown {
  const tag = PLAIN_TAGS.find(({ test }) => test.test(text));
  return tag === undefined ? text : tag.resolve(text);
}

function nullTag(): PlainTag {
  return { tag: 'tag:yaml.org,2002:null', test: /^(?:~|[Nn]ull|NULL)?$/, resolve: () => null };
}

function booleanTag(): PlainTag {
  const truths = /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
  return {
    tag: 'tag:yaml.org,2002:bool',
    test: /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON|n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/,
    resolve: (text) => truths.test(text),
  };
}

function integerTag(): PlainTag {
  return {
    tag: 'tag:yaml.org,2002:int',
    test: /^[-+]?(?:0|[1-9][0-9_]*|0[oO]?[0-7_]*[0-7]|0[bB][01_]*[01]|0[xX][0-9a-fA-F_]*[0-9a-fA-F])$/,
    resolve: (text) => {
      const digits = text.replace(/[-+_]/g, '').replace(/^0(?=[0-7])/, '0o');
      return text.startsWith('-') ? -Number(digits) : Number(digits);
    },
  };
}

function floatTag(): PlainTag {
  return {
    tag: 'tag:yaml.org,2002:float',
    test: /^[-+]?(?:\.[0-9]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?$/,
    resolve: (text) => Number(text.replaceAll('_', '')),
  };
}

function specialFloatTag(): PlainTag {
  return {
    tag: 'tag:yaml.org,2002:float',
    test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
    resolve: (text) => (/nan$/i.test(text) ? Number.NaN : text.startsWith('-') ? -Infinity : Infinity),
  };
}
