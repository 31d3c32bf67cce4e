import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { type Command, Option } from 'commander';
import { ASCII, inAscii } from '../diagnostics/glyphs';
import { pageText, titleOf } from '../diagnostics/page-text';
import { nearest } from '../model/values/nearest';
import type { Io } from './io';
import { deliver } from './output';
import { BadUsage } from './refusal';

interface ExplainOptions {
  readonly o: 'text' | 'markdown';
  readonly output?: string;
}

/** `portolan explain CODE`: the page of a code; without one, what codes there are. Nothing is fetched. */
export function addExplain(program: Command, io: Io): void {
  program
    .command('explain')
    .description('What a code means, why Kubernetes behaves so, and how to mend it.')
    .argument('[code]', 'e.g. PTL102; without one all codes are listed')
    .addOption(new Option('-o <format>', 'what to print').choices(['text', 'markdown']).default('text'))
    .option('--output <file>', 'write the answer to a file')
    .action(async (code: string | undefined, options: ExplainOptions) => {
      const answer = code === undefined ? list() : explanation(code, options.o);
      const isAscii = io.glyphs === undefined || io.glyphs === ASCII;
      await deliver([isAscii && options.o === 'text' ? inAscii(answer) : answer], options.output, io);
    });
}

function list(): string {
  return codes()
    .map((code) => `${code}  ${titleOf(page(code))}`)
    .join('\n');
}

function explanation(asked: string, format: ExplainOptions['o']): string {
  const code = asked.toUpperCase();
  if (!codes().includes(code)) {
    const meant = nearest(code, codes());
    const hint = meant === undefined ? '`portolan explain` lists them all' : `did you mean ${meant}?`;
    throw new BadUsage(`there is no code ${JSON.stringify(asked)}; ${hint}`);
  }
  return (format === 'text' ? pageText(page(code)) : page(code)).trimEnd();
}

function codes(): readonly string[] {
  return readdirSync(folder())
    .flatMap((file) => /^(PTL\d{3})\.md$/.exec(file)?.[1] ?? [])
    .sort();
}

function page(code: string): string {
  return readFileSync(path.join(folder(), `${code}.md`), 'utf8');
}

/** The package refers to itself by name, which holds in the source tree and in what is published. */
function folder(): string {
  return path.join(path.dirname(require.resolve('portolan/package.json')), 'docs', 'codes');
}
