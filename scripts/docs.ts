/** Fills the pages of `docs/codes` with what their examples print, and likewise the goldens and the READMEs: `npx tsx scripts/docs.ts`. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { printed } from './docs/example';
import { GOLDEN_FOLDER, goldens } from './docs/goldens';
import { NETWORKS_PAGE, renderedNetworksPage } from './docs/networks';
import { PACKAGE_README, renderedPackageReadme } from './docs/package-readme';
import { README, renderedReadme } from './docs/readme';

export const CODES_FOLDER = path.join(__dirname, '..', 'docs', 'codes');

const TABLE_HEAD = ['| code | severity | about | its example is told |\n', '| --- | --- | --- | --- |\n'];

/** The code pages and their index as they should be, by file name. */
export async function renderedPages(): Promise<ReadonlyMap<string, string>> {
  const pages = new Map<string, string>();
  const index: string[] = [];
  for (const file of readdirSync(CODES_FOLDER).sort()) {
    if (!/^PTL\d{3}\.md$/.test(file)) continue;
    const page = read(file);
    const code = path.basename(file, '.md');
    const answer = await printed(code, page);
    pages.set(
      file,
      page.replace(/(?<=^```text\n).*?(?=^```$)/ms, () => answer),
    );
    index.push(rowOf(code, titleOf(code, page), answer));
  }
  pages.set(
    'README.md',
    read('README.md').replace(/(?<=^<!-- codes -->\n).*/ms, () => [...TABLE_HEAD, ...index].join('')),
  );
  return pages;
}

/** What the example of a code begins with: its severity and its title, which may take two lines. */
function rowOf(code: string, title: string, answer: string): string {
  const [, severity, told] = /^(error|warning)\[PTL\d{3}\]: ([\s\S]+?)\n(?! {4}\S)/m.exec(answer) ?? [];
  if (severity === undefined) throw new Error(`Unable to list ${code}: its example prints no message.`);
  const cells = [`[${code}](${code}.md)`, severity, title, told.replaceAll(/\s+/g, ' ')];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
}

function read(file: string): string {
  return readFileSync(path.join(CODES_FOLDER, file), 'utf8');
}

function titleOf(code: string, page: string): string {
  const title = new RegExp(`^# ${code}: (.+)\n`).exec(page)?.[1];
  if (title === undefined)
    throw new Error(`Unable to list ${code}: its page must begin with "# ${code}: " and a title.`);
  return title;
}

async function main(): Promise<void> {
  for (const [file, text] of await renderedPages()) writeFileSync(path.join(CODES_FOLDER, file), text);
  for (const [file, text] of goldens()) writeFileSync(path.join(GOLDEN_FOLDER, file), text);
  writeFileSync(README, renderedReadme());
  writeFileSync(PACKAGE_README, renderedPackageReadme());
  writeFileSync(NETWORKS_PAGE, renderedNetworksPage());
}

if (require.main === module) void main();
