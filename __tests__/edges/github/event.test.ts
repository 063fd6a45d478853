import { readTrigger } from '../../../src/edges/github/event.ts';
import { readRepository } from '../../../src/edges/github/repository.ts';
import { deletion, type EventName, eventNames, eventOf, firstPush } from '../../support/github/events.ts';

const shas = { tip: 'a'.repeat(40), head: 'b'.repeat(40) };
const facts = { owner: 'acme', name: 'shop', baseBranch: 'main', headBranch: 'edit', pull: 7, commentCount: 2, shas };
const trigger = (name: EventName, changes = {}, actor = 'mona') => readTrigger({ ...eventOf(name, facts, changes), actor });

describe('reading why the action runs', () => {
  it('compares a pull request from its base branch by name, so that the tip is today’s', () => {
    expect(trigger('pull_request')).toEqual({
      kind: 'pull-request',
      range: { base: 'main', head: shas.head },
      number: 7,
      headRepository: 'acme/shop',
      headBranch: 'edit',
      comments: 2,
      fork: false,
      dependabot: false,
      closed: false,
      opened: false,
    });
  });

  it.each([
    ['another repository', { full_name: 'mallory/shop' }, true],
    ['a repository that is gone', null, true],
    ['the same repository in other letters', { full_name: 'Acme/Shop' }, false],
  ])('sees a fork in a head from %s', (_where, repo, fork) => {
    expect(trigger('pull_request', { pull_request: { head: { repo } } })).toMatchObject({ fork });
  });

  it('tells a closed pull request and one that Dependabot pushed to', () => {
    expect(trigger('pull_request', { pull_request: { state: 'closed' } })).toMatchObject({ closed: true });
    expect(trigger('pull_request', {}, 'dependabot[bot]')).toMatchObject({ dependabot: true });
    expect(trigger('pull_request', { sender: { login: 'dependabot[bot]' } }, '')).toMatchObject({ dependabot: true });
  });

  it('compares a push with what stood before, and a first push with the default branch', () => {
    expect(trigger('push')).toEqual({
      kind: 'push',
      range: { base: shas.tip, head: shas.head },
      ref: 'refs/heads/main',
      defaultBranch: 'main',
      dependabot: false,
    });
    expect(trigger('push', { ...firstPush, ref: 'refs/heads/new' })).toMatchObject({ range: { base: 'main', head: shas.head } });
  });

  it('takes a merge group by its two commits', () => {
    expect(trigger('merge_group')).toEqual({ kind: 'merge-group', range: { base: shas.tip, head: shas.head }, number: 7 });
    const unnumbered = { merge_group: { head_ref: 'refs/heads/gh-readonly-queue/main/pr-x' } };
    expect(trigger('merge_group', unnumbered)).toEqual({ kind: 'merge-group', range: { base: shas.tip, head: shas.head } });
  });

  it('fills what a dispatch leaves out with the default branch and the commit it runs on', () => {
    expect(trigger('workflow_dispatch')).toEqual({ kind: 'dispatch', range: { base: 'main', head: shas.head } });
    expect(trigger('workflow_dispatch', { inputs: null })).toEqual({ kind: 'dispatch', range: { base: 'main', head: shas.head } });
    const inputs = { base: 'release/1.0', head: 'feature/x', prompts: 'bots/**/*.md' };
    expect(trigger('workflow_dispatch', { inputs })).toEqual({
      kind: 'dispatch',
      range: { base: 'release/1.0', head: 'feature/x' },
      prompts: 'bots/**/*.md',
    });
  });

  it.each(['a..b', '-x', 'a b', 'x:y', 'HEAD^', 'a\nb', '@{1}', '/x', 'x/', '.x', 'x?y', 'a\\b'])('takes no "%s" for a branch', (base) => {
    expect(() => trigger('workflow_dispatch', { inputs: { base } })).toThrow(
      'event workflow_dispatch: key "inputs.base": is not the name of a branch, tag or commit.',
    );
  });

  it.each<[EventName, object, string]>([
    ['pull_request', { pull_request: null }, 'pull_request'],
    ['pull_request', { pull_request: { number: 'seven' } }, 'pull_request.number'],
    ['pull_request', { pull_request: { head: { sha: null } } }, 'pull_request.head.sha'],
    ['pull_request', { pull_request: { head: { sha: 'main' } } }, 'pull_request.head.sha'],
    ['pull_request', { pull_request: { base: { ref: undefined } } }, 'pull_request.base.ref'],
    ['push', { after: 7 }, 'after'],
    ['push', { repository: {} as object, before: undefined }, 'before'],
    ['merge_group', { merge_group: { base_sha: undefined } }, 'merge_group.base_sha'],
  ])('names event and field where %s lacks one', (name, changes, field) => {
    expect(() => trigger(name, changes)).toThrow(`event ${name}: key "${field}": is`);
  });

  it.each([undefined, null, 'text', 7, []])('names the event where its payload is %p', (payload) => {
    expect(() => readTrigger({ eventName: 'push', payload, sha: '' })).toThrow('event push: ');
  });

  it('has nothing to do when a branch is deleted', () => {
    expect(trigger('push', deletion)).toMatchObject({ kind: 'idle', sentence: expect.stringContaining('deleted') });
  });

  it.each(['schedule', 'pull_request_target', 'constructor', '__proto__', ''])('refuses the event "%s" with a sentence', (eventName) => {
    expect(() => readTrigger({ eventName, payload: {}, sha: '' })).toThrow(
      /^event .*: (on it a fork’s pull request would run with|there is nothing to check).*\. Run it on pull_request, push,/,
    );
  });

  it('names every event that it takes where it refuses one', () => {
    for (const name of eventNames)
      expect(() => readTrigger({ eventName: 'schedule', payload: {}, sha: '' })).toThrow(new RegExp(`Run it on .*\\b${name}\\b`));
  });

  it('keeps the sentence on one line whatever the event is called', () => {
    const eventName = `x\n::error::${'y'.repeat(500)}`;
    expect(() => readTrigger({ eventName, payload: {}, sha: '' })).toThrow(/^.{1,200}$/);
  });
});

describe('reading the repository', () => {
  it('takes owner and name apart', () => {
    expect(readRepository('acme/shop.js')).toEqual({ owner: 'acme', name: 'shop.js' });
  });

  it.each(['', 'acme', 'acme/', 'a/b/c', 'a/b?x', '../b'.replace('..', '.. ')])('refuses "%s"', (name) => {
    expect(() => readRepository(name)).toThrow('GITHUB_REPOSITORY: ');
  });
});
