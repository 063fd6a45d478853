import { committedAnswer, patchAnswer, problemsAnswer } from '../../../src/action/commands/answers.ts';
import { helpText } from '../../../src/action/commands/grammar.ts';
import { patchOf } from '../../../src/report/search/diff.ts';
import { storedIn } from '../../support/golden.ts';

const stored = storedIn('commands/');
const before = 'Answer the question.\nBe brief.\n';
const edit = (path: string, after: string) => ({ path, patch: patchOf(path, before, after) });
const place = 'the artifact [prompt-ratchet-suggestions-7](<https://github.com/octo-org/prompts/actions/runs/60/artifacts/900>)';
const hostile = '@everyone <img src=x> [click](https://evil.example) ```\n::error::owned';

const answers: Readonly<Record<string, string>> = {
  help: helpText,
  committed: committedAnswer(['prompts/reply.md'], 0, true),
  'committed-in-part': committedAnswer(['prompts/reply.md', 'prompts/`tone`.md'], 1, false),
  fork: patchAnswer(
    [edit('prompts/reply.md', 'Answer the question with Yes or No.\nBe brief.\n'), edit('prompts/tone.md', 'Be kind.\nBe brief.\n')],
    place,
  ),
  'fork-hostile': patchAnswer([edit('prompts/@team.md', `Answer.\n${hostile}\n`)], place),
  'fork-too-long': patchAnswer(
    [edit('prompts/reply.md', 'Answer.\n'), edit('prompts/long.md', 'All work and no play.\n'.repeat(3000))],
    place,
  ),
  problem: problemsAnswer([
    { file: 'prompts/reply.md', what: 'it has no eval set, so nothing says what is better', fix: 'Add evals/reply.yml.' },
  ]),
  problems: problemsAnswer([
    { file: 'prompts/reply.md', line: 3, what: `variable {{${hostile}}} has no value in row "q1"`, fix: 'Fill it in the row.' },
    ...Array.from({ length: 11 }, (_, nth) => ({ file: 'evals/reply.jsonl', line: nth + 1, key: 'id', what: 'it stands there twice' })),
  ]),
};

it.each(Object.entries(answers))('The answer "%s" to a command reads the way the golden file shows', (name, answer) => {
  expect(`${answer}\n`).toBe(stored(`${name}.md`, `${answer}\n`));
});

it('An answer fits into a comment, however many files there are and however long', () => {
  const many = Array.from({ length: 100 }, (_, nth) => edit(`prompts/${nth}.md`, 'Other words.\n'.repeat(200 * nth)));
  expect(patchAnswer(many, place).length).toBeLessThan(65_536);
  const problems = Array.from({ length: 1000 }, () => ({ file: 'x'.repeat(5000), what: 'y'.repeat(5000) }));
  expect(problemsAnswer(problems).length).toBeLessThan(65_536);
});
