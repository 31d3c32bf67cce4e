import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { InputIo } from '../../lib/cli/input/files';
import { run } from '../../lib/cli/run';
import { UNICODE } from '../../lib/diagnostics/glyphs';
import { NetworkPromiseError } from '../../lib/synth/network-promise-error';
import { within } from './surroundings';

const FOLDER = path.join('.cache', 'docs');

/** What the example of a page prints: its program at synth, or its command over its files. */
export async function printed(code: string, page: string): Promise<string> {
  const command = blocks('sh', page)[0];
  if (command !== undefined) return answerOf(command, filesOf(page));
  const [program] = blocks('ts', page);
  if (program === undefined)
    throw new Error(`Unable to run the example of ${code}: its page has no block of ts or sh.`);
  return refusalOf(code, program);
}

function blocks(language: string, page: string): readonly string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(([, text]) => text);
}

/** Runs a program in a file of its own and gives the findings that its synth is refused with. */
function refusalOf(code: string, program: string): string {
  return within(FOLDER, 'C.UTF-8', () => {
    const file = path.resolve(`${code}.ts`);
    writeFileSync(file, program);
    try {
      require(file);
    } catch (error) {
      if (!(error instanceof NetworkPromiseError)) throw error;
      const { message } = error;
      return message.slice(message.search(/^error\[/m));
    }
    throw new Error(`Unable to show ${code}: its example synthesizes.`);
  });
}

/** YAML blocks whose first line names a file, as in `# policy.yaml`. */
function filesOf(page: string): ReadonlyMap<string, string> {
  return new Map(blocks('yaml', page).map((text) => [/^# (\S+)\n/.exec(text)?.[1] ?? '', text]));
}

/** What `portolan` says, on whichever stream. */
async function answerOf(command: string, files: ReadonlyMap<string, string>): Promise<string> {
  const [, ...argv] = command.trim().split(/\s+/);
  let answer = '';
  await run(argv, {
    stdout: async (text) => {
      answer += text;
    },
    stderr: (text) => {
      answer += text;
    },
    files: inMemory(files),
    glyphs: UNICODE,
    debug: false,
  });
  return answer;
}

function inMemory(files: ReadonlyMap<string, string>): InputIo {
  const textOf = (file: string): string => {
    const text = files.get(file);
    if (text === undefined)
      throw Object.assign(new Error(`no such file: ${file}`), { code: 'ENOENT', syscall: 'open' });
    return text;
  };
  return {
    typeOf: (file) => (textOf(file) === undefined ? 'folder' : 'file'),
    list: () => [],
    readFile: textOf,
    readStdin: () => '',
  };
}
