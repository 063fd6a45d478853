/** Two ends to compare: commit SHAs, or names of branches or tags of the repository. */
export interface CommitRange {
  readonly base: string;
  readonly head: string;
}

/** Why the action runs and what it is asked to compare. */
export type Trigger =
  | {
      readonly kind: 'pull-request';
      readonly range: CommitRange;
      readonly number: number;
      /** `owner/name` of where the head branch lives; absent when that repository is gone. */
      readonly headRepository?: string;
      /** The branch there, where the event says so. */
      readonly headBranch?: string;
      /** Comments in the conversation when the event was sent, where it says so. */
      readonly comments?: number;
      /** Whether the head lives in another repository: the run has no secrets then. */
      readonly fork: boolean;
      /** Whether the run was started by Dependabot: it has no Actions secrets then. */
      readonly dependabot: boolean;
      readonly closed: boolean;
      /** Whether the pull request has just been opened: no run came before this one. */
      readonly opened: boolean;
      /** Of a second stage: when GitHub began the first one on this commit. */
      readonly since?: string;
    }
  | {
      readonly kind: 'push';
      readonly range: CommitRange;
      readonly ref: string;
      readonly defaultBranch: string;
      readonly dependabot: boolean;
    }
  /** `number`: the pull request that the queue's commit adds, where its name says so. */
  | { readonly kind: 'merge-group'; readonly range: CommitRange; readonly number?: number }
  | { readonly kind: 'dispatch'; readonly range: CommitRange /** As typed into the form. */; readonly prompts?: string }
  /** A fork's pull request had its run without secrets, and this one with secrets follows on the default branch. */
  | {
      readonly kind: 'second-stage';
      readonly headSha: string;
      /** `owner/name`. */
      readonly headRepository: string;
      readonly headBranch: string;
      readonly since: string;
    }
  /** A new comment on an open pull request that may be a command. */
  | {
      readonly kind: 'command';
      readonly number: number;
      readonly comment: { readonly id: number; readonly body: string; readonly author: string; readonly createdAt: string };
    }
  /** An event that leaves nothing to compare; the sentence says why. */
  | { readonly kind: 'idle'; readonly sentence: string };
