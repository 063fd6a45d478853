/** What a file of a seeded commit is: text, bytes, or something that is no file. */
type FileContent = string | Uint8Array | { readonly symlink: string } | { readonly submodule: string };
/** A commit's whole content, by path. */
export type Files = Readonly<Record<string, FileContent>>;

/** Sends JSON to the server and takes from the reply what it names the new thing by; throws on any refusal. */
export type Make = (
  method: string,
  path: string,
  body?: unknown,
) => Promise<{ readonly sha: string; readonly number: number; readonly id: number }>;

/** Builds commits through the Git Data API. */
export interface History {
  /** A commit that holds exactly `files`; its SHA. */
  commit(files: Files, ...parents: readonly string[]): Promise<string>;
  /** Points a branch at a commit, whatever it pointed at before. */
  branch(name: string, sha: string): Promise<void>;
  deleteBranch(name: string): Promise<void>;
}

export function history(make: Make, fullName: string): History {
  const git = `/repos/${fullName}/git`;
  const branches = new Set<string>();
  let commits = 0;

  const entry = async ([path, content]: [string, FileContent]) => {
    if (typeof content === 'string') return { path, mode: '100644', type: 'blob', content };
    if ('symlink' in content) return { path, mode: '120000', type: 'blob', content: content.symlink };
    if ('submodule' in content) return { path, mode: '160000', type: 'commit', sha: content.submodule };
    const blob = { content: Buffer.from(content).toString('base64'), encoding: 'base64' };
    return { path, mode: '100644', type: 'blob', sha: (await make('POST', `${git}/blobs`, blob)).sha };
  };

  return {
    async commit(files, ...parents) {
      const tree = await make('POST', `${git}/trees`, { tree: await Promise.all(Object.entries(files).map(entry)) });
      // No two commits at the same time: with equal content they would be one.
      const date = new Date(1_790_000_000_000 + ++commits * 1000).toISOString();
      const author = { name: 'Mona', email: 'mona@example.com', date };
      const commit = { message: `Commit ${commits}`, tree: tree.sha, parents, author, committer: author };
      return (await make('POST', `${git}/commits`, commit)).sha;
    },
    async branch(name, sha) {
      if (branches.has(name)) await make('PATCH', `${git}/refs/heads/${name}`, { sha, force: true });
      else await make('POST', `${git}/refs`, { ref: `refs/heads/${name}`, sha });
      branches.add(name);
    },
    async deleteBranch(name) {
      await make('DELETE', `${git}/refs/heads/${name}`);
      branches.delete(name);
    },
  };
}
