/** Members by key, keys in order of appearance. */
export function groupBy<K, T>(members: readonly T[], keyOf: (member: T, index: number) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const [index, member] of members.entries()) {
    const key = keyOf(member, index);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [member]);
    else group.push(member);
  }
  return groups;
}
