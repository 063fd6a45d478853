/** Names of subjects: a prompt's path, with a mark for what is measured as information only. */
export const subjectName = (path: string, proposed: boolean): string => `${proposed ? 'proposed' : 'gate'}:${path}`;

/** The name of an example whose id is withheld: whoever may read the eval set finds it by that. */
export const placeName = (place: number): string => `#${place + 1}`;
