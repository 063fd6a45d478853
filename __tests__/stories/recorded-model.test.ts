import { startGitHub } from '../support/github/server.ts';
import { recordedRepository, recordedTasks } from '../support/recorded-tasks.ts';
import { hasReplay, startReplay } from '../support/replay.ts';
import { readReport } from '../support/report.ts';
import { runAction } from '../support/run-action.ts';

// The recorded outputs of a real model lie beside the repository and not in it.
const story = hasReplay ? it : it.skip;
if (!hasReplay) console.warn('Skipped: the recorded model outputs are not here.');

const faultless: readonly string[] = [];
const faults = ['--fail-rate', '0.05', '--rate-limit-rate', '0.05', '--drop-rate', '0.02', '--seed', '3'];

describe('a pull request that adds chain-of-thought to nine prompts, against recorded outputs of a real model', () => {
  story.each([
    ['a faultless server', faultless],
    ['5 % errors, 5 % rate limits and 2 % dropped connections', faults],
  ])(
    'gets the published accuracies with %s',
    async (_title, flags) => {
      await using model = (await startReplay(...flags))!;
      await using github = await startGitHub(recordedRepository());
      await using run = await runAction({
        github,
        event: github.event('pull_request'),
        inputs: { 'base-url': model.url, 'api-key': 'sk-recorded' },
      });

      const report = await readReport(run);
      const round = (fraction: number) => Number((100 * fraction).toFixed(2));
      const seen = report.prompts.map(({ path, verdict, base, head, effect }) => ({
        task: path.replace(/^prompts\/|\.md$/g, ''),
        n: effect!.wins + effect!.losses + effect!.ties,
        base: round(base!.score),
        head: round(head!.score),
        wins: effect!.wins,
        losses: effect!.losses,
        verdict,
      }));
      expect(seen).toEqual(recordedTasks);

      expect(run.exitCode).toBe(1);
      expect(run.outputs).toMatchObject({ verdict: 'regressed', passed: 'false', 'cost-usd': '' });
      const [comment, ...others] = await github.comments();
      expect(others).toEqual([]);
      expect(comment!.body.length).toBeLessThan(60_000);
      const [, firstLine] = comment!.body.split('\n').filter(Boolean);
      expect(firstLine).toContain(
        '9 prompts changed: 2 **regressed** (`prompts/causal_judgement.md` −9.6 pp, `prompts/word_sorting.md` −10.0 pp)',
      );
      expect(comment!.body.replaceAll('\u00a0', ' ')).toContain('| ❌ regressed | 50.4 % | 40.4 % | −10.0 (−15.2 … −4.9) |');

      const { answered, requests } = await model.stats();
      expect(Number(run.outputs['calls'])).toBe(requests);
      expect(answered).toBeGreaterThanOrEqual(4014);
    },
    120_000,
  );
});
