import { readdirSync, readFileSync } from 'node:fs';
import MarkdownIt from 'markdown-it';
import { renderSummary } from '../../src/report/index.ts';
import { run, states } from './reports.ts';

const markdown = new MarkdownIt({ html: true, linkify: true });

/** Of what GitHub's sanitiser lets through (gjtorikian/html-pipeline, `SanitizationFilter`), what a report uses, with the attributes that may stand there. */
const allowed: Readonly<Record<string, RegExp>> = {
  a: /^ href="https?:\/\/[^"<>]+"$/,
  code: /^( class="language-(mermaid|diff|suggestion)")?$/,
  td: /^( style="text-align:(left|right)")?$/,
  th: /^( style="text-align:(left|right)")?$/,
  ...Object.fromEntries(
    [
      'p',
      'br',
      'sub',
      'details',
      'summary',
      'table',
      'thead',
      'tbody',
      'tr',
      'ul',
      'li',
      'pre',
      'strong',
      'em',
      'blockquote',
      'h1',
      'h4',
    ].map((name) => [name, /^$/]),
  ),
};

/** What the sanitiser would take out or what would not close where it opened, in a page of HTML. */
function faultsOf(html: string): string[] {
  const open: string[] = [];
  const faults: string[] = [];
  for (const [tag, slash, name = '', attributes = ''] of html.matchAll(/<(\/?)([a-zA-Z][\w-]*)([^>]*)>/g)) {
    if (slash === '/' && open.pop() !== name) faults.push(`unbalanced ${tag}`);
    if (slash === '' && !allowed[name]?.test(attributes)) faults.push(`taken out: ${tag}`);
    if (slash === '' && name !== 'br') open.push(name);
  }
  return [...faults, ...open.map((name) => `not closed: ${name}`), ...(html.includes('<!') ? ['an HTML comment or declaration'] : [])];
}

const golden = readdirSync('__tests__/golden', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));

it.each(golden)('GitHub shows all of the golden file %s', (name) => {
  expect(faultsOf(markdown.render(readFileSync(`__tests__/golden/${name}`, 'utf8')))).toEqual([]);
});

it.each(Object.entries(states))('GitHub shows all of a job summary in the state "%s"', (_name, report) => {
  expect(faultsOf(markdown.render(renderSummary(report, run)))).toEqual([]);
});

it('the sanitiser’s rules do find faults', () => {
  const hostile = '<details>\n\n<img src=x onerror=alert(1)> <a href="javascript:x">y</a> <script>z</script> <!-- w -->';
  expect(faultsOf(markdown.render(hostile))).toEqual([
    'taken out: <img src=x onerror=alert(1)>',
    'taken out: <a href="javascript:x">',
    'taken out: <script>',
    'unbalanced </p>',
    'not closed: details',
    'not closed: p',
    'an HTML comment or declaration',
  ]);
});
